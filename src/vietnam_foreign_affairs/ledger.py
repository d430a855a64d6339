"""The ledger: what the last release published, cell by cell, as fingerprints.

`published.csv` has a line for every row of every table (`cells`: one fingerprint a column, in the
order that the table's first line names), and a line for every field and key of every schema. A
fingerprint is the beginning of the MD5 of a cell as the CSV writes it: it tells that a cell
changed, not what it was. Whoever changes a published cell says so in `corrections`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .base_views import text_of
from .database import quote
from .inside import read_json
from .package import Package, Table

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

FILE = "published.csv"
COLUMNS = ("file", "row_id", "cells")
LENGTH = 6  # hexadecimal digits: one wrong cell in 16 million passes unseen
VERSION = ("datapackage.json", "version")  # the line that names the release
SCHEMA = "schema"  # the row_id of a correction of a schema


def path_of(pkg: Package) -> Path:
    return pkg.root / FILE


def fingerprint_sql(text: str) -> str:
    """SQL: the fingerprint of a text; a blank cell has one too."""
    return f"substr(md5(coalesce({text}, '')), 1, {LENGTH})"


def fingerprint(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:LENGTH]


def row_id_sql(table: Table) -> str:
    """SQL: the primary key of a row as text, parts joined by a slash."""
    return " || '/' || ".join(f"{quote(name)}::VARCHAR" for name in table.primary_key)


def schema_parts(pkg: Package, table: Table) -> dict[str, str]:
    """Each field and key of a Table Schema as JSON in one form, under its place."""
    resource = next(r for r in pkg.descriptor["resources"] if r["name"] == table.name)
    schema = read_json(pkg.root, resource["schema"])
    parts = {f"fields/{field['name']}": field for field in schema["fields"]}
    parts |= {key: value for key, value in schema.items() if key != "fields"}
    return {place: json.dumps(p, ensure_ascii=False, sort_keys=True) for place, p in parts.items()}


def text_of_release(pkg: Package, con: duckdb.DuckDBPyConnection) -> str:
    """`published.csv` for the package as it is; its tables are in `con`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerow((*VERSION, pkg.version))
    for table in pkg.tables:
        writer.writerows(_lines(pkg, table, con))
    return out.getvalue()


def _lines(
    pkg: Package, table: Table, con: duckdb.DuckDBPyConnection
) -> Iterator[tuple[str, str, str]]:
    for place, part in schema_parts(pkg, table).items():
        yield f"schemas/{table.name}", place, fingerprint(part)
    file = f"tables/{table.name}"
    yield file, "", " ".join(table.field_names)
    cells = ", ".join(fingerprint_sql(text_of(field)) for field in table.fields)
    rows = con.execute(
        f"SELECT {row_id_sql(table)} AS row_id, concat({cells}) FROM {quote(table.name)} "
        "ORDER BY row_id"
    )
    for row_id, fingerprints in rows.fetchall():
        yield file, row_id, fingerprints
