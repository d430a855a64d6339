"""The descriptor and the files: what is wrong with bytes, shape and order is said plainly."""

from __future__ import annotations

import json
import re

import pytest

import vietnam_foreign_affairs as vfa

TABLE = "events"


def failures(book, rule, **options):
    report = vfa.validate(book.root, quick=True, **options)
    assert not report.valid
    return [f for f in report.failures if f.rule == rule]


def rewrite(book, change):
    path = book.root / f"tables/{TABLE}.csv"
    path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize(
    ("change", "rule", "line", "words"),
    [
        (lambda b: b"\xef\xbb\xbf" + b, "file", 1, "byte order mark"),
        (lambda b: b.replace(b"\n", b"\r\n"), "file", 1, "carriage return"),
        (lambda b: b.replace(b"\n", b"\0\n", 1), "file", 1, "NUL"),
        (lambda b: b.replace("à".encode(), "à".encode("latin-1"), 1), "file", None, "UTF-8"),
        (lambda b: b.replace(b"name_en", b"name", 1), "header", 1, "header"),
        (lambda b: b.rstrip(b"\n") + b",one too many\n", "shape", None, "cells"),
        (lambda b: b + b'x,"no end\n', "quoting", None, "not closed"),
        (lambda b: b.rstrip(b"\n"), "file", None, "line break"),
        (lambda b: b.replace(b"\n", b"\n\n", 1), "shape", 2, "empty"),
        (lambda b: b.replace(b"\xe1\xba\xa3", b"\xe1\xba", 1), "file", None, "UTF-8"),
    ],
    ids=[
        "bom",
        "crlf",
        "nul",
        "latin-1",
        "header",
        "shape",
        "quoting",
        "no last line break",
        "empty line",
        "half a letter",
    ],
)
def test_a_spoilt_file_is_named(workbook, change, rule, line, words):
    rewrite(workbook, change)
    found = failures(workbook, rule)
    assert found
    assert all(f.file == f"tables/{TABLE}.csv" for f in found)
    assert words in found[0].message
    assert line in (None, found[0].line)


def test_a_spoilt_file_is_one_failure_and_what_depends_on_it_waits(workbook):
    """One cause, one message: rows that cannot be trusted bring no further failures."""
    path = workbook.root / "tables/countries.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    report = vfa.validate(workbook.root)
    assert [(f.rule, f.file) for f in report.failures] == [("file", "tables/countries.csv")]
    assert {"tables/countries.csv", "tables/leaders.csv"} <= set(report.unread)
    assert "tables/leaders.csv" in report.to_text()


