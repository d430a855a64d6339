"""Texts are written as texts are, codes are those of the world's lists."""

from __future__ import annotations

import unicodedata

import pytest

import vietnam_foreign_affairs as vfa

from ..conftest import Workbook, copy_package
from .breaking import Found, Mistake, report_on

RULES = {
    "visible_characters",
    "whole_letters",
    "plain_words",
    "plain_apostrophes",
    "own_alphabet",
    "word_twice",
    "whole_text",
    "capitals",
    "in_its_language",
    "one_spelling",
    "two_languages",
    "names_keep_their_marks",
    "country_codes",
    "group_members",
    "another_name",
    "official_name",
    "short_name_once",
    "groups_are_complete",
    "parties_are_members",
}
any_row = lambda r: True  # noqa: E731


def edit(name: str, rule: str, table: str, column: str, old: str, new: str) -> Mistake:
    """In the first cell that holds `old`, write `new` for it."""
    return Mistake(
        name,
        rule,
        table,
        column,
        lambda r: old in r[column],
        lambda r: {column: r[column].replace(old, new, 1)},
    )


def cell(name: str, rule: str, table: str, column: str, where, new: str) -> Mistake:
    return Mistake(name, rule, table, column, where, lambda r: {column: new})


def of(iso3: str):
    return lambda r: r["iso3"] == iso3


