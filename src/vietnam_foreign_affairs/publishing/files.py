"""Small things that every publishing module needs: all tables, their rows, hashes, JSON."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from ..package import Package, Table

REVISION = "v{version}"  # the tag of a release


def all_tables(pkg: Package) -> tuple[Table, ...]:
    """Every table of a published package, the derived ones too."""
    return tuple(pkg.table(resource["name"]) for resource in pkg.descriptor["resources"])


def rows(table: Table) -> list[tuple[Any, ...]]:
    """The rows of a table's file, typed by its schema, in the order of the file."""
    import duckdb

    from ..database import scan_sql

    return duckdb.connect().execute(f"FROM {scan_sql(table)}").fetchall()


def created(pkg: Package) -> datetime:
    """The time that every file states, so that two builds of one commit give the same bytes."""
    return datetime.fromisoformat(pkg.descriptor["created"])


def download_url(pkg: Package, path: Path | str) -> str:
    """Where a release offers a file; a release is flat, so only the file's name counts."""
    release = REVISION.format(version=pkg.version)
    return f"{pkg.descriptor['id']}/releases/download/{release}/{Path(path).name}"


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_json(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
