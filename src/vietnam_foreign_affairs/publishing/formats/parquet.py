"""A Parquet file a table, with the words of the table and of each field, and its Table Schema.

Compressed by Snappy: it is the one method that every reader has, in the browser, in spreadsheets
and in R too, and the files are small.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...database import quote, scan_sql
from ...package import Field, Package, Table
from ..files import all_tables

FILE = "parquet/{table}.parquet"
COMPRESSION = "snappy"


def write(pkg: Package, out: Path) -> None:
    import duckdb
    import pyarrow.parquet

    con = duckdb.connect(config={"threads": "1"})
    for table in all_tables(pkg):
        path = out / FILE.format(table=table.name)
        path.parent.mkdir(exist_ok=True)
        order = ", ".join(map(quote, table.primary_key))
        found = con.sql(f"FROM {scan_sql(table)} ORDER BY {order}").to_arrow_table()
        fields = [
            found.schema.field(field.name).with_metadata(_words(field)) for field in table.fields
        ]
        schema = pyarrow.schema(fields, metadata=_table_words(pkg, table))
        pyarrow.parquet.write_table(found.cast(schema), path, compression=COMPRESSION)


def _words(field: Field) -> dict[str, str]:
    words: dict[str, Any] = {
        "title": field.title,
        "title_vi": field.title_vi,
        "description": field.description,
        "unit": field.unit,
    }
    return {name: text for name, text in words.items() if text}


def _table_words(pkg: Package, table: Table) -> dict[str, str]:
    return {
        "title": table.title,
        "title_vi": table.title_vi,
        "description": table.description,
        "license": table.license,
        "package": f"{pkg.name} {pkg.version}",
        "homepage": pkg.descriptor["homepage"],
        "table_schema": (pkg.root / "schemas" / f"{table.name}.json").read_text("utf-8"),
    }
