"""A published cell, row or schema changes only with a correction that knows what it was."""

from __future__ import annotations

import json

import pytest

import vietnam_foreign_affairs as vfa
from tests.conftest import Workbook
from vietnam_foreign_affairs import ledger
from vietnam_foreign_affairs.package import Package
from vietnam_foreign_affairs.publishing import corrections, release
from vietnam_foreign_affairs.publishing.opening import opened

WHY = "The page gives another day than the one recorded."
NEXT = "99.0.0"


@pytest.fixture
def published(workbook):
    """A copy of the package that was released as it stands."""
    workbook.write("corrections", [])
    raise_version(workbook, "98.0.0")
    assert release.release(Package(workbook.root)) == "98.0.0"
    return workbook


@pytest.fixture
def before(published, tmp_path):
    """What was released, to compare with."""
    with opened(published.root) as old:
        yield old


def raise_version(book: Workbook, version: str) -> None:
    path = book.root / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**descriptor, "version": version}), encoding="utf-8")


def failures(book: Workbook) -> list:
    report = vfa.validate(book.root, quick=True)
    return [f for f in report.failures if f.rule == "ledger"]


def places(book: Workbook) -> set[tuple]:
    return {(f.file, f.row, f.column) for f in failures(book)}


def correct(book: Workbook, before: Package) -> int:
    return corrections.correct(before, Package(book.root), [], WHY)


