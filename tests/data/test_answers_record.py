"""Answers about relations, trade, visits, titles, seats, agreements and help to citizens."""

from __future__ import annotations

import datetime
import re
from collections import Counter

import pytest

from vietnam_foreign_affairs import questions
from vietnam_foreign_affairs.database import connect
from vietnam_foreign_affairs.package import Package

from .asking import answer, column, dicts, one
from .recount import GOODS, yearly


def asked_of(book, name):
    """The answer of a copy of the package that a test has changed."""
    pkg = Package(book.root)
    return dicts(questions.run(connect(pkg), questions.find(pkg, name)))


def test_decades_hold_every_state_once(con):
    rows = answer("diplomatic_relations_by_decade")
    total = one(con, "SELECT count(*) FROM diplomatic_relations")
    assert sum(row["established"] for row in rows) == rows[-1]["total_so_far"] == total
    decades = con.sql(
        "SELECT year(established_on) // 10 AS decade, count(*) FROM diplomatic_relations "
        "WHERE established_on IS NOT NULL GROUP BY ALL ORDER BY decade"
    ).fetchall()
    assert [(r["decade"], r["established"]) for r in rows[:-1]] == [
        (f"{decade}0s", count) for decade, count in decades
    ]
    names = [name for row in rows for name in row["countries"].split("; ")]
    assert sorted(names) == sorted(
        column(con, "SELECT name_en FROM diplomatic_relations JOIN countries USING (iso3)")
    )


def test_years_hold_the_states_of_the_year(con):
    for year, states in con.sql(
        "SELECT year(established_on), list(iso3 ORDER BY iso3) FROM diplomatic_relations "
        "WHERE established_on IS NOT NULL GROUP BY ALL"
    ).fetchall():
        rows = answer("diplomatic_relations_established_in", year=year)
        assert sorted(row["iso3"] for row in rows) == states
        assert all(row["publishers"] >= 1 for row in rows)


def test_states_without_a_day_are_those_that_have_none(con):
    rows = answer("states_without_known_day")
    known = column(
        con, "SELECT iso3 FROM diplomatic_relations WHERE established_on_precision = 'day'"
    )
    all_states = column(con, "SELECT iso3 FROM diplomatic_relations")
    assert sorted([*known, *(row["iso3"] for row in rows)]) == sorted(all_states)
    assert all(row["known"] is None or re.fullmatch(r"\d{4}(-\d\d)?", row["known"]) for row in rows)


# Trade and visitors


def test_goods_trade_of_a_year_is_of_one_page(con):
    rows = answer("goods_trade_by_year")
    for row in rows:
        [shown] = con.execute(
            "SELECT count(DISTINCT o.indicator_id) FROM observations o LEFT JOIN evidence e "
            "ON e.row_id = o.observation_id AND e.relation = 'supports' AND e.field IS NULL "
            "JOIN sources s ON s.source_id IN (o.source_id, e.source_id) "
            "WHERE o.indicator_id LIKE 'goods_%' AND year(o.ends_on) = ? AND s.url = ? "
            "AND o.value IN (?, ?, ?, ?)",
            [row["year"], row["url"], *(row[name] for name in GOODS.values())],
        ).fetchone()
        assert shown == sum(row[name] is not None for name in GOODS.values()), row
    # 2013 once had exports and imports of two pages, with the balance of a third.
    [year] = [row for row in rows if row["year"] == 2013]
    assert year["balance"] == pytest.approx(year["exports_less_imports"], abs=0.01)
    both = [row for row in rows if row["exports"] and row["imports"]]
    assert both
    for row in both:
        assert row["exports_plus_imports"] == pytest.approx(row["exports"] + row["imports"], 1e-4)


def test_surplus_run_counts_years_in_a_row():
    rows = answer("goods_surplus_run")
    trade = {row["year"]: row["balance"] for row in rows}
    assert list(trade) == sorted(yearly("goods_balance"))
    for row in rows:
        year, length = row["year"], 0
        while trade.get(year) is not None and (trade[year] > 0) == (trade[row["year"]] > 0):
            year, length = year - 1, length + 1
        assert row["years_in_a_row"] == length, row
    assert any(row["stated_surplus_years"] for row in rows)


def test_visitors_recover_towards_the_base_year():
    for base in (2019, 2023):
        rows = {row["year"]: row for row in answer("visitors_by_year", base_year=base)}
        assert rows[base]["percent_of_base_year"] == 100
        for year, row in rows.items():
            share = 100 * row["million_visitors"] / rows[base]["million_visitors"]
            assert row["percent_of_base_year"] == pytest.approx(share, abs=0.051)
            assert (row["percent_change"] is None) == (year - 1 not in rows)


