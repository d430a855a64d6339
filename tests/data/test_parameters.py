"""What a parameter can mean, and what is said of a value that it cannot."""

from __future__ import annotations

import datetime
import re

import pytest

import vietnam_foreign_affairs as vfa


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("France", "FRA"),
        ("Pháp", "FRA"),
        ("phap", "FRA"),
        ("Mỹ", "USA"),
        ("Anh", "GBR"),
        ("fr", "FRA"),
        ("250", "FRA"),
        ("Turkey", "TUR"),
        ("Swaziland", "SWZ"),
        ("Burma", "MMR"),
        ("Soviet Union", "RUS"),
        ("Korea", "KOR or PRK"),
    ],
)
def test_a_country_by_another_name_is_told_its_code(given, meant):
    with pytest.raises(vfa.PackageError, match=rf"country={given}: .*; did you mean {meant}\?"):
        vfa.query("country_ladder", country=given)


@pytest.mark.parametrize("given", ["ZZZ", "", "%", "' OR 1=1 --"])
def test_a_country_that_there_is_not_is_told_where_they_are(given):
    with pytest.raises(vfa.PackageError, match="vfa show countries"):
        vfa.query("sources_of_country", country=given)


def test_a_code_in_small_letters_is_the_code():
    asked = vfa.query("country_ladder", country="jpn").fetchall()
    assert asked == vfa.query("country_ladder", country="JPN").fetchall()


def test_an_indicator_may_be_a_pattern_that_fits_one():
    assert vfa.query("totals_stated_and_derived", indicator="partners_%").fetchall()
    with pytest.raises(
        vfa.PackageError, match=r"indicator=partners_totl: .*did you mean partners_"
    ):
        vfa.query("totals_stated_and_derived", indicator="partners_totl")
    with pytest.raises(vfa.PackageError, match="indicator=zz%"):
        vfa.query("totals_stated_and_derived", indicator="zz%")


@pytest.mark.parametrize(
    "day", [None, "2024-12-31xyz", "20241231", "", 2024, True, "2025-02-30", float("nan")]
)
def test_what_is_no_day_is_an_error(day):
    with pytest.raises(vfa.PackageError, match=re.escape(f"day={day}: ")):
        vfa.query("partners_as_of", day=day)


@pytest.mark.parametrize("day", [datetime.date(2012, 1, 1), datetime.datetime(2012, 1, 1, 9)])
def test_a_day_may_be_a_date(day):
    asked = vfa.query("partners_as_of", day=day).fetchall()
    assert asked == vfa.query("partners_as_of", day="2012-01-01").fetchall()


@pytest.mark.parametrize("year", [None, float("nan"), "nan", 2013.5, True, "2013 ", 10**30])
def test_what_is_no_year_is_an_error(year):
    with pytest.raises(vfa.PackageError, match="whole number"):
        vfa.query("year_explained", year=year)


def test_a_year_may_be_a_number_of_a_data_frame():
    assert vfa.query("year_explained", year=2013.0).fetchall() == (
        vfa.query("year_explained", year="2013").fetchall()
    )


def test_every_key_that_a_question_names_is_one():
    keys = {p.key for query in vfa.queries() for p in query.parameters if p.key}
    assert keys == {"countries.iso3", "indicators.indicator_id"}
    for key in keys:
        table, column = key.split(".")
        assert next(t for t in vfa.tables() if t.name == table).primary_key == (column,)
