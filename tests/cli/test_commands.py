"""The commands that read: tables, show, query, sql, cite."""

from __future__ import annotations

import csv
import io
import json

import pytest

import vietnam_foreign_affairs as package


def test_tables_lists_every_table_with_its_rows(vfa):
    rows = json.loads(vfa("tables", "--format", "json").stdout)
    assert {r["table"]: r["rows"] for r in rows} == {
        t.name: package.read(t.name).count("*").fetchone()[0] for t in package.tables()
    }


def test_show_as_csv_is_the_file(vfa):
    table = next(t for t in package.tables() if t.name == "countries")
    assert vfa("show", "countries", "--format", "csv").stdout == table.path.read_text("utf-8")


def test_show_knows_views_and_limits(vfa):
    rows = json.loads(vfa("show", "partners", "--format", "json", "--limit", "3").stdout)
    assert len(rows) == 3
    assert rows[0]["tier_id"] == "csp"


def test_show_has_the_panel_in_the_order_of_its_key(vfa):
    rows = json.loads(vfa("show", "country_years", "--format", "json").stdout)
    keys = [(row["iso3"], row["year"]) for row in rows]
    assert keys == sorted(keys)


def test_show_prints_a_table_with_vietnamese_marks(vfa):
    assert "Hàn Quốc" in vfa("show", "countries").stdout or "Áo" in vfa("show", "countries").stdout


def test_an_unknown_name_is_wrong_use(vfa):
    done = vfa("show", "partner")
    assert done.returncode == 2
    assert "partnership_upgrades" in done.stderr
    assert "partner_totals_by_day" in done.stderr


def test_query_lists_questions_with_their_parameters(vfa):
    out = vfa("query").stdout
    for query in package.queries():
        assert query.name in out
        for parameter in query.parameters:
            assert f"{parameter.name}={parameter.default}" in out


def test_query_takes_parameters(vfa):
    out = vfa("query", "partners_as_of", "day=2013-12-31", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == package.query("partners_as_of", day="2013-12-31").count("*").fetchone()[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["query", "nothing"], "there is no query 'nothing'"),
        (["query", "partners_as_of", "month=5"], "no parameter month"),
        (["query", "partners_as_of", "2024-12-31"], "name=value"),
        (["query", "partners_as_of", "day=yesterday"], "day=yesterday"),
        (["query", "partners_as_of", "day=2024-12-31", "day=2025-12-31"], "given twice"),
        (["show", "countries", "--limit", "-1"], "from 0 up"),
        (["show", "countries", "--limit", "many"], "from 0 up"),
        (["sql", "SELECT 1; SELECT 2"], "one statement at a time"),
        (["sql", "-- nothing"], "one statement at a time"),
    ],
)
def test_wrong_use_is_explained(vfa, arguments, words):
    done = vfa(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr


def test_sql_answers_from_tables_views_and_macros(vfa):
    sql = "SELECT count(*) AS n FROM partners_as_of('2024-12-31')"
    (row,) = json.loads(vfa("sql", sql, "--format", "json").stdout)
    assert row["n"] == package.query("partners_as_of", day="2024-12-31").count("*").fetchone()[0]


def test_sql_reads_from_a_pipe(vfa):
    assert vfa("sql", "-", "--format", "csv", input="SELECT 1 AS one").stdout == "one\n1\n"


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM leaders",
        "COPY leaders TO 'leaders.csv'",
        "ATTACH 'x.duckdb'",
        "SET enable_external_access = true",
        "SELECT 1; DROP TABLE leaders",
        "SELECT * FROM read_csv('/etc/hosts')",
        "SELECT * FROM 'tables/leaders.csv'",
        "INSTALL httpfs",
    ],
)
def test_sql_neither_writes_nor_reaches_out(vfa, sql):
    done = vfa("sql", sql)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("vfa: ")


def test_a_mistake_in_sql_is_shown(vfa):
    done = vfa("sql", "SELECT nme_en FROM countries")
    assert done.returncode == 2
    assert "name_en" in done.stderr


def test_cite_gives_text_and_bibtex(vfa):
    assert vfa("cite").stdout.strip() == package.cite()
    assert vfa("cite", "--style", "bibtex").stdout.strip() == package.cite("bibtex")


def test_help_and_version(vfa):
    assert package.__version__ in vfa("--version").stdout
    for command in ("tables", "show", "query", "sql", "validate", "cite"):
        assert command in vfa("--help").stdout
    assert vfa().returncode == 2
