"""SQL of an assistant reads the record, and reaches nothing else."""

from __future__ import annotations

import time

import pytest


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM leaders",
        "CREATE TABLE x AS SELECT 1",
        "COPY leaders TO 'leaders.csv'",
        "ATTACH 'x.duckdb'",
        "SET enable_external_access = true",
        "SELECT 1; DROP TABLE leaders",
        "CALL enable_logging()",
        "EXPLAIN ANALYZE SELECT 1",
        "",
    ],
)
def test_only_one_select_runs(call, sql):
    assert "this reads only" in call("sql", query=sql)


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_csv('/etc/hosts')",
        "FROM '/etc/hosts'",
        "FROM read_text('datapackage.json')",
        "FROM glob('*')",
        "SELECT getenv('HOME')",
        "FROM record",
        "FROM pandas_scan(NULL)",
        'FROM "pandas_scan"(NULL)',
        "FROM PANDAS_SCAN/**/(NULL)",
        "FROM arrow_scan(1, 2, 3)",
        "SELECT E'\\'', * FROM pandas_scan(NULL), (SELECT '')",
        "FROM query('FROM pandas_scan(NULL)')",
    ],
)
def test_nothing_outside_is_read(call, sql):
    said = call("sql", query=sql)
    assert isinstance(said, str), said
    assert call("sql", query="SELECT 1 AS x")["rows"] == [{"x": 1}]


def test_a_question_that_takes_too_long_is_stopped(call):
    start = time.monotonic()
    said = call("sql", query="SELECT count(*) FROM range(10000000) a, range(10000000) b")
    assert "more than 2 seconds" in said
    assert time.monotonic() - start < 10


def test_answers_have_bounds(call):
    said = call("sql", query="SELECT source_id FROM sources ORDER BY ALL", limit=3)
    assert (len(said["rows"]), said["truncated"]) == (3, True)
    assert any("first 3 rows" in note for note in said["precision"])
    assert "characters" in call("sql", query="SELECT repeat('x', 1000000)")


def test_answers_are_json_whatever_the_types(call):
    said = call(
        "sql",
        query="SELECT 1.5::DECIMAL(4,1) d, 'NaN'::DOUBLE n, INTERVAL 3 DAY i, {'a': [1, 2]} s, "
        "TIME '10:00' t, uuid() u, '\\xAA'::BLOB b, 1 AS x, 2 AS x",
    )
    row = said["rows"][0]
    assert (row["d"], row["n"], row["s"], row["x"], row["x_2"]) == (1.5, "NaN", {"a": [1, 2]}, 1, 2)
