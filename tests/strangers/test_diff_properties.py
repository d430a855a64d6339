"""Properties of a comparison, tried on 500 generated pairs of tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strangers.conftest import parts, write
from tests.strangers.test_cells import SPAN, UNSEEN
from vietnam_foreign_affairs.package import Package
from vietnam_foreign_affairs.publishing import diff

COLUMNS = ("thing_id", "words", "seen_on", "seen_on_precision", "source_id", "locator")
many = settings(
    max_examples=500,
    deadline=None,
    derandomize=True,  # the same examples for everybody
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# Half a pair of surrogates is no text.
cell = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["", "`", "``", "\n", "|", "@a", "\x1b[2J", "\u202e", "a", "1.0"]
)
tables = st.dictionaries(cell.filter(bool), st.tuples(*(cell for _ in COLUMNS[1:])), max_size=5)


@pytest.fixture
def both(tmp_path: Path):
    old, new = (write(tmp_path / name, parts()) for name in ("old", "new"))

    def make(before: dict, after: dict) -> tuple[Package, Package]:
        for root, rows in ((old, before), (new, after)):
            out = io.StringIO()
            writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerow(COLUMNS)
            writer.writerows((key, *cells) for key, cells in rows.items())
            (root / "tables/things.csv").write_bytes(out.getvalue().encode())
        return Package(old), Package(new)

    return make


@many
@given(rows=tables)
def test_a_package_does_not_differ_from_itself(both, rows):
    found = diff.compare(*both(rows, dict(reversed(rows.items()))))
    assert not found
    assert found.step == "none"


@many
@given(before=tables, after=tables, shared=tables)
def test_each_difference_is_named_and_nothing_else(both, before, after, shared):
    before, after = {**shared, **before}, {**shared, **after}
    found = diff.compare(*both(before, after))
    said = {
        (row.key, *cells) for row in found.rows if row.change == "changed" for cells in row.cells
    }
    expected = {
        (key, column, old, new)
        for key in before.keys() & after.keys()
        for column, old, new in zip(COLUMNS[1:], before[key], after[key], strict=True)
        if old != new
    }
    assert said == expected
    for change, keys in (("added", after.keys() - before), ("removed", before.keys() - after)):
        assert {row.key for row in found.rows if row.change == change} == keys
    assert bool(found) is (before != after)
    # ... and every format tells it, without doing what a cell says.
    text, markdown = diff.to_text(found), diff.to_markdown(found)
    assert not UNSEEN.search((text + markdown).replace("\n", ""))
    outside = "\n".join(SPAN.sub("", line) for line in markdown.split("\n"))
    assert "@" not in outside
    cells = csv.DictReader(io.StringIO(diff.to_csv(found), newline=""))
    assert [(c["row"], c["column"], c["old"], c["new"]) for c in cells] == [
        (row.key, *cell) for row in found.rows for cell in row.cells
    ]
