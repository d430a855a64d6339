"""Corrections against the ledger: each has its difference, and knows what was published."""

from __future__ import annotations

from collections.abc import Iterator

from ..database import literal, quote
from ..ledger import SCHEMA, fingerprint_sql
from ..package import Table
from .report import Failure
from .state import State, file_name

RULE = "ledger"
TABLE = "corrections"
FILE = f"tables/{TABLE}.csv"
# As a number is written in the table, 1.50 is 1.5.
_CELL = fingerprint_sql("p.was")
_NUMBER = fingerprint_sql("regexp_replace(try_cast(p.was AS DOUBLE)::VARCHAR, '\\.0$', '')")
_BECAME = f"if(c.row_id = '{SCHEMA}' AND c.now = '', '', {fingerprint_sql('c.now')})"
_WRONG = f"""
    SELECT p._line, p._row, p.table_name, p.row_id, c.row_id IS NOT NULL AS is_change,
        c.published IN ({_CELL}, {_NUMBER}) AS is_known, p.was, p.field, c.line, c.now
    FROM ledger.pending p
    LEFT JOIN ledger.changes c ON c.table_name = p.table_name AND c.row_id = p.row_id
        AND c.field = coalesce(p.field, '')
    WHERE p.table_name IN ({{names}}) AND p.kind NOT IN ('renamed', 'merged')
        AND (c.row_id IS NULL OR p.field IS NOT NULL AND NOT (
            c.published IN ({_CELL}, {_NUMBER}) AND coalesce(p.became, '') = {_BECAME}
        ))
"""
_WRONG_NAMES = """
    SELECT p._line, p._row, p.table_name, p.row_id, false, NULL, p.was, p.field, NULL, NULL
    FROM ledger.pending p
    LEFT JOIN ledger.published o ON o.file = 'tables/' || p.table_name AND o.row_id = p.was
    LEFT JOIN main.{table} t ON t._row = p.row_id
    LEFT JOIN main.{table} w ON w._row = p.was
    WHERE p.table_name = {name} AND p.kind IN ('renamed', 'merged')
        AND NOT (o.row_id IS NOT NULL AND t._row IS NOT NULL AND w._row IS NULL)
"""


def wrong(state: State, tables: list[Table]) -> Iterator[Failure]:
    """Corrections that have no difference, and those that do not know what was published."""
    by_name = {table.name: table for table in tables}
    queries = [_WRONG.format(names=", ".join(map(literal, by_name)))]
    for (name,) in state.con.execute("SELECT DISTINCT table_name FROM ledger.renamed").fetchall():
        if name in by_name:
            queries.append(_WRONG_NAMES.format(table=quote(name), name=literal(name)))
    for query in queries:
        _, found = state.rows_of(query, FILE)
        for line, correction, name, *change in found:
            yield _failure(by_name[name], line, correction, *change)
    names = ", ".join(literal(table.name) for table in state.package.tables)
    _, found = state.rows_of(
        f"SELECT _line, _row, table_name FROM ledger.pending WHERE table_name NOT IN ({names})",
        FILE,
    )
    for line, row, name in found:
        yield fail(
            "there is no such table",
            "write the name of a table",
            FILE,
            line,
            row,
            "table_name",
            name,
        )


def _failure(
    table: Table,
    line: int,
    correction: str,
    row_id: str,
    is_change: bool,
    is_known: bool,
    was: str | None,
    field: str,
    cell_line: int | None,
    now: str | None,
) -> Failure:
    if is_change and is_known:
        message, undo = "this was corrected, and then changed once more", "restore the cell"
        if row_id == SCHEMA:
            file = f"schemas/{table.name}.json"
            return fail(message, advice(table, undo), file, row=field, value=now or "")
        file = file_name(table)
        return fail(message, advice(table, undo), file, cell_line, row_id, field, now or "")
    if is_change:
        message, undo = "this is not what was published", "write the cell as the release has it"
        return fail(message, undo, FILE, line, correction, "was", was or "")
    message, undo = f"nothing was changed in {row_id}", "remove the correction"
    return fail(message, undo, FILE, line, correction, "row_id", row_id)


def advice(table: Table, undo: str) -> str:
    return f'run vfa correct {table.name} --why "...", or {undo}'


def fail(
    message: str,
    advice: str,
    file: str,
    line: int | None = None,
    row: str = "",
    column: str = "",
    value: str | None = None,
) -> Failure:
    return Failure(RULE, "relational", message, advice, file, line, row, column, value)