HEADERS = {
    "semicolons": (lambda b: b.replace(b",", b";"), "semicolons", "vfa format"),
    "tabs": (lambda b: b.replace(b",", b"\t"), "tabs", "vfa format"),
    "sep=": (lambda b: b"sep=,\n" + b, "separator above", "vfa format"),
    "a title": (lambda b: b"Events of foreign affairs\n" + b, "above the header", "remove"),
    "an index": (
        lambda b: b"".join(
            (b"" if n == 0 else b"%d" % n) + b"," + line
            for n, line in enumerate(b.splitlines(keepends=True))
        ),
        "as an index",
        "remove",
    ),
    "empty columns": (lambda b: b.replace(b"\n", b",,\n"), "empty columns", "vfa format"),
    "a lost column": (lambda b: b.replace(b",name_vi,", b",", 1), "lacks name_vi", "must read"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_what_a_spreadsheet_did_to_the_header_is_recognised(workbook, name):
    change, words, advice = HEADERS[name]
    rewrite(workbook, change)
    (failure,) = vfa.validate(workbook.root, quick=True).failures
    assert (failure.rule, failure.line) == ("header", 1)
    assert words in failure.message
    assert advice in failure.advice


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_another_encoding_is_one_failure_that_says_how_to_import(workbook, encoding):
    rewrite(workbook, lambda b: b.decode().encode(encoding, "replace"))
    (failure,) = vfa.validate(workbook.root, quick=True).failures
    assert "CSV UTF-8" in failure.advice


@pytest.mark.parametrize(
    ("lines", "words"),
    [(b",,,,,,,,,,,\n" * 3, "3 rows have no cell"), (b"Total,,,,,,,,,,,\n", "a total")],
)
def test_lines_that_are_no_rows_are_one_failure(workbook, lines, words):
    commas = b"," * (len(workbook.tables[TABLE].field_names) - 1)
    rewrite(workbook, lambda b: b + lines.replace(b"," * 11, commas))
    (failure,) = vfa.validate(workbook.root, quick=True).failures
    assert (failure.rule, failure.line) == (
        "shape",
        len(workbook.rows(TABLE)) - lines.count(b"\n") + 2,
    )
    assert words in failure.message


def test_days_in_another_order_are_one_failure(workbook):
    rows = [
        r | {"starts_on": "/".join(reversed(r["starts_on"].split("-")))}
        for r in workbook.rows(TABLE)
    ]
    workbook.write(TABLE, rows)
    (failure,) = failures(workbook, "type")
    assert "another order" in failure.message


def test_a_key_used_twice_names_the_other_line(workbook):
    rows = workbook.rows(TABLE)
    rows.insert(4, rows[4])
    workbook.write(TABLE, rows)
    found = failures(workbook, "unique")
    assert {(f.line, f.message.rsplit(" ", 1)[1]) for f in found} == {(6, "7"), (7, "6")}


def test_a_quote_is_reported_where_it_opens(workbook):
    lines = (workbook.root / f"tables/{TABLE}.csv").read_bytes().splitlines(keepends=True)
    lines[8] = lines[8].replace(b",", b',"', 1)
    rewrite(workbook, lambda b: b"".join(lines))
    (failure,) = failures(workbook, "quoting")
    assert failure.line == 9


def test_a_line_break_in_a_cell_is_named_by_row_and_column(workbook):
    row, line = workbook.change(TABLE, lambda r: r["note"], note="first\nsecond")
    (failure,) = failures(workbook, "blanks")
    assert (failure.row, failure.line, failure.column) == (row, line, "note")


@pytest.mark.parametrize("space", [" ", "\u00a0", "\t", "\u3000"])
def test_blanks_of_every_kind_are_named(workbook, space):
    row, line = workbook.change(TABLE, lambda r: r["note"], note=f"said{space}")
    (failure,) = failures(workbook, "blanks")
    assert (failure.row, failure.line, failure.column) == (row, line, "note")


def test_more_failures_than_are_listed_are_counted(workbook):
    rows = workbook.rows("sources")
    workbook.write("sources", [row | {"kind": "hearsay"} for row in rows])
    report = vfa.validate(workbook.root, quick=True)
    listed = len({f.line for f in report.failures if f.file == "tables/sources.csv"})
    assert report.unlisted == {"tables/sources.csv": len(rows) - listed}
    assert f"{len(rows) - listed:,} more rows" in report.to_text()


def test_a_view_that_fails_is_named(workbook):
    path = workbook.root / "scripts/sql/checks/tiers.sql"
    path.write_text(path.read_text().replace("stated AS value", "never_stated AS value"))
    (failure,) = failures(workbook, "sql")
    assert failure.file == "scripts/sql/checks/tiers.sql"
    assert "never_stated" in failure.message


def test_a_missing_file_is_named(workbook):
    (workbook.root / f"tables/{TABLE}.csv").unlink()
    assert [f.file for f in failures(workbook, "file")] == [f"tables/{TABLE}.csv"]


def test_rows_out_of_order_are_named(workbook):
    rows = workbook.rows(TABLE)
    rows[3], rows[4] = rows[4], rows[3]
    workbook.write(TABLE, rows)
    (failure,) = failures(workbook, "order")
    assert (failure.file, failure.line) == (f"tables/{TABLE}.csv", 5)
    assert "vfa format" in failure.advice


def test_needless_quotes_are_named(workbook):
    rewrite(workbook, lambda b: b.replace(b"event_id", b'"event_id"', 1))
    assert [f.line for f in failures(workbook, "order")] == [1]


def test_a_descriptor_against_the_profile_is_named(workbook):
    path = workbook.root / "datapackage.json"
    descriptor = json.loads(path.read_text())
    descriptor["contributors"] = "the editors"
    path.write_text(json.dumps(descriptor))
    (failure,) = failures(workbook, "descriptor")
    assert failure.row == "contributors"


def test_a_descriptor_that_is_no_json_is_an_error(workbook):
    (workbook.root / "datapackage.json").write_text("{")
    with pytest.raises(
        vfa.PackageError, match=re.escape(f"{workbook.root}/datapackage.json is not JSON")
    ):
        vfa.validate(workbook.root)


def test_a_resource_without_a_schema_is_named(workbook):
    path = workbook.root / "datapackage.json"
    descriptor = json.loads(path.read_text())
    del descriptor["resources"][0]["schema"]
    path.write_text(json.dumps(descriptor))
    (failure,) = vfa.validate(workbook.root).failures
    assert (failure.rule, failure.row) == ("descriptor", "resources/sources/schema")


def test_a_constraint_that_nobody_checks_is_named(workbook):
    path = workbook.root / f"schemas/{TABLE}.json"
    schema = json.loads(path.read_text())
    schema["fields"][0]["constraints"]["jsonSchema"] = {}
    path.write_text(json.dumps(schema))
    (failure,) = failures(workbook, "descriptor")
    assert failure.row == "fields/event_id/constraints/jsonSchema"
    assert failure.column == "event_id"
