"""Step 7: keys, constraints, references and domain rules: one query a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...database import TYPES, literal, quote
from ...package import Table
from .. import cache
from ..engine import Plan, broken_checks
from ..messages import advice_on, message_of
from ..plans import plan_of
from ..report import Failure
from ..rules import DomainRule, rules_of
from ..state import State, file_name


def check(state: State) -> Iterator[Failure]:
    # A cell of a wrong type is null in the database: its one failure is the type.
    mistyped = {(f.file, f.line, f.column) for f in state.failures if f.rule == "type"}
    for table in state.sound():
        try:
            plan = plan_of(state.package, table)
        except (AttributeError, TypeError, ValueError) as error:  # Ibis errors are among them
            yield _unfit(state, table, error)
            continue
        if state.broken & plan.reads.keys():
            state.waiting.add(table.name)
            continue
        key = cache.key_of(cache.code(), plan, _read(state, plan, table.name))
        if cache.get("rules", key) is not None:
            continue
        own = rules_of(table)
        found = list(broken_checks(plan, *state.bad_rows(plan, file_name(table))))
        for name, row in found:
            failure = _failure(state, table, name, row, own)
            cells = {(failure.file, failure.line, c) for c in failure.column.split(", ")}
            if not cells & mistyped:
                yield failure
        if not found:
            cache.put("rules", key)


def _read(state: State, plan: Plan, own: str) -> list[str]:
    """Digests of what a plan reads: a table's own file, and columns of the others."""
    return [
        state.digest_of(name, () if name == own else columns)
        for name, columns in plan.reads.items()
    ]


def _failure(
    state: State, table: Table, name: str, row: dict[str, Any], own: list[DomainRule]
) -> Failure:
    column, constraint = name.split(": ", 1)
    place = (file_name(table), row["_line"], row["_row"] or "", column)
    columns = column.split(", ")
    value = "/".join("" if row[c] is None else str(row[c]) for c in columns)
    rule = next((r for r in own if r.id == constraint and r.column == column), None)
    if rule:
        title = f"{rule.title[0].lower()}{rule.title[1:]}"
        return Failure(rule.id, "domain", title, rule.advice, *place, value)
    advice = advice_on(table.field(columns[0]), constraint, table)
    message = message_of(constraint, columns)
    if constraint == "unique" and (other := _other_line(state, table, columns, row)):
        message += f", in line {other}"
    return Failure(constraint, "structure", message, advice, *place, value)


def _unfit(state: State, table: Table, error: Exception) -> Failure:
    """For a schema that lacks a column that a rule asks for, or has it with another type."""
    file = next(
        r["schema"] for r in state.package.descriptor["resources"] if r["name"] == table.name
    )
    message = f"a rule cannot be asked of these columns: {str(error)[:200]}"
    advice = "restore the column and its type, or change the rule"
    return Failure("columns", "structure", message, advice, file)


def _other_line(state: State, table: Table, columns: list[str], row: dict[str, Any]) -> int | None:
    """The line of another row with the same values in these columns."""
    same = " AND ".join(
        f"{quote(c)} IS NOT DISTINCT FROM "
        + ("NULL" if row[c] is None else f"{literal(row[c])}::{TYPES[table.field(c).type]}")
        for c in columns
    )
    found = state.con.execute(
        f"SELECT min(_line) FROM {quote(table.name)} WHERE {same} AND _line <> {row['_line']}"
    ).fetchone()
    return found[0]
