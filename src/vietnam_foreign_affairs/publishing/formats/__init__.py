"""The formats of a release: a module and a function each, `write(package, folder)`.

Each gets the package as it is published and adds its files to the folder of the build.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ...package import Package
from . import duckdb_file, jsonl, package_zip, parquet, sqlite, xlsx


class Format(NamedTuple):
    """A way to get all tables. `file` is the one file that holds them, or the pattern of several.

    `media_type` is blank where none is registered.
    """

    title: str
    file: str
    media_type: str
    write: Callable[[Package, Path], None]

    def file_of(self, pkg: Package, table: str = "") -> str:
        return self.file.format(name=pkg.name, version=pkg.version, table=table)


PACKAGE_FORMAT = Format(
    "Data package with CSV tables (zip)", package_zip.FILE, "application/zip", package_zip.write
)
FORMATS = (
    Format("DuckDB database", duckdb_file.FILE, "", duckdb_file.write),
    Format("SQLite database", sqlite.FILE, "application/vnd.sqlite3", sqlite.write),
    Format(
        "Excel workbook",
        xlsx.FILE,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.write,
    ),
    Format("Parquet files", parquet.FILE, "application/vnd.apache.parquet", parquet.write),
    Format("JSON Lines files", jsonl.FILE, "", jsonl.write),
)
WHOLE = tuple(f for f in (PACKAGE_FORMAT, *FORMATS) if "{table}" not in f.file)
