"""Table Schema -> pandera: required, unique, enum, pattern, bounds and references, on Ibis tables.

Each constraint becomes a table-level check with a name of its own, `column: constraint`, so that
the engine can run them all in one query and a failure can say which one broke.
A constraint or type that is not known here is an error: nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import reduce
from typing import Any

import ibis
import pandera.ibis as pa

from ..package import Field, Table

_TYPES = {
    "string": "string",
    "integer": "int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "date",
    "year": "int64",
}
Condition = Callable[[ibis.Table], Any]
SEPARATOR = "\x1f"  # in no cell


def pandera_schema(table: Table, tables: Mapping[str, ibis.Table] | None = None) -> Any:
    """The pandera `DataFrameSchema` of a table, for `schema.validate(ibis_table)`.

    With `tables` (Ibis tables by name) foreign keys are checked too.
    Raises `ValueError` for a type or constraint that Table Schema knows and this package does not.
    """
    checks = [
        _check(f"{field.name}: {name}", condition)
        for field in table.fields
        for name, condition in _constraints(field, field.name in table.primary_key)
    ]
    checks += [
        _check(f"{', '.join(key)}: unique", _unique(key))
        for key in (table.primary_key, *table.unique_keys, *_unique_fields(table))
    ]
    if tables is not None:
        checks += [
            _check(
                f"{key.field}: foreign key",
                _refers_to(key.field, tables[key.table], key.references),
            )
            for key in table.foreign_keys
        ]
    columns = {
        field.name: pa.Column(
            ibis.dtype(_dtype(field)), nullable=True, description=field.description
        )
        for field in table.fields
    }
    return pa.DataFrameSchema(columns, checks=checks, name=table.name)


def with_rules(schema: Any, rules: list[Any], tables: Mapping[str, ibis.Table]) -> Any:
    """The schema with domain rules as further checks, named `column: rule`."""
    checks = [
        _check(f"{rule.column}: {rule.id}", lambda t, rule=rule: rule.holds(t, tables))
        for rule in rules
    ]
    return pa.DataFrameSchema(schema.columns, checks=[*schema.checks, *checks], name=schema.name)


def _dtype(field: Field) -> str:
    try:
        return _TYPES[field.type]
    except KeyError:
        raise ValueError(f"{field.name}: type {field.type!r} is not supported") from None


def _check(name: str, condition: Condition) -> Any:
    # pandera hands an IbisData to a check; `.table` is the Ibis table.
    return pa.Check(lambda data: condition(data.table), name=name)


def _constraints(field: Field, is_key: bool) -> list[tuple[str, Condition]]:
    name, found = field.name, []
    for constraint, value in field.constraints.items():
        if constraint in ("required", "unique"):
            continue  # unique: with the keys; required: below
        found.append((constraint, _constraint(name, constraint, _cast(field, value))))
    if field.required or is_key:
        found.append(("required", lambda t: t[name].notnull()))
    return found


def _constraint(name: str, constraint: str, value: Any) -> Condition:
    def holds(of: Callable[[Any], Any]) -> Condition:
        return lambda t: t[name].isnull() | of(t[name])

    if constraint == "enum":
        return holds(lambda c: c.isin(value))
    if constraint == "pattern":
        return holds(lambda c: c.re_search(f"^(?:{value})$"))
    if constraint == "minimum":
        return holds(lambda c: c >= value)
    if constraint == "maximum":
        return holds(lambda c: c <= value)
    if constraint == "minLength":
        return holds(lambda c: c.length() >= value)
    if constraint == "maxLength":
        return holds(lambda c: c.length() <= value)
    raise ValueError(f"{name}: constraint {constraint!r} is not supported")


def _cast(field: Field, value: Any) -> Any:
    if field.type != "date":
        return value
    if isinstance(value, list):
        return [date.fromisoformat(v) for v in value]
    return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)) else value


def _unique_fields(table: Table) -> list[tuple[str, ...]]:
    return [(field.name,) for field in table.fields if field.constraints.get("unique")]


def _unique(key: tuple[str, ...]) -> Condition:
    # A blank single value is no value; in a key of several columns a blank is a value like others.
    # Not as a window: pandera's own validation aggregates a check, and SQL aggregates no window.
    def condition(t: ibis.Table) -> Any:
        parts = [t[name].cast("string").fill_null("") for name in key]
        whole = reduce(lambda left, right: left + SEPARATOR + right, parts)
        keys = t.select(whole=whole).group_by("whole").aggregate(rows=ibis._.count())
        alone = whole.notin(keys.filter(keys.rows > 1).whole)
        return t[key[0]].isnull() | alone if len(key) == 1 else alone

    return condition


def _refers_to(name: str, other: ibis.Table, column: str) -> Condition:
    return lambda t: t[name].isnull() | t[name].isin(other[column])
