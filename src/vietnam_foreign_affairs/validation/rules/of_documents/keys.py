"""Rules on the keys of schemas: primary, unique and foreign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...documents import Document, Documents, Place
from ...report import Failure
from .. import Rule

RULE = Rule(
    "keys",
    "structure",
    "Keys name columns that are there, filled and in a form; references lead to such keys",
    "joins",
)


# Validation itself joins these tables by more than their ids.
JOINED_BY = {
    "corrections": ["table_name", "row_id", "field"],
    "discrepancies": ["check_id", "subject"],
    "evidence": ["table_name", "row_id", "field", "source_id"],
}


def check(docs: Documents) -> Iterator[Failure]:
    for schema in docs.schemas:
        yield from _fields_once(schema)
        yield from _keys(schema)
    for _, resource, schema in docs.tables:
        key = JOINED_BY.get(resource["name"], [])
        if key and not any(set(key) <= set(each) for each in schema.content.get("uniqueKeys", ())):
            advice = f"make a unique key of {', '.join(key)}"
            yield schema.fail(RULE.id, ("uniqueKeys",), "validation joins by a key", advice)
    yield from _references(docs)


def fields_of(schema: Document) -> dict[str, tuple[Place, dict[str, Any]]]:
    """The columns of a schema by name, with their places."""
    fields = schema.content["fields"]
    return {field["name"]: (("fields", n), field) for n, field in enumerate(fields)}


def constraints_of(field: dict[str, Any]) -> dict[str, Any]:
    return field.get("constraints", {})


def _fields_once(schema: Document) -> Iterator[Failure]:
    names = [field["name"] for field in schema.content["fields"]]
    for number, name in enumerate(names):
        if name in names[:number]:
            place = ("fields", number, "name")
            yield schema.fail(RULE.id, place, "another column has this name", "rename it", name)


def _keys(schema: Document) -> Iterator[Failure]:
    content, fields = schema.content, fields_of(schema)
    named = [(("primaryKey", n), name) for n, name in enumerate(content["primaryKey"])]
    for number, key in enumerate(content.get("uniqueKeys", ())):
        named += [(("uniqueKeys", number, n), name) for n, name in enumerate(key)]
    for number, key in enumerate(content.get("foreignKeys", ())):
        named.append((("foreignKeys", number, "fields", 0), key["fields"][0]))
    for place, name in named:
        if name not in fields:
            yield schema.fail(RULE.id, place, "the key names no column", "name a column", name)
    if content["primaryKey"] != list(fields)[: len(content["primaryKey"])]:
        advice = "put the columns of the key first, in their order"
        yield schema.fail(RULE.id, ("primaryKey",), "the key does not come first", advice)
    for name in fields.keys() & set(content["primaryKey"]):
        place, field = fields[name]
        has = constraints_of(field)
        if "required" not in has:
            yield schema.fail(
                RULE.id, (*place, "constraints"), "a column of the key may be blank",
                "add required",
            )  # fmt: skip
        if field["type"] == "string" and not has.keys() & {"pattern", "enum"}:
            yield schema.fail(
                RULE.id, (*place, "constraints"), "an id has no form", "add a pattern or a list"
            )


def _references(docs: Documents) -> Iterator[Failure]:
    """References lead to a key of the same type and form, and no id goes without one."""
    tables = {resource["name"]: schema for _, resource, schema in docs.tables}
    owners = _owners(tables)
    for name, schema in tables.items():
        fields, refers = fields_of(schema), {}
        for number, key in enumerate(schema.content.get("foreignKeys", ())):
            place = ("foreignKeys", number, "reference")
            target, column = key["reference"]["resource"] or name, key["reference"]["fields"][0]
            refers[key["fields"][0]] = (target, column)
            if docs.descriptor and target not in {r["name"] for _, r in docs.resources}:
                message = "there is no such table"
                yield schema.fail(RULE.id, (*place, "resource"), message, "name a table", target)
            elif target in tables and key["fields"][0] in fields:
                yield from _reference(
                    schema, place, fields[key["fields"][0]], tables[target], column
                )
        for column, owner in owners.items():
            if column in fields and owner != name and refers.get(column) != (owner, column):
                yield schema.fail(
                    RULE.id, (*fields[column][0], "name"), f"it does not refer to {owner}",
                    f"add the foreign key to {owner}.{column}", column,
                )  # fmt: skip


def _owners(tables: dict[str, Document]) -> dict[str, str]:
    """By the name of a key, the table whose key it is, and refers to no other."""
    owners = {}
    for name, schema in tables.items():
        key = schema.content["primaryKey"]
        refers = [k["fields"] for k in schema.content.get("foreignKeys", ())]
        if key == [schema.content["fields"][0]["name"]] and key not in refers:
            owners[key[0]] = name
    return owners


def _reference(
    schema: Document,
    place: Place,
    field: tuple[Place, dict[str, Any]],
    target: Document,
    column: str,
) -> Iterator[Failure]:
    found = fields_of(target).get(column)
    if found is None:
        message = f"{target.file} has no such column"
        yield schema.fail(RULE.id, (*place, "fields"), message, "name its key", column)
        return
    other, mine = constraints_of(found[1]), constraints_of(field[1])
    if target.content["primaryKey"] != [column] and "unique" not in other:
        message = f"{column} is no key of {target.file}"
        yield schema.fail(RULE.id, (*place, "fields"), message, "refer to its key", column)
    if found[1]["type"] != field[1]["type"]:
        message = f"it refers to a column of type {found[1]['type']}"
        yield schema.fail(
            RULE.id, (*field[0], "type"), message, "give both one type", field[1]["type"]
        )
    elif other.get("pattern") != mine.get("pattern") and column != field[1]["name"]:
        # Of columns of one name `columns` says it.
        message = f"it refers to a column with the pattern {other.get('pattern')}"
        where = (*field[0], "constraints", "pattern")
        yield schema.fail(RULE.id, where, message, "give both one pattern", mine.get("pattern"))
