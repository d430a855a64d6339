"""What holds for every named question: header, parameters, plain SQL."""

from __future__ import annotations

import re
from collections import Counter

import duckdb
import pytest

import vietnam_foreign_affairs as vfa

QUERIES = {query.name: query for query in vfa.queries()}
DAY_QUERIES = [q.name for q in QUERIES.values() if "day" in {p.name for p in q.parameters}]
NUMBER_PARAMETERS = [
    (q.name, p.name) for q in QUERIES.values() for p in q.parameters if p.default.isdigit()
]


@pytest.fixture(scope="module")
def locked() -> duckdb.DuckDBPyConnection:
    """A connection as in a browser: nothing to load, nothing to reach."""
    con = vfa.connect()
    con.execute("SET autoinstall_known_extensions = false")
    con.execute("SET autoload_known_extensions = false")
    con.execute("SET enable_external_access = false")
    return con


@pytest.mark.parametrize("name", QUERIES)
def test_query_answers_with_its_defaults(name):
    relation = vfa.query(name)
    assert relation.fetchall(), "no rows"
    assert len(set(relation.columns)) == len(relation.columns)


@pytest.mark.parametrize("name", QUERIES)
def test_query_is_plain_sql_for_any_connection(name, con):
    plain = con.sql(QUERIES[name].sql)
    asked = vfa.query(name)
    assert plain.columns == asked.columns
    assert plain.fetchall() == asked.fetchall()


@pytest.mark.parametrize("name", QUERIES)
def test_query_runs_without_extensions_files_or_network(name, locked):
    assert locked.sql(QUERIES[name].sql).fetchall()


@pytest.mark.parametrize("name", QUERIES)
def test_query_is_one_select_that_says_its_order(name):
    sql = QUERIES[name].sql
    [statement] = duckdb.extract_statements(sql)
    assert statement.type == duckdb.StatementType.SELECT
    assert sql.endswith(";\n")
    assert re.search(r"^ORDER BY .+;\n\Z", sql, re.M | re.S), "the outer SELECT has no ORDER BY"
    # These need an extension in some builds.
    assert not re.search(r"\b(current_date|current_timestamp|(today|now|json\w*)\s*\()", sql, re.I)


def test_query_names_and_titles_are_unique():
    queries = vfa.queries()
    for attribute in ("name", "title", "title_vi", "question"):
        counts = Counter(getattr(query, attribute) for query in queries)
        assert max(counts.values()) == 1, attribute


@pytest.mark.parametrize("name", QUERIES)
def test_header_speaks_english_and_vietnamese(name):
    query = QUERIES[name]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    assert re.search("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", query.title_vi)
    assert query.title_vi != query.title
    assert query.question.endswith("?")


@pytest.mark.parametrize("name", QUERIES)
def test_header_describes_every_parameter(name):
    query = QUERIES[name]
    used = set(re.findall(r"getvariable\('(\w+)'\)", query.sql))
    assert {p.name for p in query.parameters} == used
    assert all(p.description and p.default for p in query.parameters)


def test_unknown_query_is_named():
    with pytest.raises(vfa.PackageError, match="partners_on_mars"):
        vfa.query("partners_on_mars")


@pytest.mark.parametrize("name", QUERIES)
def test_unknown_parameter_is_named(name):
    with pytest.raises(vfa.PackageError, match="galaxy"):
        vfa.query(name, galaxy="Andromeda")


@pytest.mark.parametrize("name", DAY_QUERIES)
@pytest.mark.parametrize("day", ["2025-02-30", "yesterday", "31/12/2024"])
def test_bad_date_is_named(name, day):
    with pytest.raises(vfa.PackageError, match=re.escape(day)):
        vfa.query(name, day=day)


@pytest.mark.parametrize(("name", "parameter"), NUMBER_PARAMETERS)
def test_bad_number_is_named(name, parameter):
    with pytest.raises(vfa.PackageError, match="many"):
        vfa.query(name, **{parameter: "many"})


@pytest.mark.parametrize("name", [q.name for q in QUERIES.values() if q.parameters])
def test_default_written_out_changes_nothing(name):
    given = {p.name: p.default for p in QUERIES[name].parameters}
    assert vfa.query(name, **given).fetchall() == vfa.query(name).fetchall()


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("partners_as_of", {"day": "2012-01-01"}),
        ("comprehensive_strategic_partners", {"day": "2012-01-01"}),
        ("country_ladder", {"country": "JPN"}),
        ("totals_stated_and_derived", {"indicator": "partners_total"}),
        ("year_explained", {"year": 2013}),
        ("diplomatic_relations_established_in", {"year": 1992}),
        ("visitors_by_year", {"base_year": 2010}),
        ("memberships_on_day", {"day": "1990-01-01"}),
        ("review_items", {"year": 2024}),
        ("embassies_without_partnership", {"day": "1995-01-01"}),
        ("country_file", {"country": "JPN"}),
        ("country_file", {"day": "2000-01-01"}),
        ("sources_of_country", {"country": "JPN"}),
        ("most_cited_publishers", {"top": 3}),
        ("rows_to_look_up_again", {"seed": "bamboo"}),
        ("rows_to_look_up_again", {"size": 3}),
    ],
)
def test_parameter_changes_the_answer_of_one_run_only(name, params):
    before = vfa.query(name).fetchall()
    other = vfa.query(name, **params).fetchall()
    assert other
    assert other != before
    assert vfa.query(name).fetchall() == before


def test_every_query_with_a_parameter_is_tried_with_another_value():
    [mark] = [
        m
        for m in test_parameter_changes_the_answer_of_one_run_only.pytestmark
        if m.name == "parametrize"
    ]
    tried = {(name, key) for name, params in mark.args[1] for key in params}
    assert tried == {(q.name, p.name) for q in QUERIES.values() for p in q.parameters}
