"""Rules on sources, evidence and time: each catches its mistake, in the row where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ..conftest import Workbook, copy_package
from .breaking import Found, Mistake, report_on

Row = dict[str, str]


def slip(
    name: str, rule: str, table: str, column: str, where: Callable[[Row], Any], value: str, **more
) -> Mistake:
    """A slip in one column, with what changes beside it."""
    return Mistake(name, rule, table, column, where, lambda row: {column: value, **more})


def page(**cells: str) -> Callable[[Row], Any]:
    """A page of a publisher with many, under its own title and host."""
    return lambda r: not r["title"].startswith("[") and cells.items() <= r.items()


def contradicts(table: str, field: str) -> Callable[[Row], Any]:
    return lambda r: (r["relation"], r["table_name"], r["field"]) == ("contradicts", table, field)


def supports(table: str, field: str) -> Callable[[Row], Any]:
    return lambda r: (r["relation"], r["table_name"], r["field"]) == ("supports", table, field)


VNS, VNEXPRESS = page(publisher="Vietnam News"), page(publisher="VnExpress")
NEW_PAGE = "https://vnexpress.net/a-page-4836039.html"
ENGLISH = page(language="en", publisher="Vietnam News")
OLD = "the-white-house-archives-2000-vietnam-bilateral-trade-agreement-historic"

MISTAKES = (
    # addresses
    slip(
        "a page once more, by another scheme",
        "page_once",
        "sources",
        "url",
        lambda r: r["url"] == "https://vnexpress.net/once-more.html",
        "http://www.vnexpress.net/again.html/",
    ),
    *(
        slip(name, "address_of_a_page", "sources", "url", VNEXPRESS, url)
        for name, url in {
            "a host": "https://vnexpress.net/",
            "a search": "https://www.google.com/search?q=visit",
            "an archive": "https://web.archive.org/web/2025/" + NEW_PAGE,
            "a short link": "https://bit.ly/3xYzAbC",
            "tracking": NEW_PAGE + "?utm_source=mail",
            "a fragment": NEW_PAGE + "#top",
            "a full stop behind it": NEW_PAGE + ".",
            "a bracket behind it": NEW_PAGE + ")",
            "encoded twice": "https://vnexpress.net/%25E1%25BB%2591.html",
            "two in one": NEW_PAGE + NEW_PAGE,
            "a host in capitals": "https://VNEXPRESS.NET/a-page.html",
        }.items()
    ),
    # publishers
    slip("another kind", "one_kind_a_publisher", "sources", "kind", VNS, "government"),
    slip("another owner", "one_group_a_publisher", "sources", "publisher_group", VNS, "VCCI"),
    slip("no owner", "one_group_a_publisher", "sources", "publisher_group", VNS, ""),
    slip(
        "a group of one",
        "one_group_a_publisher",
        "sources",
        "publisher_group",
        page(publisher="ACI Stampa"),  # whose only page it is
        "Stampa Media",
    ),
    slip("another name", "one_publisher_a_host", "sources", "publisher", VNEXPRESS, "Vn Express"),
    # languages
    slip("a code that is none", "page_language", "sources", "language", ENGLISH, "ex"),
    slip(
        "Italian for English",
        "page_language",
        "sources",
        "language",
        lambda r: ENGLISH(r) and " to " in r["title"] and " for " in r["title"],
        "it",
    ),
    slip(
        "English for Vietnamese",
        "page_language",
        "sources",
        "language",
        page(language="vi", publisher="Thanh Niên"),
        "en",
    ),
    slip(
        "Chinese for Japanese",
        "page_language",
        "sources",
        "language",
        lambda r: r["language"] == "ja" and "の" in r["title"],
        "zh",
    ),
    slip(
        "a translated title",
        "page_language",
        "sources",
        "language",
        lambda r: r["language"] == "ko" and r["title"].startswith("["),
        "ko",
        title="A visit",
    ),
    slip(
        "a Vietnamese title without marks",
        "page_language",
        "sources",
        "language",
        page(language="vi", publisher="Tuổi Trẻ"),
        "vi",
        title="Thu tuong tham Lao va Campuchia",
    ),
    slip(
        "another edition",
        "page_language",
        "sources",
        "language",
        lambda r: "://en.nhandan.vn/" in r["url"],
        "fr",
        title="[A visit]",
    ),
    # days of pages
    slip(
        "a day that the address denies",
        "published_as_addressed",
        "sources",
        "published_on",
        lambda r: "://tuoitrenews.vn/news/business/2015" in r["url"],
        "2015-04-02",
    ),
    slip(
        "a year that the address denies",
        "published_as_addressed",
        "sources",
        "published_on",
        lambda r: "/2016/12/" in r["url"] and r["published_on"],
        "2011-12-03",
    ),
    slip("read after the last check", "checked", "sources", "accessed_on", VNS, "2062-11-21"),
    # evidence
    slip(
        "evidence for a column of another table",
        "evidence_field",
        "evidence",
        "field",
        supports("events", "ends_on"),
        "signed_on",
    ),
    slip(
        "evidence for the key",
        "evidence_field",
        "evidence",
        "field",
        supports("unesco_titles", "inscribed_on"),
        "title_id",
    ),
    slip(
        "evidence for the source",
        "evidence_field",
        "evidence",
        "field",
        supports("trade_agreements", "signed_on"),
        "source_id",
    ),
    slip(
        "a day in words",
        "evidence_field",
        "evidence",
        "stated_value",
        contradicts("diplomatic_relations", "established_on"),
        "8 February 1950",
    ),
    slip(
        "a number in words",
        "evidence_field",
        "evidence",
        "stated_value",
        contradicts("observations", "value"),
        "about six",
    ),
    slip(
        "no word of the list",
        "evidence_field",
        "evidence",
        "stated_value",
        contradicts("high_level_visits", "kind"),
        "State Visit",
    ),
    slip(
        "the row's own year",
        "evidence_field",
        "evidence",
        "stated_value",
        lambda r: (
            contradicts("partnership_upgrades", "upgraded_on")(r)
            and "2024-11-17-bra" in r["row_id"]
        ),
        "2024 (year only)",
    ),
    Mistake(
        "a whole row and a field of it",
        "supports_once",
        "evidence",
        "source_id",
        lambda r: r["evidence_id"] == "events-again",
        lambda r: {"field": "starts_on"},
    ),
    # time
    slip(
        "a title before its decision",
        "sources_after_facts",
        "unesco_titles",
        "source_id",
        lambda r: r["inscribed_on_precision"] == "day" and r["inscribed_on"] > "2023",
        OLD,
    ),
    slip(
        "evidence older than the visit",
        "sources_after_facts",
        "evidence",
        "source_id",
        lambda r: (
            r["table_name"] == "high_level_visits"
            and r["row_id"].startswith("2025")
            and r["relation"] == "supports"
            and not r["field"]
        ),
        OLD,
    ),
    slip(
        "final before the year is over",
        "status_fits_the_day",
        "observations",
        "obs_status",
        lambda r: r["obs_status"] == "E" and r["stated_on"] < r["ends_on"],
        "A",
    ),
    slip(
        "a forecast of the past",
        "status_fits_the_day",
        "observations",
        "obs_status",
        lambda r: r["obs_status"] == "A" and r["stated_on"] > r["ends_on"],
        "F",
    ),
    slip(
        "stated after its page",
        "stated_on_its_page",
        "observations",
        "stated_on",
        lambda r: "-2025-" in r["source_id"] and r["stated_on"] and r["obs_status"] == "E",
        "2026-10-10",
        stated_on_precision="day",
    ),
    slip(
        "stated a year before its page",
        "stated_on_its_page",
        "observations",
        "stated_on",
        lambda r: "-2026-" in r["source_id"] and r["stated_on"],
        "2024-12-31",
        stated_on_precision="day",
    ),
    slip(
        "before the coverage",
        "coverage",
        "high_level_visits",
        "starts_on",
        lambda r: r["starts_on_precision"] == "day",
        "2010-01-26",
    ),
    slip(
        "a visit that ends after the coverage",
        "coverage",
        "high_level_visits",
        "ends_on",
        lambda r: r["ends_on"] > "2026",
        "2031-01-27",
    ),
    slip(
        "stated after the coverage",
        "coverage",
        "observations",
        "stated_on",
        lambda r: r["stated_on_precision"] == "day",
        "2027-01-03",
    ),
    slip(
        "no state where the day decides",
        "relations_state_said",
        "diplomatic_relations",
        "vietnamese_state",
        lambda r: r["vietnamese_state"] == "srv",
        "",
    ),
)
RULES = {m.rule for m in MISTAKES} - {"coverage", "one_publisher_a_host"}  # see mistakes.py


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    book = Workbook(copy_package(tmp_path_factory.mktemp("sources") / "package"))
    _once_more(book)
    return report_on(book, list(MISTAKES))


def _once_more(book: Workbook) -> None:
    """A page and a piece of evidence that are there already, but for their ids."""
    first = next(row for row in book.rows("sources") if VNEXPRESS(row))
    for end in ("again", "once-more"):
        own = {"source_id": f"a-page-{end}", "url": f"https://vnexpress.net/{end}.html"}
        book.append("sources", **first | own | {"title": "[A page]"})
    whole = next(row for row in book.rows("evidence") if supports("events", "")(row))
    book.append("evidence", **whole | {"evidence_id": "events-again"})


@pytest.mark.xdist_group("rules_sources")
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.name)
def test_the_mistake_is_named_where_it_is(found, mistake):
    there = found.at(mistake)
    named = [f for f in there if (f.rule, f.column) == (mistake.rule, mistake.column)]
    assert named, there
    assert named[0].message
    assert named[0].advice
