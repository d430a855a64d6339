"""`country_years`: what held at a year's end, and no more than is known."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from vietnam_foreign_affairs.database import connect
from vietnam_foreign_affairs.package import Package


@pytest.fixture(scope="module")
def con():
    return connect(Package(ROOT))


def panel(con, iso3, column, *years):
    rows = con.execute(
        f"SELECT year, {column} FROM country_years WHERE iso3 = '{iso3}' ORDER BY year"
    ).fetchall()
    found = dict(rows)
    return [found[year] for year in years] if years else found


def test_there_is_a_row_for_every_country_and_year(con):
    rows, years, first, last = con.execute(
        "SELECT count(*), count(DISTINCT year), min(year), max(year) FROM country_years"
    ).fetchone()
    (countries,) = con.execute("SELECT count(*) - 1 FROM countries").fetchone()
    assert rows == countries * years
    assert years == last - first + 1
    assert first == 1950
    assert con.execute("SELECT 1 FROM country_years WHERE iso3 = 'VNM'").fetchall() == []


def test_it_agrees_with_the_macros_at_the_end_of_every_year(con):
    for year in (1995, 2010, 2024):
        day = f"DATE '{year}-12-31'"
        for wanted, held in (
            (f"SELECT iso3, tier_id FROM partners_as_of({day})", "iso3, tier_id"),
            (
                # One whose day no page gives is counted by the macro, and unknown to the panel.
                f"SELECT iso3, true FROM diplomatic_partners_as_of({day}) "
                "WHERE established_on IS NOT NULL",
                "iso3, relations",
            ),
        ):
            where = f"WHERE year = {year} AND {held.split(', ')[1]} IS NOT NULL"
            where += " AND relations" if "relations" in held else ""
            rows = con.execute(f"SELECT {held} FROM country_years {where}").fetchall()
            assert sorted(rows) == sorted(con.execute(wanted).fetchall())


def test_what_lies_outside_a_table_is_blank_and_said_to_be(con):
    for part, columns in {
        "tier": ("tier_rank", "tier_changed"),
        "visits": ("outbound_visits", "outbound_days", "inbound_visits", "days_are_exact"),
        "trade_agreements": ("trade_agreements",),
    }.items():
        for column in columns:
            assert con.execute(
                f"SELECT DISTINCT {column} IS NULL FROM country_years "
                f"WHERE {part}_coverage = 'none'"
            ).fetchall() == [(True,)]
            assert con.execute(
                f"SELECT DISTINCT {column} IS NULL FROM country_years "
                f"WHERE {part}_coverage <> 'none'"
            ).fetchall() == [(False,)]
    last = max(panel(con, "IDN", "tier_coverage"))
    assert panel(con, "IDN", "tier_coverage", last) == ["part"], "the last year is not over"
    assert panel(con, "IDN", "tier_coverage", 1950) == ["none"]
    assert panel(con, "IDN", "shared_groups_coverage", 1950) == ["part"], "some joined long ago"


def test_a_change_shows_in_its_year_only(con):
    assert panel(con, "IDN", "tier_rank", 2002, 2003, 2013, 2025) == [0, 1, 2, 3]
    assert panel(con, "IDN", "tier_changed", 2012, 2013, 2014, 2025) == [False, True, False, True]


def test_relations_of_unknown_age_are_unknown_until_today(con):
    unknown = con.execute(
        "SELECT iso3 FROM diplomatic_relations WHERE established_on IS NULL ORDER BY iso3 LIMIT 1"
    ).fetchone()[0]
    found = panel(con, unknown, "relations")
    last = max(found)
    assert found.pop(last) is True
    assert set(found.values()) == {None}


def test_dates_keep_the_precision_with_which_they_are_known(con):
    for part, table, column in (
        ("tier_since", "partnership_upgrades", "upgraded_on"),
        ("relations_since", "diplomatic_relations", "established_on"),
    ):
        assert con.execute(
            f"SELECT count(*) FROM country_years y ANTI JOIN {table} t ON t.iso3 = y.iso3 "
            f"AND t.{column} = y.{part} AND t.{column}_precision = y.{part}_precision "
            f"WHERE y.{part} IS NOT NULL"
        ).fetchone() == (0,)


@pytest.fixture
def changed(workbook):
    """The panel of a copy of the package after cells were changed."""
    return lambda: connect(Package(workbook.root))


def test_a_suspension_shows_in_the_years_that_end_in_it(workbook, changed):
    workbook.change(
        "diplomatic_relations",
        lambda row: row["iso3"] == "IDN",
        suspended_on="1967-01-01",
        suspended_on_precision="year",
        resumed_on="1969-05-01",
        resumed_on_precision="month",
    )
    found = panel(changed(), "IDN", "relations", 1966, 1967, 1968, 1969)
    assert found == [True, False, False, True]


@pytest.mark.parametrize(
    ("precision", "ends_on", "days", "exact"),
    [
        ("day", "2025-01-02", [2, 2], [True, True]),
        ("day", "", [1, 0], [False, True]),
        ("month", "2025-01-02", [1, 0], [False, True]),
    ],
)
def test_days_of_a_visit_are_split_by_year_and_never_guessed(
    workbook, changed, precision, ends_on, days, exact
):
    rows = [r for r in workbook.rows("high_level_visits") if r["direction"] == "outbound"]
    row = {**rows[0], "visit_id": "2024-12-30-test-fji", "iso3": "FJI"}
    row |= {"starts_on": "2024-12-30", "starts_on_precision": precision, "ends_on": ends_on}
    workbook.write("high_level_visits", [row])
    con = changed()
    assert panel(con, "FJI", "outbound_days", 2024, 2025) == days
    assert panel(con, "FJI", "days_are_exact", 2024, 2025) == exact
    assert panel(con, "FJI", "inbound_visits", 2024) == [0]


def test_it_has_the_codes_of_four_lists(published):
    table = published.table("country_years")
    assert table.primary_key == ("iso3", "year")
    assert {"iso3", "m49", "cow_code", "gw_code"} <= set(table.field_names)
    assert (ROOT / "scripts/sql/views/country_years.sql").is_file()
