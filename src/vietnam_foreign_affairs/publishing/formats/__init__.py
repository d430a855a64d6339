"""The formats of a release: a module and a function each, `write(package, folder)`.

Each gets the package as it is published and adds its files to the folder of the build.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ...package import Package
from . import (
    bibliography,
    codebook,
    datasette,
    dictionary,
    duckdb_file,
    jsonl,
    package_zip,
    parquet,
    sqlite,
    stata,
    xlsx,
)


class Format(NamedTuple):
    """A way to get all tables. `file` is the one file that holds them, or the pattern of several.

    `media_type` is blank where none is registered; `has_rows` is false for what only describes the
    tables, or goes with another format.
    """

    title: str
    file: str
    media_type: str
    write: Callable[[Package, Path], None]
    has_rows: bool = True

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
    Format("Stata files", stata.FILE, "application/x-stata-dta", stata.write),
    Format("JSON Lines files", jsonl.FILE, "", jsonl.write),
    Format("data dictionary", dictionary.FILE, "text/csv", dictionary.write, False),
    Format("codebook", codebook.FILE, "application/pdf", codebook.write, False),
    Format(
        "sources as BibTeX", bibliography.FILE, "application/x-bibtex", bibliography.write, False
    ),
    # Behind SQLite, whose file it describes.
    Format("words for Datasette", datasette.FILE, "application/yaml", datasette.write, False),
)
WHOLE = tuple(f for f in (PACKAGE_FORMAT, *FORMATS) if f.has_rows and "{table}" not in f.file)
