"""An id says what its row says: a slip in a cell, or in the id, names both."""

from __future__ import annotations

import pytest

from ..conftest import Workbook, copy_package
from .breaking import Found, Mistake, report_on

RULES = {"id"}
KEYS = {
    "observations": "observation_id",
    "high_level_visits": "visit_id",
    "partnership_upgrades": "upgrade_id",
    "memberships": "membership_id",
    "diplomatic_missions": "mission_id",
    "documents": "document_id",
    "leader_terms": "term_id",
    "discrepancies": "discrepancy_id",
    "highlights": "highlight_id",
    "evidence": "evidence_id",
    "sources": "source_id",
    "leaders": "leader_id",
    "events": "event_id",
    "commemorations": "event_id",
    "citizen_protection": "operation_id",
    "legal_instruments": "instrument_id",
    "unesco_titles": "title_id",
    "trade_agreements": "agreement_id",
    "apparatus_reforms": "reform_id",
    "corrections": "correction_id",
}


def slip(name: str, table: str, columns: str, where=lambda r: True, **cells: str) -> Mistake:
    columns = f"{columns}, {KEYS[table]}" if columns else KEYS[table]
    return Mistake(name, "id", table, columns, where, lambda r: cells)


def is_exact(r: dict[str, str]) -> bool:
    return r["qualifier"] == "exact" and r["obs_status"] == "A"


def starts(key: str, text: str):
    return lambda r: r[key].startswith(text)


