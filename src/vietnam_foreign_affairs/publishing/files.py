"""Small things that every publishing module needs: all tables, their rows, hashes, JSON."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from ..package import Package, PackageError, Table

REVISION = "v{version}"  # the tag of a release
SUMS = "SHA256SUMS"
FLAT_SUMS = "SHA256SUMS.flat"  # the same by name alone, for files that lie side by side
_PARTS = ("schemas", "scripts")  # of the data package: in its zip, and not offered by themselves


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


def download_url(pkg: Package, path: Path | str, version: str = "") -> str:
    """Where a release offers a file; a release is flat, so only the file's name counts."""
    release = REVISION.format(version=version or pkg.version)
    return f"{pkg.descriptor['id']}/releases/download/{release}/{Path(path).name}"


def release_page(pkg: Package, version: str) -> str:
    return f"{pkg.descriptor['id']}/releases/tag/{REVISION.format(version=version)}"


def offered(folder: Path) -> list[Path]:
    """The files of a build that a release offers, from `folder`, in order, without their sums.

    A release is flat. Raises `PackageError` for two files of one name.
    """
    files = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    found: dict[str, Path] = {}
    for path in sorted(p for p in files if p.parts[0] not in (*_PARTS, SUMS, FLAT_SUMS)):
        if path.name in found:
            raise PackageError(f"a release is flat: {path} and {found[path.name]} have one name")
        found[path.name] = path
    return list(found.values())


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_json(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
