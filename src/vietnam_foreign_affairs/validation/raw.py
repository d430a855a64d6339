"""Load tables for validation: every cell is kept as text, typed where it can be.

Nothing that is wrong with a cell may stop the load: a cell that is not of its type becomes null
in the typed table and a failure in the report, and every other check still sees the row.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb

from ..database import TYPES, in_dependency_order, literal, quote
from ..package import Table
from .report import Failure

# Stricter than DuckDB and frictionless: no 2020-1-1, no 1_000, no NaN, no leading blank.
LEXICAL = {
    "integer": r"-?(0|[1-9][0-9]*)",
    "number": r"-?(0|[1-9][0-9]*)(\.[0-9]+)?",
    "boolean": "true|false",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "year": "[0-9]{4}",
}
FORMS = {
    "integer": "a whole number such as 25",
    "number": "a number such as 786.29",
    "boolean": "true or false",
    "date": "a day that exists, as YYYY-MM-DD",
    "year": "a year as YYYY",
}


def text_of(path: Path) -> tuple[str, list[Failure]]:
    """The text of a file and what is wrong with its bytes."""
    file = f"tables/{path.name}"
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return "", [Failure("file", "structure", "the file does not exist", "restore it", file)]
    failures = []

    def fail(message: str, advice: str, line: int | None = None) -> None:
        failures.append(Failure("file", "structure", message, advice, file, line))

    if data.startswith(b"\xef\xbb\xbf"):
        fail("starts with a byte order mark", "save as UTF-8 without BOM", 1)
        data = data[3:]
    if b"\0" in data:
        fail("holds a NUL byte", "remove it", data[: data.index(b"\0")].count(b"\n") + 1)
        data = data.replace(b"\0", b"")
    if b"\r" in data:
        fail(
            "has carriage returns",
            "end lines with LF only",
            data[: data.index(b"\r")].count(b"\n") + 1,
        )
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode("utf-8"), failures
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        fail("is not UTF-8", "save as UTF-8", line)
        return data.decode("utf-8", errors="replace"), failures


def rows_of(table: Table, text: str) -> tuple[list[list[str]], list[Failure]]:
    """Rows as [line, cell, ...] in the order of the schema, and what is wrong with their shape."""
    file = f"tables/{table.path.name}"
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    failures: list[Failure] = []
    rows: list[list[str]] = []
    try:
        header = next(reader, [])
        if header != list(table.field_names):
            failures.append(
                Failure(
                    "header",
                    "structure",
                    "the header is not that of the schema",
                    f"it must read {','.join(table.field_names)}",
                    file,
                    1,
                    value=",".join(header),
                )
            )
        place = [header.index(name) if name in header else None for name in table.field_names]
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(header):
                failures.append(
                    Failure(
                        "shape",
                        "structure",
                        f"the row has {len(cells)} cells",
                        f"a row has {len(header)}; quote a cell that holds a comma",
                        file,
                        line,
                    )
                )
                cells += [""] * len(header)
            rows.append([str(line), *("" if i is None else cells[i] for i in place)])
            line = reader.line_num + 1
    except csv.Error as error:
        failures.append(
            Failure(
                "quoting",
                "structure",
                f"the line cannot be read: {error}",
                "write quotes inside a quoted cell twice",
                file,
                reader.line_num,
            )
        )
    return rows, failures


def cell_failures(table: Table, rows: list[list[str]]) -> Iterator[Failure]:
    """Cells with blanks around them or line breaks in them."""
    for line, *cells in rows:
        for field, cell in zip(table.fields, cells, strict=True):
            if cell != cell.strip() or "\n" in cell:
                yield Failure(
                    "blanks",
                    "structure",
                    "the cell has blanks around it or a line break in it",
                    "remove them",
                    f"tables/{table.path.name}",
                    int(line),
                    row_name(table, cells),
                    field.name,
                    cell,
                )


def row_name(table: Table, cells: list[str]) -> str:
    """The primary key of a row as text, parts joined by a slash."""
    return "/".join(cells[table.field_names.index(name)] for name in table.primary_key)


def load(
    con: duckdb.DuckDBPyConnection, tables: tuple[Table, ...], rows: dict[str, list[list[str]]]
) -> list[Failure]:
    """Create the typed tables, each with its line as `_line`; return the cells of a wrong type."""
    failures: list[Failure] = []
    for table in in_dependency_order(tables):
        names = ", ".join(
            f"cells[{n}] AS {quote(name)}"
            for n, name in enumerate(("_line", *table.field_names), 1)
        )
        # As a literal: DuckDB imports pandas, which is slow, as soon as a query has parameters.
        cells = literal(json.dumps(rows[table.name], ensure_ascii=False))
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE raw AS SELECT {names} "
            f"""FROM (SELECT unnest(from_json({cells}::JSON, '[["VARCHAR"]]')) AS cells)"""
        )
        typed = [f"_line::BIGINT AS _line, {_row_id(table)} AS _row"]
        for field in table.fields:
            cell = f"nullif({quote(field.name)}, '')"
            if field.type == "string":
                typed.append(f"{cell} AS {quote(field.name)}")
                continue
            is_written_well = f"regexp_full_match({cell}, {literal(LEXICAL[field.type])})"
            good = f"CASE WHEN {is_written_well} THEN {cell} END"
            typed.append(f"TRY_CAST({good} AS {TYPES[field.type]}) AS {quote(field.name)}")
        con.execute(f"CREATE TABLE {quote(table.name)} AS SELECT {', '.join(typed)} FROM raw")
        others = [f for f in table.fields if f.type != "string"]
        if others:
            wrong = " UNION ALL ".join(
                f"SELECT r._line::BIGINT, t._row, {literal(f.name)}, r.{quote(f.name)} FROM raw r "
                f"JOIN {quote(table.name)} t ON t._line = r._line::BIGINT "
                f"WHERE r.{quote(f.name)} <> '' AND t.{quote(f.name)} IS NULL"
                for f in others
            )
            for line, row, column, value in con.execute(wrong).fetchall():
                kind = table.field(column).type
                failures.append(
                    Failure(
                        "type",
                        "structure",
                        f"the value is not of type {kind}",
                        f"write {FORMS[kind]}",
                        f"tables/{table.path.name}",
                        line,
                        row,
                        column,
                        value,
                    )
                )
    return failures


def _row_id(table: Table) -> str:
    return " || '/' || ".join(quote(name) for name in table.primary_key)
