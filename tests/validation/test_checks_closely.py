"""What checks and rules turn on: each place that they look at, and the edge of what they allow."""

from __future__ import annotations

import pytest

import vietnam_foreign_affairs as vfa

from .test_relations import found, observation

PLACES = {
    "memberships": "starts_on",
    "events": "starts_on",
    "unesco_titles": "inscribed_on",
    "high_level_visits": "starts_on",
    "apparatus_reforms": "effective_on",
    "citizen_protection": "starts_on",
    "partnership_upgrades": "upgraded_on",
    "legal_instruments": "issued_on",
    "diplomatic_relations": "established_on",
    "trade_agreements": "signed_on",
}
WORLD = {"starts_on": "1999-01-01", "ends_on": "1999-12-31", "indicator_id": "fdi_registered"}


def test_a_page_older_than_its_fact_is_caught_in_every_table(workbook):
    """One row of each table rests on a page of 1990."""
    sources = workbook.rows("sources")
    dated = {s["source_id"] for s in sources}
    wanted, old = set(), set()
    for table, column in PLACES.items():
        row = next(
            r
            for r in workbook.rows(table)
            if r[column] > "2001" and r[f"{column}_precision"] == "day" and r["source_id"] in dated
        )
        old.add(row["source_id"])
        wanted.add(("sources_after_facts", workbook.row_id(table, row)))
    for source in sources:
        if source["source_id"] in old:
            source["published_on"] = "1990-01-01"
    workbook.write("sources", sources)
    assert wanted <= found(workbook)


def test_partners_together_exceed_the_world_by_their_sum_without_unions(workbook):
    """6.3 and 6.2 are more than 10.4; 6.3 and 9.4 with the European Union are not."""
    day = {"starts_on": "1998-01-01", "ends_on": "1998-12-31", "indicator_id": "fdi_registered"}
    for period, others in ((WORLD, ("FRA", "JPN")), (day, ("FRA", "EUU"))):
        year = period["ends_on"][:4]
        observation(workbook, observation_id=f"x-{year}", value="10.4", **period)
        for iso3, value in zip(others, ("6.3", "9.4" if "EUU" in others else "6.2"), strict=True):
            cells = {"observation_id": f"x-{year}-{iso3.lower()}", "counterpart_iso3": iso3}
            observation(workbook, value=value, **cells, **period)
    caught = {row for rule, row in found(workbook) if rule == "partners_and_world"}
    assert "x-1999" in caught
    assert "x-1998" not in caught


def test_a_total_before_the_first_event_is_compared_with_nothing(workbook):
    """No event by then is nought, and not no answer."""
    cells = {"indicator_id": "partners_total", "value": "5", "ends_on": "1995-12-31"}
    row = observation(workbook, observation_id="x-early", **cells)
    assert ("stated_totals", row) in found(workbook)


def test_a_contradiction_that_states_the_same_figure_is_none(workbook):
    """Whatever word stands before it."""
    row = next(
        r
        for r in workbook.rows("observations")
        if r["indicator_id"] == "goods_exports" and r["qualifier"] == "exact"
    )
    evidence = workbook.append(
        "evidence",
        evidence_id="x-same",
        table_name="observations",
        row_id=row["observation_id"],
        field="value",
        source_id=workbook.rows("sources")[0]["source_id"],
        relation="contradicts",
        stated_value=f"about {float(row['value']):g}",
    )[0]
    assert ("evidence_field", evidence) in found(workbook)


def test_a_counted_title_needs_evidence_for_just_that_column(workbook):
    evidence = workbook.rows("evidence")
    counted = [r for r in evidence if r["field"] == "counted_in_official_total"]
    title = counted[0]["row_id"]
    for row in evidence:
        if row["row_id"] == title and row["field"] == "counted_in_official_total":
            row["field"] = "inscribed_on"
    workbook.write("evidence", evidence)
    assert ("counted_titles_have_evidence", title) in found(workbook)


def test_a_name_that_lost_the_bar_of_its_d_is_caught(workbook):
    """đ has no accent that comes off: it is another letter."""
    row = next(r for r in workbook.rows("leaders") if r["name_en"] == "Vương Đình Huệ")
    workbook.change("leaders", lambda r: r == row, name_en="Vương Dinh Huệ")
    assert ("names_keep_their_marks", row["leader_id"]) in found(workbook)


@pytest.mark.parametrize(("day", "is_right"), [("2030-11-05", True), ("2030-03-05", False)])
def test_the_world_heritage_committee_sat_in_november_and_never_in_march(workbook, day, is_right):
    title = next(r for r in workbook.rows("unesco_titles") if r["programme"] == "world_heritage")
    place = {"inscribed_on": day, "inscribed_on_precision": "day"}
    workbook.change("unesco_titles", lambda r: r["title_id"] == title["title_id"], **place)
    failures = vfa.validate(workbook.root, quick=True).failures
    said = [f for f in failures if f.row == title["title_id"] and "a month in which" in f.message]
    assert bool(said) is not is_right, [f.message for f in failures][:5]


def test_a_failure_over_several_columns_states_them_all(workbook):
    first, second, *_ = workbook.rows("country_groups")
    workbook.change("country_groups", lambda r: r == second, **first)
    failures = vfa.validate(workbook.root, quick=True).failures
    said = {f.value for f in failures if f.rule == "unique"}
    assert said == {f"{first['group_id']}/{first['iso3']}"}