def test_first_figures_stand_against_a_final_one(con):
    rows = answer("preliminary_and_final_figures")
    assert {row["stage"] for row in rows} <= {"preliminary", "estimate", "forecast"}
    finals = set(
        con.sql(
            "SELECT indicator_id, ends_on, value FROM observations WHERE obs_status = 'A'"
        ).fetchall()
    )
    for row in rows:
        assert (row["indicator_id"], row["ends_on"], row["final"]) in finals
        assert row["revision"] == pytest.approx(row["final"] - row["stated_first"], abs=1e-5)


# Visits


def test_visits_are_counted_once_by_country_and_by_month(con):
    out, into = con.sql(
        "SELECT count(*) FILTER (direction = 'outbound'), count(*) FILTER (direction = 'inbound') "
        "FROM high_level_visits"
    ).fetchone()
    for name in ("visits_by_country", "visits_by_month"):
        rows = answer(name)
        assert (sum(r["outbound"] for r in rows), sum(r["inbound"] for r in rows)) == (out, into)
        assert all(r["visits"] == r["outbound"] + r["inbound"] for r in rows)


def test_the_latest_visit_is_known_as_exactly_as_that_visit(workbook):
    first = workbook.rows("high_level_visits")[0] | {"ends_on": ""}
    days = {"2024-03-01": "month", "2025-03-02": "day"}
    visits = [
        first
        | {"visit_id": f"{way}-{day}", "direction": way}
        | {"starts_on": day, "starts_on_precision": precision}
        for way in ("inbound", "outbound")
        for day, precision in days.items()
    ]
    workbook.write("high_level_visits", visits)
    (row,) = asked_of(workbook, "visits_by_country")
    for way in ("inbound", "outbound"):
        assert str(row[f"latest_{way}"]) == "2025-03-02"
        assert row[f"latest_{way}_precision"] == "day"


def test_trips_are_those_of_the_view(con):
    rows = answer("trips_by_leader_and_year")
    assert sum(row["trips"] for row in rows) == one(con, "SELECT count(*) FROM trips")
    for row in rows:
        routes = row["routes"].split("; ")
        assert len(routes) == row["trips"]
        assert sum(len(route.split(" - ")) for route in routes) == row["visits"]


# UNESCO, organisations, agreements


def test_unesco_titles_are_the_same_by_programme_and_by_year(con):
    programmes, years = answer("unesco_titles_by_programme"), answer("unesco_titles_by_year")
    total = sum(row["titles"] for row in programmes)
    assert total == sum(row["new_titles"] for row in years) == years[-1]["total_so_far"]
    for row in programmes:
        assert row["first_on"] <= row["latest_on"]
    claims = [row for row in years if row["stated_total"] is not None]
    assert claims
    for row in claims:
        assert row["recorded_less_stated"] == row["total_so_far"] - row["stated_total"]


def test_a_year_may_have_a_stated_total_and_no_title(workbook):
    rows = [r for r in workbook.rows("observations") if r["indicator_id"] == "unesco_titles"]
    workbook.write("observations", rows)
    workbook.write("unesco_titles", [])
    years = asked_of(workbook, "unesco_titles_by_year")
    assert {(r["new_titles"], r["total_so_far"], r["titles"]) for r in years} == {(0, 0, None)}


def test_elected_seats_are_held_in_their_term_only(con):
    seats = answer("un_elected_seats")
    bodies = set(
        column(con, "SELECT name_en FROM organizations WHERE kind IN ('un_organ', 'unesco_body')")
    )
    elected = one(
        con,
        "SELECT count(*) FROM memberships JOIN organizations USING (organization_id) "
        "WHERE role IN ('elected_member', 'non_permanent_member') "
        "AND kind IN ('un_organ', 'unesco_body')",
    )
    assert sum(seat["body"] in bodies for seat in seats) == elected
    day = datetime.timedelta(days=1)
    for seat in (s for s in seats if s["ends_on"] and s["role"] == "non_permanent_member"):
        for when, held in (
            (seat["starts_on"] - day, False),
            (seat["starts_on"], True),
            (seat["ends_on"], True),
            (seat["ends_on"].replace(month=12, day=31), True),
            (seat["ends_on"].replace(month=12, day=31) + day, False),
        ):
            rows = answer("memberships_on_day", day=when)
            found = any(
                (r["organization"], r["role"]) == (seat["body"], seat["role"]) for r in rows
            )
            assert found == held, (seat["body"], when)


def test_a_role_in_a_body_is_held_once_and_has_begun():
    for when in ("1980-01-01", "2020-06-30", "2025-12-31"):
        rows = answer("memberships_on_day", day=when)
        assert max(Counter((r["organization"], r["role"]) for r in rows).values()) == 1
        assert all(r["since"] is None or str(r["since"]) <= when for r in rows)


