"""Every answer says who says so, and nothing more exactly than it is known."""

from __future__ import annotations

import pytest

import vietnam_foreign_affairs as vfa

NEARLY = """
    SELECT observation_id, value, qualifier FROM observations o WHERE qualifier = 'nearly'
    AND value > 100 AND value = round(value) AND phrase IS NOT NULL
    AND (SELECT count(*) FROM observations p WHERE p.value = o.value) = 1 ORDER BY ALL LIMIT 1
"""


@pytest.fixture(scope="module")
def nearly():
    return vfa.connect().sql(NEARLY).fetchall()[0]


def test_who_were_the_partners_and_who_says_so(call):
    question, parameters = "comprehensive_strategic_partners", {"day": "2024-12-31"}
    said = call("ask", question=question, parameters=parameters)
    rows = vfa.query(question, **parameters).fetchall()
    assert [row["iso3"] for row in said["rows"]] == [row[1] for row in rows]
    assert {row["url"] for row in said["rows"]} <= {source["url"] for source in said["sources"]}
    assert all(source["publisher"] for source in said["sources"])
    assert {t["table"] for t in said["tables"]} >= {"partnership_upgrades"}
    assert any("partnership_upgrades" in text for text in said["cite"])
    assert said["license"] == "CC-BY-4.0"


@pytest.mark.parametrize(
    "columns",
    [
        "*",
        "value, qualifier",
        "value",
        "observation_id, value",
        "value::VARCHAR AS value",
        "max(value) AS value",
    ],
)
def test_nearly_800_is_never_800(call, nearly, columns):
    row_id, value, _ = nearly
    said = call("sql", query=f"SELECT {columns} FROM observations WHERE observation_id='{row_id}'")
    assert said["rows"][0]["value"] == f"nearly {value:,.0f}"
    assert any(f"nearly {value:,.0f}" in note and row_id in note for note in said["precision"])


@pytest.mark.parametrize("sql", ["sum(value)", "value AS total", "value + 0 AS total"])
def test_a_figure_under_another_name_is_told_what_it_may_be(call, nearly, sql):
    row_id, value, _ = nearly
    said = call("sql", query=f"SELECT {sql} FROM observations WHERE observation_id = '{row_id}'")
    assert any(f"nearly {value:,.0f}" in note for note in said["precision"])
    assert any("no sum" in note for note in said["precision"])


@pytest.mark.parametrize(
    "columns",
    [
        "*",
        "upgraded_on",
        "upgraded_on, upgraded_on_precision",
        "upgraded_on::TIMESTAMP AS upgraded_on",
        "upgraded_on::VARCHAR AS upgraded_on",
        "[upgraded_on] AS upgraded_on",
        "max(upgraded_on) AS upgraded_on",
    ],
)
def test_a_year_is_never_a_day(call, columns):
    said = call(
        "sql", query=f"SELECT {columns} FROM partnership_upgrades WHERE upgrade_id='2010-arg-cp'"
    )
    assert said["rows"][0]["upgraded_on"] in ("2010", ["2010"])
    assert any("2010 in upgraded_on is known to the year only" in n for n in said["precision"])


def test_a_view_leads_to_the_table_behind_it(call):
    said = call("sql", query="SELECT since FROM partners WHERE iso3 = 'ARG'")
    assert said["rows"] == [{"since": "2010"}]


def test_exact_figures_and_days_stay(call):
    said = call("sql", query="SELECT upgraded_on, iso3 FROM partnership_upgrades "
                             "WHERE upgrade_id = '2024-10-07-fra-csp'")  # fmt: skip
    assert said["rows"] == [{"upgraded_on": "2024-10-07", "iso3": "FRA"}]
    said = call("sql", query="SELECT value FROM observations WHERE value = 927")
    assert said["rows"] == [{"value": 927.0}]


def test_rows_that_name_their_keys_bring_sources_and_contradictions(call):
    said = call(
        "sql",
        query="SELECT upgrade_id FROM partnership_upgrades JOIN evidence ON row_id = upgrade_id "
        "WHERE relation = 'contradicts' AND table_name = 'partnership_upgrades' LIMIT 1",
    )
    assert said["sources"]
    assert said["contradictions"][0]["row_id"] == said["rows"][0]["upgrade_id"]


def test_a_row_is_explained(call, nearly):
    row_id, value, _ = nearly
    said = call("explain_row", table="observations", row_id=row_id)
    assert said["row"]["value"] == f"nearly {value:,.0f}"
    assert said["sources"][0]["url"].startswith("http")
    assert said["cite"] == vfa.cite(table="observations")
    said = call("explain_row", table="partnership_upgrades", row_id="2010-arg-cp")
    assert said["row"]["upgraded_on"] == "2010"
    assert said.keys() >= {"contradictions", "discrepancies", "corrections", "precision"}


@pytest.mark.parametrize("question", [query.name for query in vfa.queries()])
def test_every_question_is_answered_with_its_tables(call, question):
    said = call("ask", question=question, limit=50)
    assert said["rows"]
    assert said["cite"]
    assert said["sources"] or any("no row names a source" in note for note in said["precision"])


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("ask", {"question": "nothing"}, "there is no query"),
        ("ask", {"question": "country_ladder", "parameters": {"country": "France"}}, "mean FRA?"),
        ("explain_row", {"table": "partners", "row_id": "ZZZ"}, "has no row 'ZZZ'"),
        ("explain_row", {"table": "nothing", "row_id": "ZZZ"}, "there is no table"),
        ("describe_table", {"name": "nothing"}, "there is no table"),
        ("sql", {"query": "SELECT nme_en FROM countries"}, "name_en"),
        ("sql", {"query": "SELECT 1", "limit": 5000}, "1000"),
    ],
)
def test_a_mistake_is_explained(call, tool, arguments, words):
    said = call(tool, **arguments)
    assert words in said
    assert "Traceback" not in said
