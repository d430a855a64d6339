"""The canonical form of a table's file: sorted by primary key, quoted only where needed."""

from __future__ import annotations

import csv
import io

from .package import Table


def format_rows(table: Table, rows: list[list[str]]) -> str:
    """The file's text for rows of cells in the order of the schema. No value is touched."""
    key = [table.field_names.index(name) for name in table.primary_key]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.field_names)
    writer.writerows(sorted(rows, key=lambda row: [row[i] for i in key]))
    return out.getvalue()