def test_an_observer_who_joins_is_no_longer_an_observer(con):
    joiners = con.sql(
        "SELECT o.name_en, m.starts_on "
        "FROM memberships m JOIN organizations o USING (organization_id) "
        "WHERE m.role = 'member' AND EXISTS (FROM memberships n "
        "WHERE n.organization_id = m.organization_id AND n.role = 'observer' "
        "AND n.starts_on < m.starts_on)"
    ).fetchall()
    assert joiners
    for body, joined in joiners:
        roles = [
            {r["role"] for r in answer("memberships_on_day", day=when) if r["organization"] == body}
            for when in (
                joined - datetime.timedelta(days=1),
                datetime.date(joined.year + 1, 1, 1),
            )
        ]
        assert roles == [{"observer"}, {"member"}], body


def test_trade_agreements_cover_every_economy_once(con):
    rows = answer("trade_agreement_coverage")
    assert len(rows) == one(con, "SELECT count(*) FROM trade_agreements")
    union = set(column(con, "SELECT iso3 FROM country_groups WHERE group_id = 'eu'"))
    parties = set(
        column(
            con,
            "SELECT iso3 FROM trade_agreement_parties JOIN trade_agreements USING (agreement_id) "
            "WHERE kind IN ('fta', 'cepa') AND status = 'in_force'",
        )
    )
    if "EUU" in parties:
        parties = parties - {"EUU"} | union
    covering = [row for row in rows if row["economies_first_covered"] is not None]
    assert sum(row["economies_first_covered"] for row in covering) == len(parties)
    by_then = [row["economies_covered_by_then"] for row in covering]
    assert by_then == sorted(by_then)
    assert by_then[-1] == len(parties)
    for row in rows:
        assert row["partners"] == len(
            row["partner_names"].split("; ") if row["partner_names"] else []
        )


# Reviews, sources, the rest


def test_review_shows_every_block_and_every_row_that_records_it(con):
    for year in column(con, "SELECT DISTINCT year FROM highlights"):
        rows = answer("review_items", year=year)
        blocks = con.sql(
            f"SELECT DISTINCT source_id, locator FROM highlights WHERE year = {year}"
        ).fetchall()
        assert {row["item"] for row in rows} == {locator for _, locator in blocks}
        numbers = [int(re.search(r"\d+", row["item"])[0]) for row in rows]
        assert numbers == sorted(numbers)
        expected = con.sql(
            "SELECT DISTINCT p.table_name, p.row_id FROM provenance p JOIN highlights h "
            "USING (source_id, locator) "
            f"WHERE h.year = {year} AND p.table_name <> 'highlights'"
        ).fetchall()
        shown = {(row["table_name"], row["row_id"]) for row in rows if row["table_name"]}
        assert shown == set(expected)
        assert all(
            (row["stated"] is not None) == (row["table_name"] == "observations") for row in rows
        )


def test_protection_counts_every_operation_and_every_person_once(con):
    rows = {row["iso3"]: row for row in answer("citizens_protected_by_place")}
    for iso3, operations, people, largest in con.sql(
        "SELECT iso3, count(*), sum(people) FILTER (part_of_id IS NULL), max(people) "
        "FROM citizen_protection GROUP BY iso3"
    ).fetchall():
        assert rows[iso3]["operations"] == operations
        assert rows[iso3]["people_stated"] == people
        assert rows[iso3]["largest_figure"] == largest
    parts = one(con, "SELECT sum(people) FROM citizen_protection WHERE part_of_id IS NOT NULL")
    whole = one(con, "SELECT sum(people) FROM citizen_protection")
    assert sum(row["people_stated"] or 0 for row in rows.values()) == whole - parts > 0


def test_legal_instruments_come_in_the_order_of_their_day(con):
    rows = answer("legal_instruments_by_year")
    assert len(rows) == one(con, "SELECT count(*) FROM legal_instruments")
    days = [row["issued_on"] for row in rows if row["issued_on"]]
    assert days == sorted(days)
    assert [row["year"] for row in rows if row["issued_on"]] == [day.year for day in days]


def test_states_are_partners_again_from_the_day_on_which_relations_resume(con):
    resumed = con.sql(
        "SELECT iso3, resumed_on, resumed_on - 1 FROM diplomatic_relations "
        "WHERE resumed_on IS NOT NULL"
    ).fetchall()
    assert resumed
    for iso3, day, eve in resumed:
        on = f"SELECT iso3 FROM diplomatic_partners_as_of('{{}}') WHERE iso3 = '{iso3}'"
        assert column(con, on.format(day)) == [iso3]
        assert column(con, on.format(eve)) == []
