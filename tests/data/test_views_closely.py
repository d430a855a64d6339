"""Views at their edges: what falls to one side of a word, a day or a blank."""

from __future__ import annotations

from collections import Counter

import pytest

import vietnam_foreign_affairs as vfa
from vietnam_foreign_affairs import database, inside
from vietnam_foreign_affairs.errors import PackageError
from vietnam_foreign_affairs.package import Package

from .recount import number, rows


def test_the_panel_counts_visits_by_direction():
    ours = Counter()
    for visit in rows("high_level_visits"):
        last = visit["ends_on"] or visit["starts_on"]
        if visit["starts_on_precision"] != "day":
            last = visit["starts_on"]
        for year in range(int(visit["starts_on"][:4]), int(last[:4]) + 1):
            ours[visit["iso3"], year, visit["direction"]] += 1
    found = vfa.connect().sql(
        "SELECT iso3, year, outbound_visits, inbound_visits FROM country_years "
        "WHERE outbound_visits > 0 OR inbound_visits > 0"
    )
    panel = Counter()
    for iso3, year, outbound, inbound in found.fetchall():
        panel[iso3, year, "outbound"], panel[iso3, year, "inbound"] = outbound, inbound
    assert +panel == ours


def test_in_the_year_of_a_suspension_there_are_no_relations():
    broken = [row for row in rows("diplomatic_relations") if row["suspended_on"]]
    assert broken
    for row in broken:
        year = int(row["suspended_on"][:4])
        sql = f"SELECT relations FROM country_years WHERE iso3 = '{row['iso3']}' AND year = "
        (now,) = vfa.connect().sql(f"{sql}{year}").fetchone()
        (before,) = vfa.connect().sql(f"{sql}{year - 1}").fetchone()
        assert (before, now) == (True, False)


def test_citizens_protected_are_those_of_operations_with_people_and_a_day():
    """A part of an operation is not counted beside it."""
    ours = sum(
        number(row["people"])
        for row in rows("citizen_protection")
        if row["people"] and row["starts_on"] and not row["part_of_id"]
    )
    (found,) = (
        vfa.connect()
        .sql("SELECT sum(amount) FROM indicator_events WHERE indicator_id = 'citizens_protected'")
        .fetchone()
    )
    assert found == ours


def test_of_two_words_on_one_page_the_plain_figure_stands_in_the_trade_of_a_year(workbook):
    base = {
        "indicator_id": "goods_turnover",
        "starts_on": "1997-01-01",
        "ends_on": "1997-12-31",
        "obs_status": "A",
        "source_id": workbook.rows("sources")[0]["source_id"],
        "stated_by": workbook.rows("observations")[0]["stated_by"],
    }
    for observation_id, value, qualifier in (("x-a", "21", "about"), ("x-b", "20.7", "exact")):
        cells = {"observation_id": observation_id, "value": value, "qualifier": qualifier}
        workbook.append("observations", **cells, **base)
    con = database.connect(Package(workbook.root))
    found = con.sql(
        "SELECT turnover, turnover_qualifier FROM goods_trade "
        "WHERE year = 1997 AND counterpart_iso3 IS NULL"
    )
    assert found.fetchall() == [(20.7, None)]


def test_a_file_of_sql_may_be_a_megabyte_long_and_no_longer(tmp_path):
    (tmp_path / "long.sql").write_text("-" * (1 << 20))
    assert len(inside.read_sql(tmp_path, "long.sql")) == 1 << 20
    (tmp_path / "longer.sql").write_text("-" * ((1 << 20) + 1))
    with pytest.raises(PackageError):
        inside.read_sql(tmp_path, "longer.sql")
