"""Step 8: the documents say of the columns all that holds: what is always so is a rule.

A column that is always filled is required, one that names rows and repeats nothing is unique, a
list holds the words that are used, a text of nothing but numbers is a number. Where a table has
failures of its own, or few rows, nothing can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...database import literal, quote
from ...package import Table
from .. import cache
from ..documents import Document, Place
from ..report import Failure
from ..rules.of_documents.keys import fields_of
from ..state import State, file_name
from .types import LEXICAL

LEAD = 10  # years that a coverage may begin before its first row: none was found in them
FEW = 5  # rows or cells; what holds for fewer holds by chance
# Columns that say which thing a row is about.
IDENTIFYING = r"name_(en|vi)|abbreviation|definition|summary|url|iso2|m49|\w+_code"
LOOKS = {**LEXICAL, "word": "[a-z]+(_[a-z]+)*"}


def check(state: State) -> Iterator[Failure]:
    failed = {failure.file for failure in state.failures}
    for place, resource, schema in state.documents.tables:
        file = resource["path"]
        table = next((t for t in state.sound() if file_name(t) == file), None)
        if table is None or {file, schema.file} & failed:
            continue
        key = cache.key_of(cache.code(), state.files[table.name].digest, resource, schema.text)
        if cache.get("claims", key) is not None:
            continue
        found = [
            *_counted(state, table, place, resource),
            *_reaches(state, table, place, resource),
            *_columns(state, table, schema),
        ]
        yield from found
        if not found:
            cache.put("claims", key)


def _counted(
    state: State, table: Table, place: Place, resource: dict[str, Any]
) -> Iterator[Failure]:
    """A release says how large a file is, and what its digest is."""
    file = state.files[table.name]
    for key, value in (
        ("bytes", file.size),
        ("hash", f"sha256:{file.digest}"),
        ("rows", state.rows[table.name]),
    ):
        if resource.get(key, value) != value:
            yield state.documents.descriptor.fail(
                "counted", (*place, key), f"{resource['path']} has {value}",
                "restore the file of the release", resource[key],
            )  # fmt: skip


def _reaches(
    state: State, table: Table, place: Place, resource: dict[str, Any]
) -> Iterator[Failure]:
    """A coverage begins about where the rows do, and goes beyond its last check only as they do."""
    coverage = resource["coverage"]
    days = [quote(field.name) for field in table.fields if field.type == "date"]
    first = last = None
    if days:
        first, last = state.con.execute(
            f"SELECT year(min(least({', '.join(days)}))), year(max(greatest({', '.join(days)}))) "
            f"FROM {quote(table.name)}"
        ).fetchone()
    begins, ends, checked = (int(coverage[key][:4]) for key in ("from", "to", "last_checked"))
    if first is not None and begins < first - LEAD:
        yield state.documents.descriptor.fail(
            "claims", (*place, "coverage", "from"), f"no row is earlier than {first}",
            f"begin the coverage in {first}", coverage["from"],
        )  # fmt: skip
    last = max(last or checked, checked)
    if ends > last:
        yield state.documents.descriptor.fail(
            "claims", (*place, "coverage", "to"), f"no row is later than {last}",
            f"end the coverage in {last}", coverage["to"],
        )  # fmt: skip


def _columns(state: State, table: Table, schema: Document) -> Iterator[Failure]:
    rows = state.rows[table.name]
    if rows < FEW:
        return
    fields = fields_of(schema)
    parts = ", ".join(_facts(field) for _, field in fields.values())
    found = state.con.execute(f"SELECT {parts} FROM {quote(table.name)}").fetchone()
    keys = {*schema.content["primaryKey"]}
    keys |= {key["fields"][0] for key in schema.content.get("foreignKeys", ())}
    for (place, field), facts in zip(fields.values(), found, strict=True):
        wrong = [*_constraints(field, facts, rows), *_words(field, facts)]
        if field["name"] not in keys and facts["filled"] >= FEW:
            wrong += _type(state, table, field, facts)
        for rule, where, message, advice, value in wrong:
            yield schema.fail(rule, (*place, *where), message, advice, value)


def _facts(field: dict[str, Any]) -> str:
    """SQL: how many cells are filled, how many differ, the words of a list, first and last."""
    name, has = quote(field["name"]), field.get("constraints", {})
    differ, words, ends = "0", "[]", "[]"
    if "unique" not in has and re.fullmatch(IDENTIFYING, field["name"]):
        differ = f"count(DISTINCT {name})"
    if "enum" in has:
        words = f"list(DISTINCT {name})"
    elif field["type"] == "string" and "pattern" not in has:
        ends = f"[min({name}), max({name})]"
    return f"{{filled: count({name}), differ: {differ}, words: {words}, ends: {ends}}}"


Wrong = tuple[str, Place, str, str, object]


def _constraints(field: dict[str, Any], facts: dict[str, Any], rows: int) -> Iterator[Wrong]:
    has, filled = field.get("constraints", {}), facts["filled"]
    here = ("constraints",) if has else ()
    if filled == rows and "required" not in has:
        yield "filled", here, "the column is always filled, and need not be", "add required", None
    if filled >= FEW and facts["differ"] == filled:
        yield "repeated", here, "no two rows have the same, and they might", "add unique", None


def _words(field: dict[str, Any], facts: dict[str, Any]) -> Iterator[Wrong]:
    if field["name"].endswith("_precision"):
        return
    used, reserved = set(facts["words"]), field.get("reserved", [])
    for number, word in enumerate(field.get("constraints", {}).get("enum", ())):
        if word not in used and word not in reserved:
            place = ("constraints", "enum", number)
            yield "words", place, "no row uses this word", "remove it, or add it to reserved", word
    for number, word in enumerate(reserved):
        if word in used:
            place = ("reserved", number)
            yield (
                "words",
                place,
                "a row uses this word",
                "it is reserved no longer: remove it",
                word,
            )


def _type(
    state: State, table: Table, field: dict[str, Any], facts: dict[str, Any]
) -> Iterator[Wrong]:
    name = quote(field["name"])
    for kind, form in LOOKS.items():
        # What the first and the last cell are not, all cells are not.
        if not facts["ends"] or not all(re.fullmatch(form, end) for end in facts["ends"]):
            continue
        (all_are,) = state.con.execute(
            f"SELECT bool_and(regexp_full_match({name}, {literal(form)})) FROM {quote(table.name)}"
        ).fetchone()
        if all_are and kind == "word":
            place = ("constraints",) if "constraints" in field else ()
            message = "the column holds nothing but words of a list"
            yield "typed", place, message, "add enum, pattern or a foreign key", None
            return
        if all_are:
            message = f"the column holds nothing but values of type {kind}"
            yield "typed", ("type",), message, f"write {kind}, or add a pattern", field["type"]
            return
