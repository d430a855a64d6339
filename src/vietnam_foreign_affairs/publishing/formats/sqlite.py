"""One SQLite file: typed tables with keys and indexes, views, full-text search, words.

A view is one where SQLite can say what DuckDB says, and else a table of its rows, as the derived
tables are. Descriptions stand as comments in each table's SQL and as rows of `data_dictionary`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from ...database import connect, described, in_dependency_order, quote
from ...output import text
from ...package import Field, Package, PackageError, Table
from ..files import all_tables, rows
from . import dictionary

FILE = "{name}.sqlite"
DICTIONARY = "data_dictionary"
# Every cell of every row once more, as text: what it is for, SQLite cannot do.
LEFT_OUT = ("row_values",)
# Dates are ISO text and booleans 0 or 1, as SQLite's own functions have them.
_TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "year": "INTEGER",
}


def write(pkg: Package, out: Path) -> None:
    con = sqlite3.connect(out / FILE.format(name=pkg.name))
    try:
        for table in in_dependency_order(all_tables(pkg)):
            con.execute(_create(table))
            _fill(con, table.name, len(table.fields), rows(table))
            for statement in _indexes(table) + _search(table):
                con.execute(statement)
        if orphans := con.execute("PRAGMA foreign_key_check").fetchall():
            raise PackageError(f"SQLite finds rows that refer to nothing: {orphans[:5]}")
        con.execute(f"CREATE TABLE {DICTIONARY} ({', '.join(dictionary.COLUMNS)})")
        _fill(con, DICTIONARY, len(dictionary.COLUMNS), dictionary.entries(pkg))
        _views(con, pkg)
        con.commit()
        con.execute("VACUUM")
    finally:
        con.close()


def _fill(con: sqlite3.Connection, name: str, width: int, found: list[tuple]) -> None:
    con.executemany(
        f"INSERT INTO {quote(name)} VALUES ({', '.join('?' * width)})",
        ([plain(value) for value in row] for row in found),
    )


def _create(table: Table) -> str:
    parts = []
    for field in table.fields:
        null = " NOT NULL" if field.required or field.name in table.primary_key else ""
        parts.append((f"{quote(field.name)} {_TYPES[field.type]}{null}", field.description))
    parts.append((f"PRIMARY KEY ({', '.join(map(quote, table.primary_key))})", ""))
    parts += [
        (
            f"FOREIGN KEY ({quote(key.field)}) "
            f"REFERENCES {quote(key.table)} ({quote(key.references)})",
            "",
        )
        for key in table.foreign_keys
    ]
    lines = [
        f"  {sql}{',' if number < len(parts) else ''}{_comment(words)}"
        for number, (sql, words) in enumerate(parts, 1)
    ]
    head = f"CREATE TABLE {quote(table.name)} ({_comment(table.description)}"
    return "\n".join([head, *lines, ")"])


def _comment(words: str) -> str:
    return " -- " + " ".join(words.split()) if words else ""


def _indexes(table: Table) -> list[str]:
    """An index on each foreign key; that of the primary key serves its first column."""
    return [
        f"CREATE INDEX {quote(f'{table.name}_{key.field}')} "
        f"ON {quote(table.name)} ({quote(key.field)})"
        for key in table.foreign_keys
        if key.field != table.primary_key[0]
    ]


def search_name(table: Table) -> str:
    return f"{table.name}_fts"


def searched(table: Table) -> tuple[str, ...]:
    """The columns of free text: no keys, no words to choose from, no patterns, no places."""
    keys = {"locator", *table.primary_key, *(key.field for key in table.foreign_keys)}

    def is_free(field: Field) -> bool:
        return field.type == "string" and not {"enum", "pattern"} & field.constraints.keys()

    return tuple(f.name for f in table.fields if is_free(f) and f.name not in keys)


def _search(table: Table) -> list[str]:
    """Full-text search over a table of the record; marks on letters do not count."""
    columns = searched(table)
    if not columns or table.role == "derived":
        return []
    name = quote(search_name(table))
    return [
        f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(map(quote, columns))}, "
        f"content={quote(table.name)}, tokenize='unicode61 remove_diacritics 2')",
        f"INSERT INTO {name} ({name}) VALUES ('rebuild')",
    ]


def _views(con: sqlite3.Connection, pkg: Package) -> None:
    from sqlglot.errors import SqlglotError

    from .sqlite_sql import Translator

    duck, views = connect(pkg), described(pkg)
    translator = Translator(views.values())
    known = {*LEFT_OUT, *(table.name for table in all_tables(pkg))}
    for view in views.values():
        if view.is_macro or view.name in known:
            continue
        found = duck.table(view.name)
        answer = found.fetchall()
        columns = ", ".join(map(quote, found.columns))
        try:
            select = translator.select(view.sql)
        except SqlglotError:
            select = ""
        if select and gives_the_same(con, select, lambda answer=answer: answer):
            con.execute(f"CREATE VIEW {quote(view.name)} ({columns}) AS\n{select}")
        else:
            con.execute(f"CREATE TABLE {quote(view.name)} ({columns})")
            order = sorted(answer, key=lambda row: [str(value) for value in row])
            _fill(con, view.name, len(found.columns), order)


def plain(value: Any) -> Any:
    """A value as SQLite keeps it: dates as ISO text, truth as 0 or 1, lists with blanks between."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return " ".join(value)
    return int(value) if isinstance(value, bool) else value


def gives_the_same(
    con: sqlite3.Connection, sql: str, rows: Callable[[], list[tuple[Any, ...]]], **params: Any
) -> bool:
    """Whether a SELECT runs in SQLite and gives the rows that DuckDB gives, in whatever order."""
    try:
        found = con.execute(sql, params).fetchall()
    except (sqlite3.Error, OverflowError):
        return False
    return sorted(map(_comparable, found)) == sorted(map(_comparable, rows()))


def _comparable(row: tuple[Any, ...]) -> tuple[str, ...]:
    cells = (round(v, 6) if isinstance(v, float) else plain(v) for v in row)
    return tuple(text(cell) for cell in cells)