CELLS = {
    "a word": ("events", {"name_en": "Another name of the event"}),
    "a digit": ("observations", {"value": "123456"}),
    "a mark": ("leaders", {"name_vi": "To Lâm"}),
    "a blank": ("high_level_visits", {"occasion": ""}),
    "a day": ("diplomatic_relations", {"established_on": "1999-09-09"}),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_changed_cell_is_named_by_row_and_column(published, name):
    table, cells = CELLS[name]
    (column,) = cells
    row, line = published.change(table, lambda r: r[column], **cells)
    (failure,) = failures(published)
    assert (failure.file, failure.row, failure.column) == (f"tables/{table}.csv", row, column)
    assert failure.line == line
    assert f"vfa correct {table}" in failure.advice


def test_a_number_written_otherwise_is_the_same_number(published):
    row = next(r for r in published.rows("observations") if r["value"].endswith("5"))
    where = lambda r: r["observation_id"] == row["observation_id"]  # noqa: E731
    published.change(
        "observations", where, value=row["value"] + ("0" if "." in row["value"] else ".0")
    )
    assert failures(published) == []


def test_a_row_that_is_gone_is_named(published):
    gone = published.remove("events", lambda r: True)
    assert places(published) == {("tables/events.csv", gone["event_id"], "")}


def test_a_new_row_needs_no_correction(published):
    row = published.rows("sources")[0]
    published.append("sources", **{**row, "source_id": "aaa-new", "url": "https://example.org/new"})
    assert failures(published) == []


@pytest.mark.parametrize("change", ["description", "gone"])
def test_a_changed_schema_is_named(published, change):
    path = published.root / "schemas/events.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    field = next(f for f in schema["fields"] if f["name"] == "edition")
    if change == "gone":
        schema["fields"].remove(field)
        rows = [{k: v for k, v in r.items() if k != "edition"} for r in published.rows("events")]
        published.tables["events"] = published.tables["events"]._replace(
            fields=tuple(f for f in published.tables["events"].fields if f.name != "edition")
        )
        published.write("events", rows)
    else:
        field["description"] = "Another meaning of it."
    path.write_text(json.dumps(schema), encoding="utf-8")
    assert ("schemas/events.json", "fields/edition", "") in places(published)


def test_corrections_say_what_it_was_and_settle_it(published, before):
    was = published.rows("events")[0]
    published.change("events", lambda r: True, name_en="Another name of the event")
    gone = published.remove("citizen_protection", lambda r: not r["part_of_id"])
    assert correct(published, before) >= 2
    rows = {(r["table_name"], r["row_id"], r["field"]): r for r in published.rows("corrections")}
    cell = rows["events", was["event_id"], "name_en"]
    assert (cell["was"], cell["kind"], cell["version"]) == (was["name_en"], "corrected", "98.1.0")
    assert rows["citizen_protection", gone["operation_id"], ""]["kind"] == "withdrawn"
    assert failures(published) == []
    assert correct(published, before) == 0


def test_a_corrected_cell_that_changes_once_more_is_named(published, before):
    published.change("events", lambda r: True, name_en="Another name of the event")
    correct(published, before)
    row, line = published.change("events", lambda r: True, name_en="Another nam of the event")
    (failure,) = failures(published)
    assert (failure.file, failure.line, failure.row) == ("tables/events.csv", line, row)
    assert failure.column == "name_en"
    assert correct(published, before) == 1
    assert failures(published) == []


def test_a_renamed_row_leads_from_its_old_id_and_references_follow(published, before):
    old = next(r["leader_id"] for r in published.rows("leaders"))
    published.change("leaders", lambda r: r["leader_id"] == old, leader_id="aaa-renamed")
    rows = [
        r | {"leader_id": "aaa-renamed"} if r["leader_id"] == old else r
        for r in published.rows("high_level_visits")
    ]
    published.write("high_level_visits", rows)
    evidence = [
        r | {"row_id": "aaa-renamed"} if (r["table_name"], r["row_id"]) == ("leaders", old) else r
        for r in published.rows("evidence")
    ]
    published.write("evidence", evidence)
    assert correct(published, before) == 1
    (row,) = published.rows("corrections")
    assert (row["kind"], row["row_id"], row["was"]) == ("renamed", "aaa-renamed", old)
    assert failures(published) == []


def test_what_is_written_of_a_row_that_is_gone_is_not_guessed_again(published, before):
    rows = published.rows("events")
    first, second = rows[0], rows[1]
    renamed = [{**row, "event_id": f"{row['event_id']}-x"} for row in (first, second)]
    published.write("events", sorted(rows[2:] + renamed, key=lambda r: r["event_id"]))
    correct(published, before)
    # Whoever finishes them knows better: the second is no other row, it went into the first.
    kept = [r for r in published.rows("corrections") if second["event_id"] not in r["row_id"]]
    merged = {**kept[0], "correction_id": "0-merged", "kind": "merged", "was": second["event_id"]}
    merged |= {"table_name": "events", "row_id": renamed[0]["event_id"], "field": "event_id"}
    published.write("corrections", sorted([*kept, merged], key=lambda r: r["correction_id"]))
    told = published.rows("corrections")
    correct(published, before)
    now = published.rows("corrections")
    assert all(row in now for row in told)
    assert not any(r["was"] == second["event_id"] and r["kind"] != "merged" for r in now)


def test_a_correction_of_what_is_as_it_was_is_taken_back(published, before):
    was = published.rows("events")[0]["name_en"]
    published.change("events", lambda r: r["name_en"] == was, name_en="Another name of the event")
    correct(published, before)
    published.change("events", lambda r: r["name_en"] == "Another name of the event", name_en=was)
    assert failures(published)
    correct(published, before)
    assert failures(published) == []


@pytest.mark.parametrize(
    ("spoil", "column", "words"),
    [
        ({"was": "something else"}, "was", "not what was published"),
        ({"row_id": "never-was"}, "row_id", "nothing was changed"),
        ({"table_name": "moons"}, "table_name", "no such table"),
        ({"field": "place"}, "row_id", "nothing was changed"),
    ],
)
def test_a_correction_that_is_not_so_is_named(published, before, spoil, column, words):
    published.change("events", lambda r: True, name_en="Another name of the event")
    correct(published, before)
    row, line = published.change("corrections", lambda r: True, **spoil)
    found = [f for f in failures(published) if f.file == "tables/corrections.csv"]
    assert [(f.row, f.line, f.column) for f in found] == [(row, line, column)]
    assert words in found[0].message


def test_a_correction_without_a_difference_is_named_until_its_release_makes_it_history(
    published, before
):
    name = published.rows("events")[0]["name_en"]
    published.change("events", lambda r: True, name_en="Another name of the event")
    correct(published, before)
    published.change("events", lambda r: True, name_en=name)
    assert [f.column for f in failures(published)] == ["row_id"]
    published.change("events", lambda r: True, name_en="Another name of the event")
    raise_version(published, "98.1.0")
    release.release(Package(published.root))
    assert failures(published) == []
    published.change("corrections", lambda r: True, reason="Another reason than the one given.")
    assert [f.file for f in failures(published)] == ["tables/corrections.csv"]


def test_a_release_needs_a_new_version_and_a_valid_package(published):
    with pytest.raises(vfa.PackageError, match=r"98\.0\.0 is in the ledger already"):
        release.release(Package(published.root))
    raise_version(published, NEXT)
    published.change("events", lambda r: r["edition"], edition="0")
    with pytest.raises(vfa.PackageError, match="not valid"):
        release.release(Package(published.root))
    assert corrections.published_version(Package(published.root)) == "98.0.0"


def test_a_version_is_that_of_the_release_or_the_one_that_corrections_name(published, before):
    raise_version(published, "97.9.9")
    (failure,) = failures(published)
    assert (failure.file, failure.row) == ("datapackage.json", "version")
    raise_version(published, "98.0.0")
    published.change("leaders", lambda r: r["leader_id"] == "to-lam", name_vi="To Lâm")
    correct(published, before)
    assert not failures(published)
    raise_version(published, NEXT)
    (failure,) = failures(published)
    assert failure.value == NEXT
    assert "98.1.0" in failure.advice


@pytest.mark.parametrize(
    "text", ["", "file,row_id\n", "file,row_id,cells\n", 'file,row_id,cells\n"a']
)
def test_a_damaged_ledger_is_named(published, text):
    (published.root / ledger.FILE).write_text(text)
    assert [f.file for f in failures(published)] == [ledger.FILE]


def test_the_ledger_of_the_package_is_that_of_its_last_release():
    assert corrections.published_version(Package(vfa.tables()[0].path.parents[1]))


def test_a_reason_that_says_nothing_is_refused(published, before):
    with pytest.raises(vfa.PackageError, match="--why"):
        corrections.correct(before, Package(published.root), [], "typo")
    with pytest.raises(vfa.PackageError, match="no table 'evnts'"):
        corrections.correct(before, Package(published.root), ["evnts"], WHY)