NFD = unicodedata.normalize("NFD", "Hội nghị")
READ_AS_1252 = "Hội nghị".encode().decode("cp1252", "replace")
MISTAKES = [
    edit("a blank too many", "visible_characters", "events", "name_en", " ", "  "),
    edit("a no-break blank", "visible_characters", "events", "name_vi", " ", "\u00a0"),
    edit("an invisible character", "visible_characters", "leaders", "name_en", " ", "\u200b "),
    edit("a soft hyphen", "visible_characters", "observations", "note", "e", "e\u00ad"),
    edit("letters made of two", "visible_characters", "events", "name_vi", "Hội nghị", NFD),
    edit("question marks for letters", "whole_letters", "unesco_titles", "name_vi", "Hội", "H?i"),
    edit("a box for a letter", "whole_letters", "sources", "title", "ê", "\ufffd"),
    edit("UTF-8 read as Windows-1252", "whole_letters", "events", "name_vi", "Hội nghị",
         READ_AS_1252),
    edit("markup", "plain_words", "discrepancies", "explanation", " ", " <b>not</b> "),
    edit("an entity", "plain_words", "sources", "title", " & ", " &amp; "),
    cell("a formula", "plain_words", "leaders", "note", any_row, "=A1+1"),
    cell("an error of a spreadsheet", "plain_words", "organizations", "note", any_row, "#REF!"),
    cell("a word for a blank", "plain_words", "events", "place", any_row, "N/A"),
    edit("a curly apostrophe", "plain_apostrophes", "highlights", "summary", "'", "’"),
    edit("a Cyrillic letter in a Latin word", "own_alphabet", "leaders", "name_en", "a", "а"),
    edit("a letter that is not Vietnamese", "own_alphabet", "organizations", "name_vi", "ộ", "ö"),
    cell("a title in another alphabet", "own_alphabet", "sources", "title",
         lambda r: r["language"] == "en", "Вьетнам"),
    edit("a word twice", "word_twice", "citizen_protection", "what", " the ", " the the "),
    edit("a Vietnamese word twice", "word_twice", "indicators", "name_vi", "tác", "tác tác"),
    cell("capitals", "capitals", "trade_agreements", "name_en", any_row,
         "ASEAN - INDIA FREE TRADE AREA"),
    cell("a heading", "capitals", "sources", "title", lambda r: r["language"] == "vi",
         "HỘI NGHỊ NGOẠI GIAO"),
    cell("no capital", "capitals", "events", "name_en", any_row, "conference on trade"),
    cell("capitals in every word", "capitals", "high_level_visits", "note", any_row,
         "Visit Of The President To Viet Nam"),
    edit("a bracket lost", "whole_text", "trade_agreements", "name_en", ")", ""),
    cell("a comma behind it", "whole_text", "legal_instruments", "issuer",
         lambda r: r["issuer"] == "Government of Viet Nam", "Government of Viet Nam,"),
    Mistake("said twice", "whole_text", "highlights", "theme", any_row,
            lambda r: {"theme": r["theme"] * 2}),
    edit("letters as escapes", "plain_words", "commemorations", "what", "ệ", r"\u1ec7"),
    edit("a blank as its code", "plain_words", "organizations", "name_en", " ", "%20"),
    edit("a letter of Iceland", "own_alphabet", "unesco_titles", "name_en", "Đ", "Ð"),
    cell("Vietnamese without marks", "in_its_language", "legal_instruments", "title_vi", any_row,
         "Nghi quyet ve hoi nhap quoc te"),
    cell("Vietnamese for English", "in_its_language", "legal_instruments", "title_en",
         lambda r: r["title_vi"], "Nghị quyết về hội nhập quốc tế"),
    edit("small for great", "one_spelling", "partnership_upgrades", "place", "Hà Nội", "Hà nội"),
    edit("a publisher without marks", "one_spelling", "sources", "publisher", "Thời Đại",
         "Thoi Dai"),
    Mistake("one name for both languages", "two_languages", "trade_agreements", "name_vi",
            lambda r: r["name_vi"], lambda r: {"name_vi": r["name_en"]}),
    edit("a name without marks", "names_keep_their_marks", "high_level_visits", "occasion",
         "Phạm Minh Chính", "Pham Minh Chinh"),
    edit("a mark lost", "names_keep_their_marks", "organizations", "name_vi", "hợp quốc",
         "hợp quoc"),
    cell("the code of a neighbour", "country_codes", "countries", "iso2", of("AUT"), "AX"),
    cell("a number of another list", "country_codes", "countries", "m49", of("BEL"), "965"),
    cell("a state's other number", "country_codes", "countries", "cow_code", of("DEU"), "260"),
    cell("a number that was lost", "country_codes", "countries", "gw_code", of("FRA"), ""),
    cell("another item of Wikidata", "country_codes", "countries", "wikidata_id", of("GEO"),
         "Q1428"),
    cell("a continent", "country_codes", "countries", "region", of("EGY"), "Asia"),
    cell("another part of it", "country_codes", "countries", "subregion", of("IRN"),
         "Western Asia"),
    cell("a name in use", "country_codes", "countries", "name_en", of("TUR"), "Turkey"),
    cell("a Vietnamese name without marks", "country_codes", "countries", "name_vi", of("NLD"),
         "Ha Lan"),
    cell("no member", "group_members", "country_groups", "iso3",
         lambda r: r["group_id"] == "eu" and r["iso3"] == "CZE", "GBR"),
    cell("a state of another region", "group_members", "country_groups", "iso3",
         lambda r: r["group_id"] == "middle_east_and_africa", "FRA"),
    cell("a name for the country beside it", "another_name", "country_names", "name",
         lambda r: r["name"] == "Burma", "Thailand"),
    cell("a name that stands there already", "another_name", "country_names", "name",
         lambda r: r["name"] == "Mỹ", "Hoa Kỳ"),
    cell("a name in full called an alias", "official_name", "country_names", "kind",
         lambda r: r["name"] == "French Republic", "alias"),
    cell("an old name called official", "official_name", "country_names", "kind",
         lambda r: r["name"] == "Zaire", "official"),
    cell("two short names", "short_name_once", "country_names", "kind",
         lambda r: r["name"] == "DPRK", "short"),
    cell("a party that is no member", "parties_are_members", "trade_agreement_parties", "iso3",
         lambda r: r["agreement_id"] == "cptpp", "KOR"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    book = Workbook(copy_package(tmp_path_factory.mktemp("texts") / "package"))
    return report_on(book, MISTAKES)


@pytest.mark.xdist_group("texts")
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.name)
def test_the_mistake_is_named_where_it_is(found, mistake):
    there = found.at(mistake)
    failure = next((f for f in there if f.rule == mistake.rule), None)
    assert failure, [(f.rule, f.column) for f in there]
    assert failure.column == mistake.column
    assert failure.advice


@pytest.mark.xdist_group("texts")
def test_the_spelling_that_most_rows_have_is_right(found):
    for mistake in (m for m in MISTAKES if m.rule == "one_spelling"):
        column = ("one_spelling", f"tables/{mistake.table}.csv", mistake.column)
        named = [f.line for f in found.failures if (f.rule, f.file, f.column) == column]
        assert named == [found.lines[mistake.name]]


@pytest.mark.xdist_group("texts")
def test_a_group_that_lost_a_member_is_named(workbook):
    """No row holds what is missing, so the report points at the first one of the group."""
    workbook.remove("country_groups", lambda r: (r["group_id"], r["iso3"]) == ("asean", "THA"))
    line = 2 + next(
        n for n, r in enumerate(workbook.rows("country_groups")) if r["group_id"] == "asean"
    )
    failures = vfa.validate(workbook.root, quick=True).failures
    (failure,) = [f for f in failures if f.rule == "groups_are_complete"]
    place = (failure.file, failure.line, failure.column)
    assert place == ("tables/country_groups.csv", line, "group_id")
    assert "gives 11, the row allows 10" in failure.message


def test_every_rule_has_its_mistake():
    assert {m.rule for m in MISTAKES} | {"groups_are_complete"} == RULES


@pytest.mark.parametrize(
    ("damaged", "cause"),
    [
        ("Hội nghị".encode().decode("cp1252", "ignore"), "UTF-8 was read as"),
        ("H?i ngh?", "an encoding without these letters, such as Windows-1252"),
        ("H\ufffdi ngh\ufffd", "bytes of another encoding were read as UTF-8"),
    ],
)
def test_letters_that_were_lost_say_what_did_it(workbook, damaged, cause):
    workbook.change("events", lambda r: r["name_vi"].startswith("Hội nghị"), name_vi=damaged)
    found = [
        f
        for f in vfa.validate(workbook.root, quick=True).failures
        if (f.rule, f.column) == ("whole_letters", "name_vi")
    ]
    assert found
    assert cause in found[0].message
    assert "as UTF-8" in found[0].advice
