"""Answers about partnerships, and about what is stated, derived and contradicted."""

from __future__ import annotations

import datetime
from collections import Counter

import duckdb
import pytest

import vietnam_foreign_affairs as vfa

from .asking import answer, column, one


def stated(con: duckdb.DuckDBPyConnection, indicator: str) -> list[tuple[datetime.date, float]]:
    found = con.sql(
        "SELECT ends_on, stated FROM reconciliation WHERE check_id = 'stated_totals' "
        f"AND status = 'agrees' AND qualifier = 'exact' AND indicator_id = '{indicator}'"
    ).fetchall()
    assert found
    return found


def test_partners_as_of_has_the_stated_number_of_rows(con):
    for day, total in stated(con, "partners_total"):
        rows = answer("partners_as_of", day=day)
        assert len({row["iso3"] for row in rows}) == len(rows), day
        assert sum(not row["is_union"] for row in rows) == total, day
        assert all(row["since"] <= day and row["url"] and row["publisher"] for row in rows)


def test_partners_at_the_end_of_2024_are_as_many_as_officials_stated(con):
    total = one(
        con,
        "SELECT DISTINCT value FROM observations "
        "WHERE indicator_id = 'partners_total' AND ends_on BETWEEN '2024-12-01' AND '2025-01-31'",
    )
    assert len(answer("partners_as_of", day="2024-12-31")) == total


def test_a_partner_enters_on_the_day_of_the_upgrade(con):
    upgrades = con.sql(
        "SELECT iso3, valid_from FROM partnership_spells JOIN partnership_tiers USING (tier_id) "
        "WHERE in_official_total AND step = 1 ORDER BY valid_from DESC LIMIT 5"
    ).fetchall()
    for iso3, day in upgrades:
        eve = day - datetime.timedelta(days=1)
        assert iso3 in {row["iso3"] for row in answer("partners_as_of", day=day)}
        assert iso3 not in {row["iso3"] for row in answer("partners_as_of", day=eve)}


def test_comprehensive_strategic_partners_are_named_with_their_publishers(con):
    for day, total in stated(con, "partners_csp"):
        rows = answer("comprehensive_strategic_partners", day=day)
        assert [row["number"] for row in rows] == list(range(1, int(total) + 1)), day
        for row in rows:
            assert row["publishers"] == len(row["said_by"].split("; "))
            assert row["url"].startswith("http")


def test_ladder_holds_every_step_of_a_country(con):
    for iso3, steps in con.sql(
        "SELECT iso3, count(*) FROM partnership_upgrades GROUP BY iso3"
    ).fetchall():
        rows = answer("country_ladder", country=iso3)
        related = iso3 in column(con, "SELECT iso3 FROM diplomatic_relations")
        assert len(rows) == steps + related
        assert (rows[0]["step"] == "diplomatic relations") == related
        days = [row["day"] for row in rows[related:]]
        assert days == sorted(days)


def test_ladder_takes_the_code_in_small_letters():
    assert answer("country_ladder", country="jpn") == answer("country_ladder", country="JPN")


def test_years_to_next_tier_are_the_distance_of_two_steps(con):
    rows = answer("years_to_next_tier")
    raised = one(
        con,
        "SELECT count(*) FROM partnership_spells JOIN partnership_tiers USING (tier_id) "
        "WHERE in_official_total AND step > 1",
    )
    assert sum(row["from_tier"] != "Diplomatic relations" for row in rows) == raised
    for row in rows:
        days = (row["raised_on"] - row["since"]).days
        assert row["years"] == pytest.approx(days / 365.25, abs=0.051)
        assert days > 0


def test_year_explained_adds_up(con):
    for year, upgrades, entrants, promotions in con.sql(
        "SELECT year, upgrades, new_entrants, promotions FROM upgrades_by_year"
    ).fetchall():
        rows = answer("year_explained", year=year)
        kinds = Counter(row["kind"] for row in rows)
        assert (kinds["new entrant"], kinds["promotion"]) == (entrants, promotions), year
        assert rows[-1]["upgrades_so_far"] == upgrades
        total = one(
            con,
            f"SELECT arg_max(partners, day) FROM partner_totals_by_day WHERE year(day) <= {year}",
        )
        assert rows[-1]["partners_after"] == total, year


# Stated, derived, contradicted


def test_totals_cover_every_derived_statement(con):
    everything = answer("totals_stated_and_derived")
    known = one(con, "SELECT count(*) FROM reconciliation WHERE check_id = 'stated_totals'")
    assert len(everything) == known
    some = answer("totals_stated_and_derived", indicator="partners_total")
    assert some == [row for row in everything if row["indicator_id"] == "partners_total"]


def test_contradictions_stand_beside_the_cell_that_they_contradict(con):
    rows = answer("contradictions")
    evidence = con.sql(
        "SELECT table_name, row_id, field, stated_value FROM evidence "
        "WHERE relation = 'contradicts'"
    ).fetchall()
    keys = ("table_name", "row_id", "field", "stated_value")
    assert Counter(tuple(row[k] for k in keys) for row in rows) == Counter(evidence)

    tables = {table.name: table for table in vfa.tables()}
    for row in rows:
        key = " || '/' || ".join(tables[row["table_name"]].primary_key)
        cell = one(
            con, f"SELECT {row['field']} FROM {row['table_name']} WHERE {key} = '{row['row_id']}'"
        )
        recorded = row["recorded_value"]
        if isinstance(cell, float):
            assert float(recorded) == cell, row
        else:
            assert recorded == (cell and str(cell)), row
        assert row["url"].startswith("http")
        assert row["recorded_from"]


def test_discrepancies_are_all_listed_with_what_they_explain(con):
    rows = answer("documented_discrepancies")
    known = con.sql("SELECT check_id, subject, explanation FROM discrepancies").fetchall()
    assert Counter((r["check_id"], r["subject"], r["explanation"]) for r in rows) == Counter(known)
    subjects = set(column(con, "SELECT observation_id FROM observations"))
    for row in rows:
        if row["subject"] in subjects:
            assert row["stated"] is not None
            assert row["derived"] is not None
            assert row["difference"] == pytest.approx(row["derived"] - row["stated"], abs=1e-5)


def test_claims_name_as_many_countries_as_the_record_derives():
    rows = answer("claims_checked")
    named = [row for row in rows if row["group_size"]]
    assert named
    for row in named:
        countries = row["countries_that_count"]
        assert len(countries.split("; ") if countries else []) == row["derived"], row["claim"]
        if row["countries_that_do_not"]:
            others = row["countries_that_do_not"].split("; ")
            assert len(others) == row["group_size"] - row["derived"]
    assert {row["verdict"] for row in rows} >= {"agrees"}


def test_evidence_scores_are_shares(con):
    rows = answer("evidence_scores")
    assert [row["table_name"] for row in rows] == sorted(
        column(con, "SELECT DISTINCT table_name FROM row_sources")
    )
    for row in rows:
        assert 0 <= row["share_two_publishers"] <= 1
        assert 0 <= row["share_official"] <= 1


@pytest.mark.parametrize(
    ("iso3", "label", "others"),
    [
        ("KOR", "South Korea", ["Korea, Republic of", "ROK"]),
        ("USA", "United States", ["Mỹ", "US", "United States of America"]),
        ("FRA", "France", ["French Republic", "Phú Lang Sa"]),
        ("JPN", "Japan", None),
    ],
)
def test_a_country_is_called_as_people_call_it(con, iso3, label, others):
    sql = f"SELECT label_en, other_names FROM country_labels WHERE iso3 = '{iso3}'"
    assert con.sql(sql).fetchall() == [(label, others)]
