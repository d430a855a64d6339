"""A Parquet file a table, with the table's words and its Table Schema in the file's metadata."""

from __future__ import annotations

import json
from pathlib import Path

from ...database import literal, quote, scan_sql
from ...package import Package
from ..files import all_tables

FILE = "parquet/{table}.parquet"


def write(pkg: Package, out: Path) -> None:
    import duckdb

    con = duckdb.connect(config={"threads": "1"})
    for table in all_tables(pkg):
        path = out / FILE.format(table=table.name)
        path.parent.mkdir(exist_ok=True)
        words = {
            "title": table.title,
            "description": table.description,
            "license": table.license,
            "package": f"{pkg.name} {pkg.version}",
            "homepage": pkg.descriptor["homepage"],
            "fields": json.dumps(
                {field.name: field.description for field in table.fields}, ensure_ascii=False
            ),
            "table_schema": (pkg.root / "schemas" / f"{table.name}.json").read_text("utf-8"),
        }
        metadata = ", ".join(f"{quote(name)}: {literal(text)}" for name, text in words.items())
        order = ", ".join(map(quote, table.primary_key))
        con.execute(
            f"COPY (FROM {scan_sql(table)} ORDER BY {order}) TO {literal(path)} "
            f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{metadata}}})"
        )
