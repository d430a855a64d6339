"""Rules on the columns of schemas: constraints, and names that say what a column is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from ....database import literal
from ...documents import Document, Documents, Place
from ...report import Failure
from .. import Rule
from .keys import constraints_of, fields_of

CONSTRAINTS = Rule(
    "constraints",
    "structure",
    "A constraint can be checked, and says something",
    "rules that would be passed over in silence",
)
COLUMNS = Rule(
    "columns",
    "structure",
    "A column is what its name says, and the same in every table",
    "queries over several tables",
)
PRECISIONS = ["day", "month", "year"]
# Ids of what is no table of the package, or of any table: relational checks follow them.
ELSEWHERE = {"row_id", "check_id", "wikidata_id"}
PROVENANCE = ("source_id", "locator", "note")
SAME = ("type", "unit", "constraints/pattern")
OPTIONAL = {"constraints/pattern"}  # it may be left out
ANYTHING = ("", " ", "Any text at all, or is it?")


def check(docs: Documents) -> Iterator[Failure]:
    unread = _unread(docs)
    for schema in docs.schemas:
        yield from _constraints(schema, unread)
        yield from _names(schema)
    yield from _same(docs)
    for _, resource, schema in docs.tables:
        yield from _role(resource, schema)


def _constraints(schema: Document, unread: set[str]) -> Iterator[Failure]:
    for place, field in fields_of(schema).values():
        has = constraints_of(field)
        for least, most in (("minimum", "maximum"), ("minLength", "maxLength")):
            if least in has and most in has and has[least] > has[most]:
                yield _constraint(
                    schema, place, most, f"it is less than {least}", "exchange the two", has
                )
        if "pattern" in has:
            if has["pattern"] in unread:
                advice = "write a regular expression that Python and RE2 read"
                yield _constraint(schema, place, "pattern", "it cannot be read", advice, has)
            elif any(re.fullmatch(has["pattern"], text) for text in ANYTHING):
                advice = "write a pattern that refuses what is wrong"
                yield _constraint(schema, place, "pattern", "it takes any text", advice, has)
        if unknown := set(field.get("reserved", ())) - set(has.get("enum", ())):
            yield schema.fail(
                CONSTRAINTS.id, (*place, "reserved"),
                f"{min(unknown)} is no word of the list", "add it to enum, or remove it here",
                min(unknown),
            )  # fmt: skip


def _unread(docs: Documents) -> set[str]:
    """The patterns that Python or DuckDB (RE2) cannot read."""
    import duckdb

    fields = [field for schema in docs.schemas for field in schema.content["fields"]]
    unread = set()
    with duckdb.connect() as con:
        for pattern in {constraints_of(field).get("pattern") for field in fields} - {None}:
            try:
                re.compile(pattern)
                con.execute(f"SELECT regexp_full_match('', {literal(pattern)})")
            except (re.error, RecursionError, duckdb.Error):
                unread.add(pattern)
    return unread


def _constraint(
    schema: Document, place: Place, name: str, message: str, advice: str, has: dict[str, Any]
) -> Failure:
    where = (*place, "constraints", name)
    return schema.fail(CONSTRAINTS.id, where, message, advice, str(has[name]))


def _names(schema: Document) -> Iterator[Failure]:
    """What the name of a column says of its type."""
    fields = fields_of(schema)
    refers = {key["fields"][0] for key in schema.content.get("foreignKeys", ())}
    for name, (place, field) in fields.items():
        expected = "date" if name.endswith("_on") else "year" if name == "year" else None
        if expected and field["type"] != expected:
            message = f"the name says that it is a {expected}"
            yield schema.fail(
                COLUMNS.id, (*place, "type"), message, f"write {expected}", field["type"]
            )
        if field["type"] == "date" and not name.endswith("_on"):
            yield schema.fail(
                COLUMNS.id, (*place, "type"), "the name of a day ends in _on", "rename it, or "
                "give it its type", field["type"],
            )  # fmt: skip
        if name.endswith("_precision"):
            yield from _precision(schema, place, field, fields.get(name[:-10]))
        is_known = {name} & {*refers, *schema.content["primaryKey"], *ELSEWHERE}
        if name.endswith("_id") and not is_known and "enum" not in constraints_of(field):
            advice = "add a foreign key"
            yield schema.fail(COLUMNS.id, (*place, "name"), "an id refers to nothing", advice, name)


def _precision(
    schema: Document,
    place: Place,
    field: dict[str, Any],
    day: tuple[Place, dict[str, Any]] | None,
) -> Iterator[Failure]:
    has = constraints_of(field)
    if day is None or day[1]["type"] != "date":
        yield schema.fail(
            COLUMNS.id, (*place, "name"), "there is no day of this name", "name it after its day",
            field["name"],
        )  # fmt: skip
    elif ("required" in has) != ("required" in constraints_of(day[1])):
        yield schema.fail(
            COLUMNS.id, (*place, "constraints"),
            f"one of it and {day[1]['name']} is required, the other is not", "both or neither",
        )  # fmt: skip
    if has.get("enum") != PRECISIONS:
        yield schema.fail(
            COLUMNS.id, (*place, "constraints", "enum"), "a precision is day, month or year",
            f"write {', '.join(PRECISIONS)}", has.get("enum"),
        )  # fmt: skip


def _same(docs: Documents) -> Iterator[Failure]:
    """A column that several tables have is of one type, unit and pattern in all.

    The columns of provenance have one title too.
    """
    columns = defaultdict(list)
    for schema in docs.schemas:
        for name, (place, field) in fields_of(schema).items():
            has = {f"constraints/{key}": value for key, value in constraints_of(field).items()}
            columns[name].append((schema, place, field | has))
    for name, places in columns.items():
        for key in (*SAME, *(("title", "title_vi") if name in PROVENANCE else ())):
            said = [s for s in places if key in s[2] or key not in OPTIONAL]
            if key not in SAME:  # in the table of sources it is the key
                said = [s for s in said if name not in s[0].content["primaryKey"]]
            values = Counter(field.get(key) for _, _, field in said).most_common()
            # Where two are as common, both are named.
            odd = {value for value, count in values[1:]}
            odd |= {value for value, count in values if odd and count == values[-1][1]}
            for schema, place, field in said:
                if field.get(key) in odd:
                    usual = next((v for v, _ in values if v != field.get(key)), None)
                    message = f"the column has {usual or 'none'} as its {key} in other tables"
                    advice = "let all agree, or rename one"
                    where = (*place, *key.split("/"))
                    yield schema.fail(COLUMNS.id, where, message, advice, field.get(key) or "")


def _role(resource: dict[str, Any], schema: Document) -> Iterator[Failure]:
    """Facts and links cite sources; a link has a key of several columns, a fact of one; of all
    tables a vocabulary defines its words.
    """
    fields, key, role = fields_of(schema), schema.content["primaryKey"], resource["role"]
    if role in ("facts", "links"):
        for name in PROVENANCE[:1]:  # the others where a row fills them
            if name not in fields:
                advice = f"add {name}"
                yield schema.fail(COLUMNS.id, ("fields",), f"{name} is missing", advice, name)
        if "source_id" in fields and "required" not in constraints_of(fields["source_id"][1]):
            place = (*fields["source_id"][0], "constraints")
            yield schema.fail(COLUMNS.id, place, "a row may go without a source", "add required")
        if (len(key) > 1) != (role == "links"):
            message = f"a table of {role} has a key of {'one' if role == 'facts' else 'several'}"
            yield schema.fail(COLUMNS.id, ("primaryKey",), message, "mend key or role", role)
    if ("definition" in fields) != (role == "vocabulary"):
        message = "a vocabulary, and nothing else, has definitions"
        yield schema.fail(COLUMNS.id, ("fields",), message, "mend columns or role", role)