MISTAKES = [
    slip("exports for imports", "observations", "indicator_id",
         starts("observation_id", "goods_imports-20"), indicator_id="goods_exports"),
    slip("a period of another year", "observations", "starts_on, ends_on",
         starts("observation_id", "goods_exports-2019-"),
         starts_on="2018-01-01", ends_on="2018-12-31"),
    slip("a stock of the next day", "observations", "starts_on, ends_on",
         lambda r: r["ends_on"] == "2024-12-31" and not r["starts_on"], ends_on="2025-01-01"),
    slip("over for exact", "observations", "qualifier", is_exact, qualifier="over"),
    slip("exact for nearly", "observations", "qualifier",
         lambda r: r["qualifier"] == "nearly", qualifier="exact"),
    slip("a figure with a figure too many", "observations", "value",
         lambda r: is_exact(r) and r["indicator_id"] == "goods_exports", value="3713.04"),
    slip("a growth that is a fall", "observations", "value",
         lambda r: r["observation_id"].startswith("gdp_growth-2021-2-58"), value="-2.58"),
    slip("an estimate that passes for final", "observations", "obs_status",
         lambda r: r["obs_status"] == "E" and r["qualifier"] == "exact", obs_status="A"),
    slip("a visit a day later", "high_level_visits", "starts_on, starts_on_precision",
         lambda r: r["starts_on"] == "2024-12-01", starts_on="2024-12-02"),
    slip("a visit by another", "high_level_visits", "leader_id",
         lambda r: r["leader_id"] == "pham-minh-chinh", leader_id="to-lam"),
    slip("a visit to another country", "high_level_visits", "iso3",
         lambda r: r["iso3"] == "IDN", iso3="IND"),
    slip("an upgrade known to the month", "partnership_upgrades",
         "upgraded_on, upgraded_on_precision",
         lambda r: r["upgraded_on_precision"] == "day" and r["upgraded_on"].endswith("-01"),
         upgraded_on_precision="month"),
    slip("Austria for Australia", "partnership_upgrades", "iso3",
         lambda r: r["iso3"] == "AUS", iso3="AUT"),
    slip("a tier too high", "partnership_upgrades", "to_tier_id",
         lambda r: r["to_tier_id"] == "sp", to_tier_id="csp"),
    slip("another sector", "partnership_upgrades", "sector",
         lambda r: r["sector"] == "agriculture", sector="aquaculture"),
    slip("another organisation", "memberships", "organization_id",
         lambda r: r["organization_id"] == "imf", organization_id="ilo"),
    slip("a mission of another kind", "diplomatic_missions", "kind",
         lambda r: r["kind"] == "consulate_general", kind="embassy"),
    slip("a mission in another country", "diplomatic_missions", "iso3",
         lambda r: r["kind"] == "honorary_consulate", iso3="NZL"),
    slip("a mission in another city", "diplomatic_missions", "city",
         lambda r: r["iso3"] == "JPN" and r["kind"] == "embassy", city="Kyoto"),
    slip("a document of another kind", "documents", "kind",
         lambda r: r["kind"] == "treaty", kind="memorandum"),
    slip("the document of another step", "documents", "upgrade_id",
         lambda r: r["kind"] == "joint_declaration", upgrade_id="2013-09-25-fra-sp"),
    slip("the term of another leader", "leader_terms", "leader_id",
         lambda r: r["office"] == "minister_of_foreign_affairs", leader_id="luong-cuong"),
    slip("a term in another office", "leader_terms", "office",
         lambda r: r["leader_id"] == "truong-thi-mai", office="prime_minister"),
    slip("another role", "memberships", "role", lambda r: r["role"] == "chair", role="vice_chair"),
    slip("a year later", "memberships", "starts_on",
         lambda r: r["starts_on"] == "1998-11-14", starts_on="1999-11-14"),
    slip("evidence for another table", "evidence", "table_name",
         lambda r: r["table_name"] == "events", table_name="leaders"),
    slip("evidence for another row", "evidence", "row_id",
         lambda r: r["table_name"] == "memberships", row_id="adb-member"),
    slip("evidence of another source", "evidence", "source_id",
         lambda r: r["table_name"] == "countries" or r["table_name"] == "leaders",
         source_id="nhan-dan-3"),
    slip("evidence against another field", "evidence", "field",
         lambda r: r["field"] == "what", field="people"),
    slip("a discrepancy of another check", "discrepancies", "check_id",
         lambda r: r["check_id"] == "balance", check_id="turnover"),
    slip("a discrepancy of another subject", "discrepancies", "subject",
         lambda r: r["check_id"] == "growth", subject="gdp_growth-2099-1"),
    slip("another year reviewed", "highlights", "year",
         lambda r: r["year"] == "2024", year="2023"),
    slip("another paragraph", "highlights", "locator",
         lambda r: r["locator"] == "item 6", locator="item 7"),
    slip("another theme", "highlights", "theme",
         lambda r: r["locator"] == "item 1", theme="Something else"),
    slip("an id misspelt", "highlights", "",
         lambda r: r["locator"] == "item 2", highlight_id="2025-item-2-new-directives"),
    slip("another publisher", "sources", "publisher",
         lambda r: r["publisher"] == "Nhân Dân", publisher="Nhân Dân hằng tháng"),
    slip("a page of another year", "sources", "published_on",
         lambda r: r["published_on"].startswith("2023-") and "-2023-" in r["source_id"],
         published_on="2022-05-05"),
    slip("the title of another page", "sources", "title",
         lambda r: r["publisher"] == "VnExpress", title="Another title altogether"),
    slip("another name", "leaders", "name_en",
         lambda r: r["leader_id"] == "han-duck-soo", name_en="Han Duck-soon"),
    slip("a press conference of another day", "events", "starts_on",
         starts("event_id", "mofa-press-conference"), starts_on="2024-01-12"),
    slip("another edition", "events", "edition",
         lambda r: r["event_id"] == "asean-summit-36", edition="63"),
    slip("a summit that is a conference", "events", "kind",
         lambda r: r["event_id"] == "asean-summit-37", kind="conference"),
    slip("another anniversary", "commemorations", "anniversary", anniversary="91"),
    slip("help in another country", "citizen_protection", "iso3",
         lambda r: r["iso3"] == "LBN", iso3="LBY"),
    slip("help on another day", "citizen_protection", "starts_on",
         lambda r: r["iso3"] == "BGD", starts_on="2024-07-08"),
    slip("a directive that is a decree", "legal_instruments", "kind",
         lambda r: r["kind"] == "directive", kind="decree"),
    slip("digits of a number exchanged", "legal_instruments", "number",
         lambda r: r["number"] == "134/2025/NĐ-CP", number="143/2025/NĐ-CP"),
    slip("a law of another year", "legal_instruments", "issued_on",
         lambda r: r["instrument_id"] == "law-sea-2012", issued_on="2021-06-21"),
    slip("a reserve that is a geopark", "unesco_titles", "programme",
         lambda r: r["programme"] == "biosphere_reserve", programme="global_geopark"),
    slip("the name of another title", "unesco_titles", "name_en",
         lambda r: r["title_id"] == "br-cat-ba", name_en="Cát Tiên Biosphere Reserve"),
    slip("a title of another year", "unesco_titles", "inscribed_on",
         lambda r: r["title_id"] == "ha-long-bay-2000", inscribed_on="2001-12-02"),
    slip("an agreement of another year", "trade_agreements", "signed_on",
         lambda r: r["agreement_id"] == "vn-laos-ta-2015", signed_on="2013-03-03"),
    slip("a free trade agreement that is a preferential one", "trade_agreements", "kind",
         lambda r: r["agreement_id"] == "evfta", kind="pta"),
    slip("a reform of another year", "apparatus_reforms", "effective_on",
         lambda r: r["effective_on"] == "2025-03-01", effective_on="2026-03-01"),
    slip("a merger that is a renaming", "apparatus_reforms", "kind",
         lambda r: "-merge-" in r["reform_id"], kind="renaming"),
    slip("a correction of another column", "corrections", "version, table_name, row_id, field",
         lambda r: r["field"] == "note", field="name_en"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    book = Workbook(copy_package(tmp_path_factory.mktemp("ids") / "package"))
    return report_on(book, MISTAKES)


@pytest.mark.xdist_group("ids")
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.name)
def test_the_slip_names_the_cell_and_the_id(found, mistake):
    there = [f for f in found.at(mistake) if f.rule == "id"]
    assert [f.column for f in there] == [mistake.column]
    assert there[0].advice.startswith("the id is made of ")


@pytest.mark.xdist_group("ids")
def test_a_cell_of_a_wrong_type_is_that_alone(workbook):
    """Its value is not known, so nothing is said of the id that holds it."""
    import vietnam_foreign_affairs as vfa

    _, line = workbook.change("observations", is_exact, value="1,5")
    failures = [f for f in vfa.validate(workbook.root, quick=True).failures if f.line == line]
    assert {(f.rule, f.column) for f in failures if f.file.endswith("observations.csv")} == {
        ("type", "value")
    }
