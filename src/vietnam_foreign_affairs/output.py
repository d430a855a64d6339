"""Show a relation on a terminal, or write it as CSV or JSON for other programs."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from datetime import date
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    import duckdb

FORMATS = ("table", "csv", "json")
SHOWN_ROWS = 60  # on a terminal; the other formats are always whole


def write(relation: duckdb.DuckDBPyRelation, format: str, limit: int | None = None) -> None:
    """Print a relation to standard output in one of `FORMATS`."""
    if format == "table":
        width = shutil.get_terminal_size((120, 40)).columns if sys.stdout.isatty() else 240
        relation.show(max_width=width, max_rows=limit or SHOWN_ROWS, null_value="")
        return
    if limit is not None:
        relation = relation.limit(limit)
    rows = relation.fetchall()
    if format == "csv":
        to_csv(sys.stdout, relation.columns, rows)
    else:
        records = [dict(zip(relation.columns, map(plain, row), strict=True)) for row in rows]
        json.dump(records, sys.stdout, ensure_ascii=False, indent=2)
        print()


def to_csv(out: TextIO, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Rows as CSV in the package's own conventions."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([text(value) for value in row] for row in rows)


def text(value: Any) -> str:
    """A value as a cell of the package's CSV files: blank for null, ISO dates, true and false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def plain(value: Any) -> Any:
    """A value that JSON has."""
    return value.isoformat() if isinstance(value, date) else value
