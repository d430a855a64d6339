"""One realistic mistake for every rule, all in one copy of the package, each in its own row."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import vietnam_foreign_affairs as vfa

from ..conftest import Workbook

Place = tuple[str, str, str, int | None]  # rule, table, column, line


def make_mistakes(book: Workbook) -> dict[str, Place]:
    """Break the package once for every rule; the places where the report must point."""
    made: dict[str, Place] = {}
    used: set[tuple[str, str]] = set()

    def fresh(table: str, where: Any) -> Any:
        return lambda row: (table, book.row_id(table, row)) not in used and where(row)

    def mistake(name: str, rule: str, table: str, column: str, where: Any, **cells: str) -> None:
        row_id, line = book.change(table, fresh(table, where), **cells)
        used.add((table, row_id))
        made[name] = (rule, table, column, line)

    day = {"starts_on_precision": "day"}.items()
    is_day = lambda row: day <= row.items()  # noqa: E731

    # structure
    mistake(
        "a day that does not exist", "type", "events", "starts_on", is_day, starts_on="2025-02-30"
    )
    mistake("a day without its zeros", "type", "events", "starts_on", is_day, starts_on="2025-2-3")
    mistake(
        "a number with a comma",
        "type",
        "observations",
        "value",
        lambda r: r["indicator_id"] == "goods_imports",
        value="380,76",
    )
    mistake(
        "a blank where one must not be",
        "required",
        "organizations",
        "name_en",
        lambda r: r["kind"] == "financial",
        name_en="",
    )
    mistake(
        "a word that is not in the list",
        "enum",
        "unesco_titles",
        "programme",
        lambda r: r["programme"] == "creative_city",
        programme="creative_town",
    )
    mistake(
        "a code in small letters",
        "pattern",
        "countries",
        "iso2",
        lambda r: r["iso3"] == "AND",
        iso2="ad",
    )
    mistake(
        "an edition of nought", "minimum", "events", "edition", lambda r: r["edition"], edition="0"
    )
    mistake(
        "a code beyond its range",
        "maximum",
        "countries",
        "cow_code",
        lambda r: r["iso3"] == "CUB",
        cow_code="1040",
    )
    mistake(
        "an explanation of one word",
        "minLength",
        "discrepancies",
        "explanation",
        lambda r: True,
        explanation="rounding",
    )
    mistake(
        "a sentence instead of a figure phrase",
        "maxLength",
        "observations",
        "phrase",
        lambda r: r["phrase"],
        phrase="word " * 19 + "end",
    )
    mistake(
        "one address twice",
        "unique",
        "sources",
        "url",
        lambda r: True,
        url=book.rows("sources")[-1]["url"],
    )
    mistake(
        "a country that is not listed",
        "foreign key",
        "high_level_visits",
        "iso3",
        lambda r: r["direction"] == "outbound",
        iso3="XXX",
    )
    mistake(
        "blanks behind a name",
        "blanks",
        "organizations",
        "abbreviation",
        lambda r: r["abbreviation"],
        abbreviation="UN ",
    )

    # domain
    mistake(
        "a tier that falls",
        "tier_rises",
        "partnership_upgrades",
        "to_tier_id",
        lambda r: (r["from_tier_id"], r["to_tier_id"]) == ("sp", "csp"),
        from_tier_id="sp",
        to_tier_id="cp",
    )
    mistake(
        "a step that skips the last tier",
        "upgrades_chain",
        "partnership_upgrades",
        "from_tier_id",
        lambda r: (r["from_tier_id"], r["to_tier_id"]) == ("sp", "csp"),
        from_tier_id="cp",
    )
    mistake(
        "a sectoral partnership without its sector",
        "sector_of_sectoral",
        "partnership_upgrades",
        "sector",
        lambda r: r["to_tier_id"] == "sectoral",
        sector="",
    )
    mistake(
        "a partnership before relations",
        "upgrade_after_relations",
        "partnership_upgrades",
        "upgraded_on",
        lambda r: r["iso3"] == "USA" and r["from_tier_id"] == "",
        upgraded_on="1993-07-25",
    )
    mistake(
        "Viet Nam as its own partner",
        "partner_is_abroad",
        "partnership_upgrades",
        "iso3",
        lambda r: r["to_tier_id"] == "special",
        iso3="VNM",
    )
    mistake(
        "the wrong Vietnamese state",
        "relations_state",
        "diplomatic_relations",
        "vietnamese_state",
        lambda r: r["vietnamese_state"] == "srv" and r["established_on_precision"] == "day",
        vietnamese_state="drv",
    )
    mistake(
        "relations resumed that were never suspended",
        "relations_resume",
        "diplomatic_relations",
        "resumed_on",
        lambda r: r["established_on"] and not r["suspended_on"],
        resumed_on="1995-01-02",
        resumed_on_precision="day",
    )
    mistake(
        "a year that passes for a day",
        "precision",
        "diplomatic_relations",
        "established_on_precision",
        lambda r: (
            r["established_on"] > "1970-01-02"
            and r["established_on_precision"] == "day"
            and r["established_on"][8:] != "01"
        ),
        established_on_precision="month",
    )
    mistake(
        "a visit that ends before it starts",
        "period",
        "high_level_visits",
        "ends_on",
        lambda r: is_day(r) and r["ends_on"] > r["starts_on"] > "2021",
        ends_on="2020-01-01",
    )
    mistake(
        "a visit after the end of the coverage",
        "coverage",
        "high_level_visits",
        "starts_on",
        lambda r: is_day(r) and r["direction"] == "inbound" and r["starts_on"] > "2026",
        starts_on="2031-01-26",
        ends_on="2031-01-27",
    )
    mistake(
        "a visit to one's own country",
        "visit_abroad",
        "high_level_visits",
        "iso3",
        lambda r: r["direction"] == "outbound",
        iso3="VNM",
    )
    mistake(
        "a foreign office on a visit abroad",
        "visit_office",
        "high_level_visits",
        "office",
        lambda r: r["direction"] == "outbound",
        office="head_of_state",
    )
    mistake(
        "a visitor from another country",
        "visit_traveller",
        "high_level_visits",
        "leader_id",
        lambda r: r["direction"] == "inbound" and r["iso3"] not in ("LAO", "KHM"),
        leader_id="thongloun-sisoulith",
    )
    rows = [r for r in book.rows("high_level_visits") if is_day(r) and r["leader_id"] == "to-lam"]
    tour = next(
        b
        for a, b in pairwise(rows)
        if a["ends_on"] > a["starts_on"]
        and a["ends_on"] <= b["starts_on"] <= "2025-12-31"
        and a["ends_on"] > "2024-09-01"
    )
    before = rows[rows.index(tour) - 1]
    mistake(
        "in two countries at once",
        "visit_one_place",
        "high_level_visits",
        "starts_on",
        lambda r: r["visit_id"] == tour["visit_id"],
        starts_on=before["starts_on"],
    )
    mistake(
        "people helped without a qualifier",
        "protection_figure",
        "citizen_protection",
        "qualifier",
        lambda r: r["people"],
        qualifier="",
    )
    part = next(r for r in book.rows("citizen_protection") if r["part_of_id"])
    mistake(
        "an operation that is part of a part",
        "protection_part",
        "citizen_protection",
        "part_of_id",
        lambda r: r["operation_id"] == part["operation_id"],
        part_of_id=part["operation_id"],
    )
    mistake(
        "a stock with a first day",
        "stock_has_a_day",
        "observations",
        "starts_on",
        lambda r: r["indicator_id"] == "overseas_vietnamese",
        starts_on="2013-01-01",
    )
    mistake(
        "a figure stated before its year",
        "stated_in_time",
        "observations",
        "stated_on",
        lambda r: r["indicator_id"] == "gdp_growth" and r["obs_status"] == "A",
        stated_on="2001-05-05",
        stated_on_precision="day",
    )
    mistake(
        "two visits and a half",
        "counts_are_whole",
        "observations",
        "value",
        lambda r: r["indicator_id"] == "inbound_delegations",
        value="28.5",
    )
    mistake(
        "fewer than no visitors",
        "only_balances_fall_below_zero",
        "observations",
        "value",
        lambda r: r["indicator_id"] == "international_visitors",
        value="-5",
    )
    mistake(
        "a qualifier upside down",
        "qualifier_interval",
        "qualifiers",
        "upper_factor",
        lambda r: r["qualifier"] == "thousands",
        lower_factor="11",
    )
    mistake(
        "a rank for an uncounted tier",
        "rank_of_counted_tiers",
        "partnership_tiers",
        "rank",
        lambda r: r["rank"] == "1",
        rank="",
    )
    mistake(
        "in force before it was signed",
        "force_after_signature",
        "trade_agreements",
        "in_force_on",
        lambda r: r["signed_on_precision"] == r["in_force_on_precision"] == "day",
        in_force_on="1999-01-04",
    )
    mistake(
        "signed and still under negotiation",
        "status_fits_days",
        "trade_agreements",
        "status",
        lambda r: r["signed_on_precision"] == "day",
        status="under_negotiation",
    )
    mistake(
        "an extension of nothing",
        "step_of_a_title",
        "unesco_titles",
        "extends_title_id",
        lambda r: r["step"] == "extension",
        extends_title_id="",
    )
    mistake(
        "extended before it was inscribed",
        "extends_earlier",
        "unesco_titles",
        "inscribed_on",
        lambda r: r["step"] == "extension",
        inscribed_on="1981-01-01",
        inscribed_on_precision="year",
    )
    mistake(
        "a miscounted anniversary",
        "anniversary_year",
        "commemorations",
        "anniversary",
        lambda r: True,
        anniversary="49",
    )
    mistake(
        "a reform before its order",
        "ordered_before",
        "apparatus_reforms",
        "effective_on",
        lambda r: r["instrument_id"],
        effective_on="2010-05-05",
        effective_on_precision="day",
    )
    mistake(
        "a page read before it was written",
        "read_after_publication",
        "sources",
        "accessed_on",
        lambda r: r["published_on"] > "2025-01-01",
        accessed_on="2024-12-31",
    )
    mistake(
        "another name for a publisher",
        "one_publisher_a_host",
        "sources",
        "publisher",
        lambda r: r["publisher"] == "VnExpress",
        publisher="VN Express",
    )
    mistake(
        "a contradiction that says nothing",
        "contradiction_says_what",
        "evidence",
        "stated_value",
        lambda r: r["relation"] == "contradicts",
        stated_value="",
    )
    mistake(
        "explained by nobody",
        "explained_by_a_source",
        "discrepancies",
        "source_id",
        lambda r: r["status"] == "inferred",
        status="explained",
    )

    # relational
    sharpest = (
        vfa.connect()
        .sql(
            "SELECT observation_id FROM reconciliation "
            "WHERE check_id = 'balance' AND status = 'agrees' "
            "ORDER BY derived_high - derived_low, observation_id LIMIT 1"
        )
        .fetchone()[0]
    )
    mistake(
        "evidence for a row that is gone",
        "evidence_rows_exist",
        "evidence",
        "row_id",
        lambda r: r["table_name"] == "leaders",
        row_id="nobody",
    )
    mistake(
        "a total that the events deny",
        "stated_totals",
        "observations",
        "value",
        lambda r: r["indicator_id"] == "partners_total" and r["ends_on"] == "2025-12-31",
        value="37",
    )
    mistake(
        "a turnover that does not add up",
        "turnover",
        "observations",
        "value",
        lambda r: r["observation_id"] == "goods_turnover-2024-786-29",
        value="768.29",
    )
    mistake(
        "a balance with the digits exchanged",
        "balance",
        "observations",
        "value",
        lambda r: r["observation_id"] == sharpest,
        value="42.77",
    )
    gone = book.remove(
        "documents", lambda r: r["kind"] == "joint_statement" and r["upgrade_id"] > "2010"
    )
    lines = [row["upgrade_id"] for row in book.rows("partnership_upgrades")]
    made["a step without its document"] = (
        "steps_have_documents",
        "partnership_upgrades",
        "upgrade_id",
        lines.index(gone["upgrade_id"]) + 2,
    )
    # The relation is between the partner's figure and the world's, and points at the latter.
    visitors = {"indicator_id": "international_visitors", "ends_on": "2023-12-31"}.items()
    book.change(
        "observations",
        lambda r: visitors <= r.items() and r["counterpart_iso3"] == "KOR",
        value="3600",
    )
    mistake(
        "thousands of a partner's visitors, where millions are the unit",
        "partners_and_world",
        "observations",
        "value",
        lambda r: r["observation_id"] == "international_visitors-2023-12-6",
    )
    _, line = book.append(
        "leaders",
        leader_id="nobody-at-all",
        name_en="Nobody",
        iso3="FRA",
        source_id=book.rows("leaders")[0]["source_id"],
    )
    made["a leader without a visit"] = ("leaders_travel", "leaders", "leader_id", line)
    _, line = book.append(
        "sources",
        source_id="zzz-unused",
        title="Unused",
        publisher="Nobody",
        url="https://example.org/x",
        language="en",
        kind="news",
        accessed_on="2026-11-21",
    )
    made["a source that nothing cites"] = ("sources_are_cited", "sources", "source_id", line)
    _, line = book.append(
        "discrepancies",
        discrepancy_id="zzz-settled",
        check_id="turnover",
        status="inferred",
        subject="goods_turnover-2024-nearly-800",
        explanation="A contradiction that was settled long ago and needs no account.",
    )
    made["a discrepancy that is none"] = (
        "discrepancy_without_contradiction",
        "discrepancies",
        "subject",
        line,
    )
    return made
