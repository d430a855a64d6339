"""One SQLite file: typed tables with primary and foreign keys; descriptions as comments."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from ...database import in_dependency_order, quote
from ...package import Package, PackageError, Table
from ..files import all_tables, rows

FILE = "{name}.sqlite"
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
            marks = ", ".join("?" * len(table.fields))
            con.executemany(
                f"INSERT INTO {quote(table.name)} VALUES ({marks})",
                ([_value(v) for v in row] for row in rows(table)),
            )
        con.commit()
        if orphans := con.execute("PRAGMA foreign_key_check").fetchall():
            raise PackageError(f"SQLite finds rows that refer to nothing: {orphans[:5]}")
        con.execute("VACUUM")
    finally:
        con.close()


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


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
