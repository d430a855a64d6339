"""Whatever a CSV file holds, its rows are read as they are, or it is said to be broken."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from vietnam_foreign_affairs.formatting import format_rows
from vietnam_foreign_affairs.validation.state import State
from vietnam_foreign_affairs.validation.steps import bytes as bytes_
from vietnam_foreign_affairs.validation.steps import shape

MANY = settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=8)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=4)


@pytest.fixture
def read(little):
    """Read bytes as the file of a table: the failures, and the rows as text."""
    pkg = little("p")
    table = pkg.table("things")
    pkg.__dict__["tables"] = (table,)  # one file is read, again and again

    def read(data: bytes):
        table.path.write_bytes(data)
        with State.of(pkg) as state:
            for step in (bytes_.check, shape.check):
                state.failures += step(state)
            if state.broken:
                return state.failures, None
            rows = state.con.execute("FROM raw.things").fetchall()
            return state.failures, [[cell or "" for cell in row] for row in rows]

    read.table = table
    return read


@MANY
@given(rows=ROWS)
def test_what_is_written_well_is_read_as_it_was_written(read, rows):
    rows = [row for row in rows if any(row) and row[0].lower() not in shape.TOTALS]
    rows.sort(key=lambda row: row[:2])
    failures, found = read(format_rows(read.table, rows).encode())
    assert {failure.rule for failure in failures} <= {"blanks"}
    assert found == rows


@MANY
@given(
    data=st.one_of(st.binary(max_size=60), st.text('ab",;\n\r\t é', max_size=60).map(str.encode))
)
@example(data=b' ",,')  # DuckDB reads none of it, Python all
def test_what_is_read_without_a_word_is_what_the_file_says(read, data):
    header = ",".join(read.table.field_names).encode() + b"\n"
    failures, found = read(header + data)
    if not failures:
        text = (header + data).decode()
        assert found == list(csv.reader(io.StringIO(text, newline="")))[1:]
        assert format_rows(read.table, found) == text
    else:
        assert all(f.file == "tables/things.csv" and f.message and f.advice for f in failures)
