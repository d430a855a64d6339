"""Relational rules and discrepancies: the known contradictions are the contradictions."""

from __future__ import annotations

import pytest

import vietnam_foreign_affairs as vfa


def found(book):
    return {(f.rule, f.row) for f in vfa.validate(book.root, quick=True).failures}


def test_the_package_itself_is_valid():
    report = vfa.validate()
    assert report.valid, report.to_text()
    assert report.known == vfa.read("discrepancies").count("*").fetchone()[0]
    assert report.tables.keys() == {t.name for t in vfa.tables() if t.role != "derived"}


def test_a_discrepancy_that_is_removed_leaves_its_contradiction_open(workbook):
    gone = workbook.remove("discrepancies", lambda row: row["check_id"] == "stated_totals")
    assert found(workbook) == {("stated_totals", gone["subject"])}


def test_a_settled_contradiction_leaves_its_discrepancy_over(workbook):
    subject = next(
        r["subject"] for r in workbook.rows("discrepancies") if r["check_id"] == "stock_and_flow"
    )
    derived = (
        vfa.connect()
        .sql(
            "SELECT derived FROM reconciliation "
            f"WHERE check_id = 'stock_and_flow' AND observation_id = '{subject}'"
        )
        .fetchone()[0]
    )
    workbook.change("observations", lambda r: r["observation_id"] == subject, value=f"{derived:g}")
    over = {row for rule, row in found(workbook) if rule == "discrepancy_without_contradiction"}
    assert any(subject.replace("_", "-") in row for row in over)


def edit_first(table, where, **cells):
    return lambda book: book.change(table, where, **cells)[0]


def observation(book, **cells):
    """One more stated figure, with the source of another."""
    base = {"qualifier": "exact", "obs_status": "A"}
    base["source_id"] = book.rows("observations")[0]["source_id"]
    return book.append("observations", **base, **cells)[0]


YEAR = {"starts_on": "2024-01-01", "ends_on": "2024-12-31"}

BROKEN = {
    "activities": lambda b: observation(
        b, observation_id="x-activities", indicator_id="high_level_activities", value="99", **YEAR
    ),
    "tiers": lambda b: observation(
        b, observation_id="x-tiers", indicator_id="partners_total", value="99", ends_on="2025-08-22"
    ),
    "stock_and_flow": lambda b: observation(
        b, observation_id="x-stock", indicator_id="unesco_titles", value="79", ends_on="2025-12-31"
    ),
    "growth": lambda b: observation(
        b, observation_id="x-growth", indicator_id="goods_exports_growth", value="41.4", **YEAR
    ),
    "multiple": lambda b: observation(
        b,
        observation_id="x-multiple",
        indicator_id="agreements_signed_multiple",
        value="7",
        starts_on="2025-01-01",
        ends_on="2025-12-31",
    ),
    "surplus_years": lambda b: observation(
        b,
        observation_id="x-surplus",
        indicator_id="trade_surplus_years",
        value="19",
        ends_on="2024-12-31",
    ),
    "rival_statements": lambda b: observation(
        b, observation_id="x-rival", indicator_id="agreements_signed", value="710", **YEAR
    ),
    "upgrades_have_their_own_source": lambda b: [
        b.change(
            "partnership_upgrades", lambda r: True, source_id=b.rows("highlights")[0]["source_id"]
        )[0],
        b.write(
            "evidence",
            [
                r
                for r in b.rows("evidence")
                if r["row_id"] != b.rows("partnership_upgrades")[0]["upgrade_id"]
            ],
        ),
    ][0],
    "indicators_are_used": lambda b: b.append(
        "indicators",
        indicator_id="moon_landings",
        name_en="Moon landings",
        name_vi="Đổ bộ lên Mặt Trăng",
        unit="landings",
        kind="flow",
        definition="Landings on the Moon.",
    )[0],
    "highlights_have_evidence": edit_first("highlights", lambda r: True, locator="paragraph 77"),
    "confidence": edit_first(
        "partnership_upgrades", lambda r: r["confidence"] == "high", confidence="low"
    ),
    "relations_abroad": edit_first(
        "diplomatic_relations", lambda r: r["iso3"] == "VUT", iso3="VNM"
    ),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_the_rule_catches_it(workbook, rule):
    row = BROKEN[rule](workbook)
    assert (rule, row) in found(workbook)


def test_evidence_that_repeats_the_row_is_caught(workbook):
    evidence = next(r for r in workbook.rows("evidence") if r["table_name"] == "events")
    event = next(r for r in workbook.rows("events") if r["event_id"] == evidence["row_id"])
    workbook.change(
        "evidence",
        lambda r: r["evidence_id"] == evidence["evidence_id"],
        source_id=event["source_id"],
    )
    assert ("evidence_is_further", evidence["evidence_id"]) in found(workbook)


def test_a_lost_member_of_the_united_nations_is_missed(workbook):
    workbook.change("countries", lambda r: r["iso3"] == "NRU", status="other_state")
    assert "un_members_are_complete" in {rule for rule, _ in found(workbook)}


def test_an_encyclopedia_makes_nothing_surer(workbook):
    row = next(r for r in workbook.rows("partnership_upgrades") if r["confidence"] == "low")
    page = next(r for r in workbook.rows("sources") if r["kind"] == "encyclopedia")["source_id"]
    workbook.append(
        "evidence",
        evidence_id="x-again",
        table_name="partnership_upgrades",
        row_id=row["upgrade_id"],
        relation="supports",
        source_id=page,
    )
    assert ("confidence", row["upgrade_id"]) not in found(workbook)
    workbook.change("sources", lambda r: r["source_id"] == page, kind="news")
    assert ("confidence", row["upgrade_id"]) in found(workbook)


def test_a_name_that_is_right_without_its_marks_is_said_by_table_row_and_column(workbook):
    row, _ = workbook.change(
        "high_level_visits",
        lambda r: "Phạm Minh Chính" in r["occasion"],
        occasion="Visit of Pham Minh Chinh",
    )
    assert ("names_keep_their_marks", row) in found(workbook)
    workbook.append(
        "discrepancies",
        discrepancy_id="x-marks",
        check_id="names_keep_their_marks",
        subject=f"high_level_visits/{row}/occasion",
        status="inferred",
        explanation="The page spells the name without its marks, and it is quoted here.",
    )
    assert {rule for rule, _ in found(workbook)} & {
        "names_keep_their_marks",
        "discrepancy_without_contradiction",
    } == set()
