"""Realistic slips in figures, visits, laws, agreements, titles, seats, events and operations."""

from __future__ import annotations

from typing import NamedTuple

import pytest

import vietnam_foreign_affairs as vfa

from ..conftest import Workbook, copy_package

Row = dict[str, str]


class Slip(NamedTuple):
    """What is wrong in one row (by its id), and the rule and column that must say so."""

    rule: str
    table: str
    column: str
    row_id: str
    cells: Row


def slips(table: str, *rows: tuple[str, str, str, Row]) -> list[Slip]:
    return [Slip(rule, table, column, row, cells) for rule, column, row, cells in rows]


SLIPS = [
    *slips(
        "observations",
        # two digits exchanged, and a word taken for another
        ("phrase_states_value", "phrase", "agreements_signed-2024-170", {"value": "107"}),
        ("phrase_states_value", "phrase", "unesco_governance_bodies-2024-12-31-6", {"value": "5"}),
        (
            "phrase_states_value",
            "phrase",
            "goods_exports-2019-264-18937-provisional",
            {"value": "264.19837"},
        ),
        (
            "phrase_states_qualifier",
            "qualifier",
            "remittances-2021-over-12",
            {"qualifier": "nearly"},
        ),
        (
            "phrase_states_qualifier",
            "qualifier",
            "agreements_signed-2025-nearly-350",
            {"qualifier": "exact"},
        ),
        # a point in the wrong place, in a level, in a rate, in a balance
        ("figure_leaps", "value", "goods_exports-2023-355-5", {"value": "3555"}),
        ("figure_leaps", "value", "international_visitors-2018-15", {"value": "15000"}),
        ("figure_leaps", "value", "gdp_growth-2011-5-89", {"value": "58.9"}),
        ("figure_leaps", "value", "gdp_growth-2018-7-08-estimate", {"value": "0.708"}),
        ("figure_leaps", "value", "goods_exports_growth-2019-8-1", {"value": "81"}),
        ("figure_leaps", "value", "goods_balance-2016-about-2-7", {"value": "27"}),
        ("whole_months", "starts_on", "remittances-2018-16", {"starts_on": "2018-01-10"}),
        ("whole_months", "starts_on", "gdp_growth-2022-8-02-estimate", {"ends_on": "2022-12-21"}),
        (
            "one_holder",
            "stated_by",
            "partners_csp-2024-03-18-7",
            {"stated_by": "Lê Hoài Trung, Minister of Foreign Affairs"},
        ),
    ),
    *slips(
        "high_level_visits",
        (
            "visit_one_holder",
            "leader_id",
            "2023-04-10-vo-van-thuong-lao",
            {"starts_on": "2025-08-07", "ends_on": "2025-08-07"},
        ),
        (
            "visit_one_office",
            "office",
            "2025-05-11-to-lam-blr",
            {"office": "prime_minister"},
        ),
        (
            "visit_host",
            "office",
            "2024-10-12-li-qiang-chn",
            {"office": "head_of_state"},
        ),
        (
            "visit_of_state",
            "kind",
            "2024-01-18-pham-minh-chinh-hun",
            {"kind": "state", "occasion": "state visit"},
        ),
        ("visit_kind_named", "kind", "2024-11-12-luong-cuong-per", {"kind": "state"}),
        ("visit_kind_named", "kind", "2024-07-12-to-lam-khm", {"kind": "official"}),
        ("visit_kind_named", "kind", "2023-06-03-anthony-albanese-aus", {"kind": "other"}),
        (
            "visit_year_named",
            "occasion",
            "2024-04-22-sonexay-siphandone-lao",
            {"occasion": "ASEAN Future Forum 2025, Hà Nội"},
        ),
        ("visit_once", "starts_on", "2024-10-01-to-lam-irl", {"iso3": "MNG"}),
        ("visit_longest", "ends_on", "2025-10-20-to-lam-fin", {"ends_on": "2025-12-22"}),
    ),
    *slips(
        "legal_instruments",
        ("law_number", "number", "qd-208-qd-ttg-2011", {"number": "208-QĐTTg"}),
        ("law_number", "kind", "ct-15-ct-tw-2022", {"kind": "decision"}),
        (
            "law_number",
            "issuer",
            "nd-28-2025-nd-cp",
            {"issuer": "National Assembly of Viet Nam"},
        ),
        ("law_number", "issued_on", "nd-81-2022-nd-cp", {"issued_on": "2021-10-14"}),
        ("law_number", "issued_on", "law-sea-2012", {"number": "18/2012/QH14"}),
        ("law_number_rises", "issued_on", "kl-126-kl-tw-2025", {"issued_on": "2025-12-14"}),
        ("law_number_rises", "issued_on", "nq-59-nq-tw-2025", {"number": "95-NQ/TW"}),
        ("law_kind_named", "kind", "decl-baseline-tonkin-2025", {"kind": "law"}),
    ),
    *slips(
        "trade_agreements",
        (
            "status_fits_days",
            "status",
            "vjepa",
            {"in_force_on": "", "in_force_on_precision": ""},
        ),
        ("status_fits_days", "status", "evfta", {"status": "signed"}),
        ("force_in_time", "in_force_on", "vcfta", {"in_force_on": "2024-01-01"}),
        ("agreement_kind_named", "kind", "vkfta", {"kind": "other"}),
        ("agreement_kind_named", "kind", "vn-mercosur-pta", {"kind": "fta"}),
        ("agreements_have_parties", "agreement_id", "vn-uae-cepa", {}),
    ),
    *slips(
        "trade_agreement_parties",
        ("party_in_time", "in_force_on", "rcep/KOR", {"in_force_on": "2002-02-01"}),
        ("party_in_time", "in_force_on", "vifta/ISR", {"in_force_on": "2024-11-07"}),
    ),
    *slips(
        "unesco_titles",
        ("title_programme", "programme", "br-cat-ba", {"programme": "global_geopark"}),
        (
            "title_programme",
            "programme",
            "lc-vinh",
            {"name_vi": "Thành phố Vinh, thành phố sáng tạo"},
        ),
        ("title_programme", "programme", "trang-an", {"programme": "intangible_heritage"}),
        ("title_programme", "programme", "ca-tru", {"programme": "memory_of_the_world"}),
        ("title_programme", "programme", "hue-poems", {"programme": "world_heritage"}),
        (
            "step_in_programme",
            "programme",
            "gong-culture-2008",
            {"programme": "other"},
        ),
        ("title_session", "inscribed_on", "yen-tu", {"inscribed_on": "2025-02-12"}),
        ("title_session", "inscribed_on", "cc-hoi-an", {"inscribed_on": "2023-10-13"}),
        (
            "counted_titles_have_evidence",
            "counted_in_official_total",
            "ba-chua-xu",
            {"counted_in_official_total": "true"},
        ),
    ),
    *slips(
        "memberships",
        (
            "term_length",
            "ends_on",
            "uncitral-elected-member-2025",
            {"ends_on": "2035-01-01"},
        ),
        (
            "term_length",
            "ends_on",
            "un-security-council-non-permanent-member-2020",
            {"ends_on": "", "ends_on_precision": ""},
        ),
        (
            "term_length",
            "ends_on",
            "asean-member-1995",
            {"ends_on": "2020-01-01", "ends_on_precision": "year"},
        ),
        (
            "member_once",
            "organization_id",
            "asean-chair-2010",
            {"role": "founding_member"},
        ),
    ),
    *slips(
        "events",
        ("edition_named", "edition", "ipu-132", {"edition": "123"}),
        ("edition_named", "edition", "dprk-usa-summit-2019", {"name_en": "3rd Hà Nội Summit"}),
        ("editions_rise", "edition", "diplomatic-conference-29", {"starts_on": "2019-08-22"}),
        ("event_kind_named", "kind", "rcep-signing-2020", {"kind": "summit"}),
        (
            "event_day_named",
            "starts_on",
            "mofa-press-conference-2025-04-24",
            {"starts_on": "2025-04-23"},
        ),
        ("event_day_named", "starts_on", "un-vesak-2008", {"starts_on": "2009-05-13"}),
        ("place_in_country", "iso3", "aipa-41", {"iso3": "LAO"}),
    ),
    *slips(
        "partnership_upgrades",
        ("place_in_country", "place", "2012-07-27-rus-csp", {"place": "Paris"}),
    ),
    *slips(
        "citizen_protection",
        ("part_in_whole", "people", "mmr-myawaddy-2025-04-28", {"people": "2210"}),
        (
            "part_in_time",
            "part_of_id",
            "mmr-repatriation-2023-12-30",
            {"starts_on": "2024-12-30"},
        ),
        ("flight_load", "people", "usa-covid-flight-2020-07-10", {"people": "3460"}),
    ),
    *slips(
        "diplomatic_relations",
        ("relations_state_said", "vietnamese_state", "FRA", {"vietnamese_state": ""}),
        ("relations_state_said", "vietnamese_state", "AND", {"vietnamese_state": "srv"}),
    ),
    *slips(
        "apparatus_reforms",
        (
            "reform_bodies",
            "kind",
            "mofa-end-foreign-press-guidance-centre-2020",
            {"kind": "transfer"},
        ),
    ),
    *slips(
        "documents",
        (
            "document_none",
            "kind",
            "2024-10-07-fra-csp-joint-declaration",
            {"kind": "none_found"},
        ),
        (
            "document_day",
            "signed_on",
            "2025-10-29-gbr-csp-joint-declaration",
            {"signed_on": "2024-10-29"},
        ),
    ),
    *slips(
        "leader_terms",
        (
            "term_after_term",
            "starts_on",
            "to-lam-state-president-2024",
            {"starts_on": "2024-03-20"},
        ),
    ),
    *slips(
        "high_level_visits",
        (
            "visit_office_held",
            "office",
            "2024-07-11-to-lam-lao",
            {"office": "general_secretary"},
        ),
    ),
    *slips(
        "diplomatic_missions",
        ("mission_abroad", "iso3", "abroad-embassy-nzl-wellington", {"iso3": "VNM"}),
        ("mission_opening", "opened_as", "abroad-consulate-general-kor-busan", {"opened_as": ""}),
        ("mission_opening", "opened_as", "abroad-embassy-mng-ulaanbaatar", {"opened_as": "opened"}),
        (
            "mission_accredited",
            "accredited_to",
            "abroad-embassy-fra-paris",
            {"accredited_to": "FRA"},
        ),
        (
            "mission_accredited",
            "accredited_to",
            "abroad-embassy-gbr-london",
            {"accredited_to": "EIR"},
        ),
        (
            "mission_accredited",
            "accredited_to",
            "abroad-embassy-swe-stockholm",
            {"accredited_to": "LVA NOR"},
        ),
        (
            "mission_organization",
            "organization",
            "abroad-embassy-bel-brussels",
            {"organization": "European Union"},
        ),
        (
            "mission_organization",
            "organization",
            "abroad-permanent-mission-usa-new-york",
            {"organization": ""},
        ),
        ("mission_city", "city", "abroad-consulate-general-chn-kunming", {"city": ""}),
    ),
    *slips(
        "organizations",
        ("organizations_are_joined", "organization_id", "mekong-subregion", {}),
    ),
]
# Slips in another table than the one whose row then lacks something.
ELSEWHERE = {
    "memberships": [("mekong-subregion-participant", {"organization_id": "gms"})],
    "trade_agreement_parties": [("vn-uae-cepa/ARE", {"agreement_id": "afta"})],
}
RULES = {slip.rule for slip in SLIPS} - {"status_fits_days"}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory):
    """The line of each slip, by its place in the list, and the failures of all at once."""
    book = Workbook(copy_package(tmp_path_factory.mktemp("facts") / "package"))
    lines = {}
    for table in {slip.table for slip in SLIPS} | ELSEWHERE.keys():
        rows = book.rows(table)
        numbers = {book.row_id(table, row): n for n, row in enumerate(rows)}
        for place, slip in enumerate(SLIPS):
            if slip.table == table:
                lines[place] = numbers[slip.row_id] + 2
                rows[numbers[slip.row_id]] |= slip.cells
        for row_id, cells in ELSEWHERE.get(table, ()):
            rows[numbers[row_id]] |= cells
        book.write(table, rows)
    return lines, vfa.validate(book.root, quick=True).failures


