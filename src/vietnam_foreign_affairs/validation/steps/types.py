"""Step 5: each cell is of the type of its field, written in the one accepted way.

A cell that is not becomes null in the typed table and a failure in the report, so that every other
check still sees its row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...database import TYPES, literal, lock, quote, scan_sql
from ...package import Field, Package, Table
from .. import cache
from ..messages import FORMS, cause_of_dates
from ..report import Failure
from ..state import State, file_name
from .bytes import key_of

if TYPE_CHECKING:
    import duckdb

# Stricter than DuckDB and frictionless: no 2020-1-1, no 1_000, no NaN, no leading blank.
LEXICAL = {
    "integer": r"-?(0|[1-9][0-9]*)",
    "number": r"-?(0|[1-9][0-9]*)(\.[0-9]+)?",
    "boolean": "true|false",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "year": "[0-9]{4}",
}


def check(state: State) -> Iterator[Failure]:
    failed = {failure.file for failure in state.failures}
    for table in state.sound():
        name, row = quote(table.name), row_id(table)
        if table.name in state.unchanged:
            columns = ", ".join(quote(f.name) for f in table.fields)
            source, line = scan_sql(table), "row_number() OVER () + 1"
        else:
            columns = ", ".join(f"{_typed(f)} AS {quote(f.name)}" for f in table.fields)
            source, line = f"raw.{name}", "rowid + 2"
        state.con.execute(
            f"CREATE TABLE {name} AS SELECT {line} AS _line, {row} AS _row, {columns} FROM {source}"
        )
        count = state.con.execute(f"SELECT count(*) FROM {name}").fetchone()
        state.rows[table.name] = count[0]
        if table.name not in state.unchanged:
            found = list(_wrong(state, table, source, row))
            yield from found
            if not found and file_name(table) not in failed:
                cache.put("table", key_of(state, table))
    state.con.execute("DROP SCHEMA raw CASCADE")
    # From here on nothing needs a file, so nothing that the package brings can reach one.
    lock(state.con)


def empty(con: duckdb.DuckDBPyConnection, pkg: Package) -> None:
    """The typed tables without rows, for whoever needs their columns only."""
    for table in pkg.tables:
        columns = ", ".join(f"{quote(f.name)} {TYPES[f.type]}" for f in table.fields)
        con.execute(f"CREATE TABLE {quote(table.name)} (_line BIGINT, _row VARCHAR, {columns})")


def _wrong(state: State, table: Table, raw: str, row: str) -> Iterator[Failure]:
    typed = [f for f in table.fields if f.type != "string"]
    if not typed:
        return
    is_wrong = [f"({quote(f.name)} IS NOT NULL AND {_typed(f)} IS NULL)" for f in typed]
    cells = ", ".join(
        f"if({w}, {quote(f.name)}, NULL)" for f, w in zip(typed, is_wrong, strict=True)
    )
    _, found = state.rows_of(
        f"SELECT rowid + 2, {row}, {cells} FROM {raw} WHERE {' OR '.join(is_wrong)}",
        file_name(table),
    )
    for number, field in enumerate(typed):
        wrong = [(line, name, cells[number]) for line, name, *cells in found if cells[number]]
        message = f"the value is not of type {field.type}"
        if field.type == "date" and cause_of_dates([value for *_, value in wrong]):
            message = f"{len(wrong)} days are written in another order"
            wrong = wrong[:1]
        for line, name, value in wrong:
            yield Failure(
                "type",
                "structure",
                message,
                f"write {FORMS[field.type]}",
                file_name(table),
                line,
                name or "",
                field.name,
                value,
            )


def _typed(field: Field) -> str:
    cell = quote(field.name)
    if field.type == "string":
        return cell
    well = f"regexp_full_match({cell}, {literal(LEXICAL[field.type])})"
    return f"TRY_CAST(if({well}, {cell}, NULL) AS {TYPES[field.type]})"


def row_id(table: Table) -> str:
    """SQL: the primary key of a row as text, parts joined by a slash."""
    return " || '/' || ".join(quote(name) for name in table.primary_key)
