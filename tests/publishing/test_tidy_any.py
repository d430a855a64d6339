"""`vfa format` on any file: it changes no value, and a second time it changes nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from vietnam_foreign_affairs.package import Package
from vietnam_foreign_affairs.publishing.tidy import formatted

TABLE = Package(ROOT).table("qualifiers")
NAMES = list(TABLE.field_names)
cells = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('",;\t\r\n =\ufeff'))
rows = st.lists(st.lists(cells, min_size=len(NAMES), max_size=len(NAMES)), max_size=6)


def read(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


@settings(max_examples=500, deadline=None)
@given(
    rows,
    st.permutations(range(len(NAMES))),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(0, 2),
    st.integers(0, 2),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_no_value_is_changed_and_twice_is_once(
    rows, order, separator, end, columns, blanks, encoding
):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator=end)
    for row in [NAMES, *rows]:
        writer.writerow([row[place] for place in order] + [""] * columns)
    out.write((separator * (len(NAMES) - 1) + end) * blanks)
    text, done = formatted(TABLE, out.getvalue().encode(encoding), Path("qualifiers.csv"))
    key = NAMES.index(TABLE.primary_key[0])
    wanted = sorted((row for row in rows if any(row)), key=lambda row: row[key])
    assert read(text) == [NAMES, *wanted]
    assert done
    assert formatted(TABLE, text.encode(), Path("qualifiers.csv"))[0] == text
