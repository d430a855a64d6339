"""The canonical form of a table's file: sorted by primary key, quoted only where needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from .package import Table


def format_rows(table: Table, rows: list[list[str]]) -> str:
    """The file's text for rows of cells in the order of the schema. No value is touched."""
    key = [table.field_names.index(name) for name in table.primary_key]
    return to_text([table.field_names, *sorted(rows, key=lambda row: [row[i] for i in key])])


def to_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells as CSV: commas, line feeds, quotes only where needed."""
    rows = [list(row) for row in rows]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    if "\r" not in out.getvalue():
        return out.getvalue()
    # Not every Python quotes a carriage return, and unquoted it ends the row.
    lines = (",".join(map(_quoted, row)) or '""' for row in rows)  # one blank cell is no blank line
    return "".join(f"{line}\n" for line in lines)


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