@pytest.mark.xdist_group("facts")
@pytest.mark.parametrize("place", range(len(SLIPS)), ids=[f"{s.rule}-{s.row_id}" for s in SLIPS])
def test_the_slip_is_named_where_it_is(broken, place):
    lines, failures = broken
    slip = SLIPS[place]
    there = [f for f in failures if (f.file, f.line) == (f"tables/{slip.table}.csv", lines[place])]
    found = [f for f in there if (f.rule, f.column) == (slip.rule, slip.column)]
    assert found, there
    assert all(f.message and f.advice for f in found)


def test_no_row_is_slipped_twice():
    places = [(slip.table, slip.row_id) for slip in SLIPS]
    assert len(places) == len(set(places))


def test_in_the_year_of_an_election_two_assemblies_make_laws(workbook):
    law = next(r for r in workbook.rows("legal_instruments") if "/QH13" in r["number"])
    for election, before in {2007: 11, 2011: 12, 2016: 13, 2021: 14, 2026: 15}.items():
        for term in (before, before + 1):
            workbook.append(
                "legal_instruments",
                **law
                | {
                    "instrument_id": f"law-of-{election}-{term}",
                    "number": f"{term}/{election}/QH{term}",
                    "issued_on": f"{election}-04-0{term - 10}",
                },
            )
    failures = vfa.validate(workbook.root, quick=True).failures
    assert [f for f in failures if f.rule == "law_number"] == []
