"""Countries and closed groups against lists of well-kept packages (see ../reference/README.md)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from . import DomainRule

LISTS = Path(__file__).resolve().parents[1] / "reference"
CODES = {
    "iso2": "ISO 3166-1 alpha-2",
    "m49": "UN M49",
    "region": "UN M49",
    "subregion": "UN M49",
    "wikidata_id": "Wikidata",
    "cow_code": "Correlates of War",
    "gw_code": "Gleditsch-Ward",
    "name_en": "ISO 3166-1",
    "name_vi": "Unicode CLDR",
}
# Where Vietnamese usage, or the standing of an area, asks for another value than the lists have.
LISTED: dict[str, dict[str, str]] = {
    "ARE": {"name_vi": "Các Tiểu vương quốc Ả Rập Thống nhất"},
    "COD": {"name_vi": "Cộng hòa Dân chủ Congo"},
    "COG": {"name_vi": "Cộng hòa Congo"},
    "CPV": {"name_vi": "Cabo Verde"},
    "DOM": {"name_vi": "Cộng hòa Dominicana"},
    "EUU": {
        "iso2": "EU",
        "name_en": "European Union",
        "name_vi": "Liên minh châu Âu",
        "wikidata_id": "Q458",
    },
    "HKG": {"name_vi": "Hồng Kông (Trung Quốc)"},
    "KNA": {"name_vi": "Saint Kitts và Nevis"},
    "LBN": {"name_vi": "Liban"},
    "LCA": {"name_vi": "Saint Lucia"},
    "MAR": {"name_vi": "Maroc"},
    "MMR": {"name_vi": "Myanmar"},
    "PSE": {"name_vi": "Palestine"},
    "SAU": {"name_vi": "Saudi Arabia"},
    "TWN": {
        "m49": "",
        "name_vi": "Đài Loan (Trung Quốc)",
        "region": "Asia",
        "subregion": "Eastern Asia",
    },
    "UKR": {"name_vi": "Ukraine"},
    "VAT": {"name_vi": "Tòa thánh Vatican"},
    "VCT": {"name_vi": "Saint Vincent và Grenadines"},
}
FORMS = (
    r"(?:^|[^(])\b(?:Republic|Kingdom|State|States|Commonwealth|Federation|Confederation|Union"
    r"|Principality|Duchy|Emirates|Sultanate|Region)\b"
)
CAUCASUS_AND_EAST_MEDITERRANEAN = ("ARM", "AZE", "CYP", "GEO", "TUR")


@cache
def _countries() -> dict[str, dict[str, str]]:
    with open(LISTS / "countries.csv", encoding="utf-8", newline="") as file:
        found = {row["iso3"]: row for row in csv.DictReader(file)}
    blank = dict.fromkeys(CODES, "")
    return {iso3: found.get(iso3, blank) | LISTED.get(iso3, {}) for iso3 in found | LISTED}


@cache
def _members() -> list[str]:
    with open(LISTS / "groups.csv", encoding="utf-8", newline="") as file:
        return ["/".join(row) for row in list(csv.reader(file))[1:]]


def _agrees(column: str) -> Any:
    def holds(t: Any, _: Any) -> Any:
        import ibis

        # One long text is read in no time, a list of 250 is not.
        right = "".join(f"|{iso3}={row[column]}" for iso3, row in _countries().items()) + "|"
        found = "|" + t.iso3 + "=" + t[column].cast("string").fill_null("") + "|"
        return ibis.literal(right.replace("’", "'")).contains(found)

    return holds


def _of_pinned_group(t: Any, _: Any) -> Any:
    pinned = sorted({member.split("/")[0] for member in _members()})
    return ~t.group_id.isin(pinned) | (t.group_id + "/" + t.iso3).isin(_members())


def _of_region(t: Any, tables: Any) -> Any:
    c = tables["countries"]
    inside = (c.region == "Africa") | (c.subregion == "Western Asia") | (c.iso3 == "IRN")
    inside = c.filter(inside & c.iso3.notin(CAUCASUS_AND_EAST_MEDITERRANEAN))
    return (t.group_id != "middle_east_and_africa") | t.iso3.isin(inside.iso3)


def _of_no_country(t: Any, tables: Any) -> Any:
    c = tables["countries"]
    english, vietnamese, name = c.name_en.lower(), c.name_vi.lower(), t.name.lower()
    # A country's name in one language may be a further one in the other: Iran.
    own = ((t.language == "en") & (t.iso3 + name).isin(c.iso3 + vietnamese)) | (
        (t.language == "vi") & (t.iso3 + name).isin(c.iso3 + english)
    )
    return own | (name.notin(english) & name.notin(vietnamese))


def _short_once(t: Any, _: Any) -> Any:
    short = t.filter(t.kind == "short").select(key=t.iso3 + t.language)
    counted = short.group_by("key").aggregate(rows=short.count())
    return (t.kind != "short") | (t.iso3 + t.language).notin(counted.filter(counted.rows > 1).key)


RULES = (
    *(
        DomainRule(
            "country_codes",
            "countries",
            column,
            "Codes and names of a country are those of the lists that the world uses",
            "joins with other data sets",
            f"use the value of {source}; where Vietnamese usage differs, list it with the rule",
            _agrees(column),
        )
        for column, source in CODES.items()
    ),
    DomainRule(
        "group_members",
        "country_groups",
        "iso3",
        "A country is a member of the group",
        "claims about the G7, the EU, APEC or a region",
        "name a member of the group, or move the row to its group",
        lambda t, tables: _of_pinned_group(t, tables) & _of_region(t, tables),
    ),
    DomainRule(
        "another_name",
        "country_names",
        "name",
        "A further name of a country is none of those in the table of countries",
        "looking a country up by its name",
        "leave out names that stand in the table of countries",
        _of_no_country,
    ),
    DomainRule(
        "official_name",
        "country_names",
        "kind",
        "An official name, and no other, names the form of the state",
        "names as treaties write them",
        "official is a name in full: Republic of ..., Kingdom of ...",
        lambda t, _: (t.language != "en") | (t.name.re_search(FORMS) == (t.kind == "official")),
    ),
    DomainRule(
        "short_name_once",
        "country_names",
        "kind",
        "A country has one short name in a language",
        "the name that the site shows",
        "call the further ones alias",
        _short_once,
    ),
)
