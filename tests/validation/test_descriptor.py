"""Each mistake in the descriptor or a schema is a failure that names its place."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import vietnam_foreign_affairs as vfa

from ..conftest import copy_package

D = "datapackage.json"


class Case(NamedTuple):
    """A mistake: the file, what is done to its content, the rule and the place that are named."""

    file: str
    edit: Callable[[Any], object]
    rule: str
    place: str
    column: str = ""


def at(content: Any, place: str) -> tuple[Any, str | int]:
    """What holds the value at a place such as `fields/name_en/title`, and its key there."""
    *way, last = place.split("/")
    for part in way:
        content = content[_key(content, part)]
    return content, _key(content, last)


def _key(content: Any, part: str) -> str | int:
    if isinstance(content, dict):
        return part
    names = [each.get("name") if isinstance(each, dict) else None for each in content]
    return names.index(part) if part in names else int(part)


def where(content: Any, place: str) -> str:
    """The same place as reports write it."""
    found = []
    for part in place.split("/"):
        key = _key(content, part)
        content = content[key] if not isinstance(content, dict) or key in content else {}
        name = content.get("name") if isinstance(key, int) and isinstance(content, dict) else None
        found.append(name if isinstance(name, str) and name else str(key))
    return "/".join(found)


def put(place: str, value: Any) -> Callable[[Any], None]:
    def edit(content: Any) -> None:
        holder, key = at(content, place)
        holder[key] = value(holder[key]) if callable(value) else value

    return edit


def drop(place: str) -> Callable[[Any], None]:
    def edit(content: Any) -> None:
        holder, key = at(content, place)
        del holder[key]

    return edit


def schema(table: str, place: str, value: Any, rule: str, said: str | None = None) -> Case:
    edit = drop(place) if value is drop else put(place, value)
    said = place if said is None else said
    column = said.split("/")[1] if said.startswith("fields/") else ""
    return Case(f"schemas/{table}.json", edit, rule, said, column)


def descriptor(place: str, value: Any, rule: str, said: str | None = None) -> Case:
    return Case(D, drop(place) if value is drop else put(place, value), rule, said or place)


pattern = partial(schema, rule="constraints")
wording = partial(schema, rule="wording")
claim = partial(descriptor, rule="claims")
profile = partial(descriptor, rule="descriptor")
events = partial(schema, "events", rule="descriptor")
table_id = "fields/event_id"
EVENT, GROUP = "resources/events", "resources/country_groups"
KEY = {"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["source_id"]}}

CASES = {
    # the profiles
    "a title is missing": profile(f"{EVENT}/title_vi", drop),
    "a description is blank": profile(f"{EVENT}/description", ""),
    "a number for a title": profile("title", 7),
    "a misspelt property": profile(f"{EVENT}/encodng", "utf-8"),
    "another encoding": profile(f"{EVENT}/encoding", "windows-1252"),
    "another format": profile(f"{EVENT}/format", "tsv"),
    "another media type": profile(f"{EVENT}/mediatype", "text/plain"),
    "semicolons": profile(f"{EVENT}/dialect/delimiter", ";", said=f"{EVENT}/dialect"),
    "an unknown role": profile(f"{EVENT}/role", "fact"),
    "a version in two parts": profile("version", "0.1"),
    "a version in words": profile("version", "0.1.0-final"),
    "a name with capitals": profile("name", "Vietnam-Foreign-Affairs"),
    "an unknown licence": profile("licenses/0/name", "CC-BY-4"),
    "another licence's title": profile("licenses/0/name", "CC0-1.0", said="licenses/0/title"),
    "no licence": profile(f"{EVENT}/licenses", []),
    "contributors as words": profile("contributors", "the editors"),
    "an unknown contributor's role": profile("contributors/0/roles/0", "autor"),
    "complete as a word": profile(f"{EVENT}/coverage/complete", "false"),
    "a day the other way round": profile(f"{EVENT}/coverage/to", "21-11-2026"),
    "created as a day": profile("created", "2026-11-21"),
    "a table outside": profile(f"{EVENT}/path", "tables/sub/events.csv"),
    "a field without a type": events("fields/place/type", drop),
    "an unknown type": events("fields/place/type", "text"),
    "a misspelt constraint": events("fields/kind/constraints/requierd", True),
    "a constraint of another type": events("fields/edition/constraints/pattern", "[0-9]+"),
    "required as a word": events("fields/kind/constraints/required", "true"),
    "required as false": events("fields/kind/constraints/required", False),
    "a minimum as a word": events("fields/edition/constraints/minimum", "1"),
    "a word of a list twice": events(
        "fields/kind/constraints/enum", lambda words: [*words, words[0]]
    ),
    "a blank behind a word": events("fields/kind/constraints/enum/3", "congress "),
    "no key": events("primaryKey", []),
    "a nought for blanks": events("missingValues", ["", "0"]),
    "fields as an object": events("fields", {}),
    "an unknown Table Schema": events("$schema", "https://example.org/tableschema.json"),
    # names and files
    "a package renamed": descriptor("name", "vietnam-foreign-affair", "names", "id"),
    "a table renamed": descriptor(f"{EVENT}/name", "event", "names", "resources/event/path"),
    "the file of another table": descriptor(f"{EVENT}/path", "tables/leaders.csv", "names"),
    "the schema of another table": descriptor(f"{EVENT}/schema", "schemas/leaders.json", "names"),
    "a schema that is not there": descriptor(f"{EVENT}/schema", "schemas/event.json", "files"),
    # claims
    "coverage ends before it begins": claim(f"{EVENT}/coverage/to", "1996-12-31"),
    "coverage begins after the check": claim(f"{EVENT}/coverage/from", "2026-12-01"),
    "a day that does not exist": claim(f"{EVENT}/coverage/to", "2026-11-31"),
    "checked after the release": claim(f"{EVENT}/coverage/last_checked", "2126-11-21"),
    "complete to a day outside": claim(
        "resources/partnership_upgrades/coverage/complete_to", "2026-12-31"
    ),
    "complete beyond the check": claim(f"{GROUP}/coverage/to", "2027-12-31"),
    "further than any row": claim(f"{EVENT}/coverage/to", "2031-12-31"),
    "complete without a reason": claim(f"{EVENT}/coverage/complete", True),
    "incomplete without a reason": claim(f"{GROUP}/coverage/complete", False),
    "a release still to come": claim("created", "2126-11-21T00:00:00Z"),
    # words
    "the Vietnamese title in English": wording("events", "fields/place/title_vi", "Place"),
    "the title in Vietnamese": wording("events", "fields/place/title", "Địa điểm"),
    "the description in Vietnamese": wording(
        "events", "fields/place/description", "Nơi diễn ra sự kiện."
    ),
    "the Vietnamese title without marks": wording(
        "events", "fields/place/title_vi", "Dia diem"
    ),
    "one mark lost": wording("events", "fields/starts_on_precision/title_vi",
                             "Độ chính xác của ngay bắt đầu"),
    "a word without its mark": wording("events", "fields/kind/title_vi", "Loai"),
    "composed otherwise": wording(
        "events", "fields/place/title_vi", lambda text: unicodedata.normalize("NFD", text)
    ),
    "a question mark for a letter": wording("events", "fields/place/title_vi", "?ịa điểm"),
    "UTF-8 read as Windows-1252": wording("events", "fields/place/title_vi", "Äá»‹a Ä‘iá»ƒm"),
    "a letter of another alphabet": wording("events", "fields/place/title", "Рlace"),
    "an invisible character": wording("events", "fields/place/title", "Pla\u200bce"),
    "a blank at the end": wording("events", "fields/place/title", "Place "),
    "markup": wording("events", "fields/place/description", "<b>Town</b>."),
    "a description cut off": wording("events", "fields/place/description", "Tow"),
    "a description that repeats": wording("events", "fields/place/description", "Place."),
    "a title in capitals": wording("events", "fields/place/title", "PLACE"),
    "a title in small letters": wording("events", "fields/place/title", "place"),
    "two columns with one title": wording("events", "fields/edition/title", "Place"),
    "another title than the descriptor's": wording("events", "title", "Event"),
    "two tables with one description": descriptor(
        "resources/events/description", "Help to citizens in a hotspot abroad.", "wording",
        "resources/citizen_protection/description",
    ),
    "blanks in a keyword": descriptor("keywords/0", "Viet  Nam", "wording"),
    # keys
    "another repository": descriptor(
        "id", "https://github.com/else/vietnam-foreign-affairs", "names"
    ),
    "no subtitle": profile("subtitle", drop),
    "a century early": claim(f"{EVENT}/coverage/from", "1897-01-01"),
    "a year short": claim(f"{EVENT}/coverage/to", "2025-11-21"),
    "the coverage of another table": descriptor(
        f"{EVENT}/coverage/description", "All visits that pages state.", "wording"
    ),
    "a key that validation joins by": schema("evidence", "uniqueKeys", drop, "keys"),
    "a column twice": schema("events", "fields/name_vi/name", "name_en", "keys", "fields/2/name"),
    "a key of no column": schema("events", "primaryKey/0", "id", "keys"),
    "a unique key of no column": schema("evidence", "uniqueKeys/0/0", "table", "keys"),
    "a reference from no column": schema("events", "foreignKeys/0/fields/0", "country", "keys"),
    "a reference to no table": schema(
        "events", "foreignKeys/0/reference/resource", "country", "keys"
    ),
    "a reference to no column": schema(
        "events", "foreignKeys/0/reference/fields", ["iso"], "keys"
    ),
    "a reference to what is no key": schema(
        "events", "foreignKeys/0/reference/fields", ["region"], "keys"
    ),
    "a reference gone": schema("events", "foreignKeys", [KEY], "keys", "fields/iso3/name"),
    "a reference of another form": schema(
        "partnership_upgrades", "fields/to_tier_id/constraints/pattern", "[a-z]{2}", "keys"
    ),
    "a code of another form": schema(
        "events", "fields/iso3/constraints/pattern", "[A-Z]{2}", "columns"
    ),
    "another title for the source": schema(
        "events", "fields/source_id/title", "Souce", "columns"
    ),
    "further than the check of a table without days": descriptor(
        "resources/evidence/coverage/to", "2066-11-21", "claims"
    ),
    "an id that may be blank": schema(
        "events", f"{table_id}/constraints/required", drop, "keys", f"{table_id}/constraints"
    ),
    "an id without a form": schema(
        "events", f"{table_id}/constraints/pattern", drop, "keys", f"{table_id}/constraints"
    ),
    "a key behind other columns": schema("events", "primaryKey", ["name_en"], "keys"),
    # constraints
    "a pattern that is none": pattern("sources", "fields/language/constraints/pattern", "[a-z{2}"),
    "a pattern that only Python reads": pattern(
        "sources", "fields/language/constraints/pattern", "(?!xx)[a-z]{2}"
    ),
    "a pattern that takes all": pattern("sources", "fields/language/constraints/pattern", ".*"),
    "least and most exchanged": pattern(
        "countries", "fields/cow_code/constraints/minimum", 9999,
        said="fields/cow_code/constraints/maximum",
    ),
    "a reserved word that is in no list": pattern(
        "discrepancies", "fields/status/reserved", ["settled"]
    ),
    # columns
    "a day as text": schema("events", "fields/ends_on/type", "string", "columns"),
    "a year as a number": schema("highlights", "fields/year/type", "integer", "columns"),
    "a fourth precision": schema(
        "events", "fields/starts_on_precision/constraints/enum",
        ["day", "month", "year", "decade"], "columns",
    ),
    "a precision that may be blank": schema(
        "events", "fields/starts_on_precision/constraints/required", drop, "columns",
        "fields/starts_on_precision/constraints",
    ),
    "an id that refers to nothing": schema(
        "unesco_titles", "foreignKeys", [KEY], "columns", "fields/extends_title_id/name"
    ),
    "another type than elsewhere": schema("leaders", "fields/note/type", "integer", "columns"),
    "another unit than elsewhere": schema(
        "trade_agreements", "fields/status/unit", "words", "columns"
    ),
    "facts that need no source": schema(
        "events", "fields/source_id/constraints/required", drop, "columns",
        "fields/source_id/constraints",
    ),
    # what the data say
    "always filled": schema(
        "events", "fields/name_en/constraints/required", drop, "filled",
        "fields/name_en/constraints",
    ),
    "never repeated": schema(
        "sources", "fields/url/constraints/unique", drop, "repeated", "fields/url/constraints"
    ),
    "a word that no row uses": schema(
        "events", "fields/kind/constraints/enum", lambda words: [*words, "coronation"], "words",
        "fields/kind/constraints/enum/9",
    ),
    "a reserved word that a row uses": schema(
        "discrepancies", "fields/status/reserved", lambda words: [*words, "inferred"], "words",
        "fields/status/reserved/1",
    ),
    "numbers as text": schema(
        "countries", "fields/cow_code",
        lambda field: {k: v for k, v in field.items() if k != "constraints"} | {"type": "string"},
        "typed", "fields/cow_code/type",
    ),
    "a list that is open": schema(
        "events", "fields/kind/constraints/enum", drop, "typed", "fields/kind/constraints"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_package(tmp_path_factory.mktemp("descriptor") / "package")


@pytest.fixture
def change(package: Path) -> Iterator[Callable[..., tuple[Any, list[Any]]]]:
    """Edit one document, validate, and put everything back."""
    before = {}

    def run(file: str, edit: Callable[[Any], object]) -> tuple[Any, list[Any]]:
        path = package / file
        before[path] = path.read_bytes()
        content = json.loads(before[path])
        edit(content)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")
        return content, vfa.validate(package, quick=True).failures

    yield run
    for path, data in before.items():
        path.write_bytes(data)


@pytest.mark.parametrize("name", CASES)
def test_the_mistake_is_named_where_it_is(name, change, package):
    case = CASES[name]
    content, failures = change(case.file, case.edit)
    place = where(content, case.place)
    found = [f for f in failures if (f.rule, f.file, f.row) == (case.rule, case.file, place)]
    assert found, [(f.rule, f.file, f.row, f.message) for f in failures][:9]
    assert found[0].message
    assert found[0].advice
    holder, key = at(content, case.place)
    if case.column and not place.endswith("/name"):
        assert found[0].column == case.column
    lines = (package / case.file).read_text(encoding="utf-8").splitlines()
    if isinstance(key, str) and key in holder:
        assert lines[found[0].line - 1].strip().startswith(f'"{key}": ')
    assert len(failures) < 9, "one cause, few messages"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"fields": [], "fields": []}', "'fields' stands twice"),
        ("\ufeff{}", "not JSON"),
        ('{"title": NaN}', "NaN"),
    ],
)
def test_a_schema_that_cannot_be_read_is_named(workbook, text, words):
    (workbook.root / "schemas/events.json").write_text(text, encoding="utf-8")
    (failure,) = vfa.validate(workbook.root).failures
    assert (failure.rule, failure.file) == ("descriptor", "schemas/events.json")
    assert words in failure.message


@pytest.mark.parametrize(
    "extra", ["tables/events - Copy.csv", "tables/events.xlsx", "schemas/events.old.json"]
)
def test_a_file_that_no_resource_names_is_named(workbook, extra):
    path = workbook.root / extra
    path.write_bytes((workbook.root / "schemas/events.json").read_bytes())
    failures = vfa.validate(workbook.root, quick=True).failures
    assert [(f.rule, f.file) for f in failures] == [("files", extra)]
    assert "remove it" in failures[0].advice


def test_what_programs_hide_beside_the_tables_is_left_alone(workbook):
    for name in (".DS_Store", ".~lock.events.csv#", "~$events.csv"):
        (workbook.root / "tables" / name).write_bytes(b"x")
    assert vfa.validate(workbook.root, quick=True).valid


def test_a_check_that_is_gone_or_not_listed_is_named(workbook):
    folder = workbook.root / "scripts/sql/checks"
    (folder / "tiers.sql").rename(folder / "levels.sql")
    found = [f for f in vfa.validate(workbook.root, quick=True).failures if f.rule == "files"]
    assert [(f.file, f.row.split("/")[0], f.value) for f in found] == [
        (D, "checks", "tiers"),
        (D, "checks", "levels"),
    ]


def test_all_mistakes_come_in_one_report(change, package):
    def edit(content: Any) -> None:
        for place in ("created", f"{EVENT}/title_vi", f"{EVENT}/coverage/complete"):
            put(place, 7)(content)

    content, failures = change(D, edit)
    places = ("created", f"{EVENT}/title_vi", f"{EVENT}/coverage/complete")
    assert [f.row for f in failures] == [where(content, place) for place in places]


def test_tables_wait_for_a_descriptor_that_says_how_to_read_them(workbook):
    workbook.change("events", lambda r: r["edition"], edition="0")
    path = workbook.root / "schemas/events.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"type": "integer"', '"type": "int"'), encoding="utf-8")
    report = vfa.validate(workbook.root)
    assert [(f.file, f.column) for f in report.failures] == [("schemas/events.json", "edition")]
    assert "tables/events.csv" in report.unread


def test_nothing_outside_is_read(workbook, tmp_path):
    (tmp_path / "secret.csv").write_text("the secret\n")
    path = workbook.root / D
    for wanted in ("../secret.csv", str(tmp_path / "secret.csv")):
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        descriptor["resources"][0]["path"] = wanted
        path.write_text(json.dumps(descriptor), encoding="utf-8")
        report = vfa.validate(workbook.root)
        assert [(f.rule, f.row) for f in report.failures] == [
            ("descriptor", "resources/sources/path")
        ]
        assert "the secret" not in report.to_text()


def test_a_release_is_what_it_says_of_its_files(workbook):
    path = workbook.root / D
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    data = (workbook.root / "tables/sources.csv").read_bytes()
    right = {
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "rows": len(workbook.rows("sources")),
    }
    wrong = {"bytes": 1, "hash": f"sha256:{'0' * 64}", "rows": 1}
    for values, places in ((right, set()), (wrong, {f"resources/sources/{key}" for key in wrong})):
        descriptor["resources"][0].update(values)
        path.write_text(json.dumps(descriptor), encoding="utf-8")
        found = vfa.validate(workbook.root, quick=True).failures
        assert {f.row for f in found} == places
        assert {f.rule for f in found} <= {"counted"}


@pytest.mark.parametrize("file", [D, "schemas/evidence.json"])
def test_whatever_stands_in_a_document_is_a_failure(file, change, package):
    """Every property with a value of another kind: named, or one sentence; never a traceback."""
    content = json.loads((package / file).read_text(encoding="utf-8"))
    first = "resources/evidence" if file == D else "fields/evidence_id"
    holder, key = at(content, first)
    places = [*content, *(f"{first}/{name}" for name in holder[key])]
    for place in places:
        for value in (None, [{}]):
            try:
                _, failures = change(file, put(place, value))
                named = {f.file for f in failures}
            except vfa.PackageError as error:
                named = {file} if len(str(error).splitlines()) == 1 else set()
            (package / file).write_text(json.dumps(content), encoding="utf-8")
            assert file in named, (place, value)
