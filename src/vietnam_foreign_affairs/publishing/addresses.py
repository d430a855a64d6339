"""Addresses that last: what the site carries of the latest release, for tools that read from there.

Every file in its own folder and under a name without the version, JSON a table, CSV and JSON a
country, and what is new.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

from ..output import to_csv
from ..package import Package, PackageError, Table
from .build import write_sums
from .files import all_tables, offered
from .formats import jsonl
from .metadata import NEWS

SUBJECT = "countries"  # the table that has a file a row, with all that refers to the row
FOLDER = "json"
COLUMNS = ("table_name", "row_id", "field", "value")


def write(build: Path, to: Path) -> Path:
    """Write the folder `to`, which must not exist yet, from that of a build."""
    shutil.copytree(build, to)
    pkg = Package(to)
    # Of the release as it is, so before anything is added.
    news = {name: make(pkg, to) for name, make in NEWS.items()}
    for path in offered(to):
        lasting = path.name.replace(f"-{pkg.version}", "")
        if lasting != path.name:
            shutil.copyfile(to / path, to / path.with_name(lasting))
    _write_tables(pkg)
    _write_subjects(pkg)
    for name, text in news.items():
        (to / name).write_text(text, encoding="utf-8", newline="\n")
    write_sums(to)
    return to


def _lines(table: Table, root: Path) -> list[str]:
    """The rows of a table, each as an object of JSON."""
    path = root / jsonl.FILE.format(table=table.name)
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def _write_tables(pkg: Package) -> None:
    (pkg.root / FOLDER).mkdir()
    for table in all_tables(pkg):
        path = pkg.root / FOLDER / f"{table.name}.json"
        path.write_text(_list(_lines(table, pkg.root)) + "\n", encoding="utf-8", newline="\n")


def _list(rows: list[str]) -> str:
    """Objects of JSON as a list of them, a line each."""
    return "[\n" + ",\n".join(rows) + "\n]"


def _write_subjects(pkg: Package) -> None:
    """For each row of the subject, the rows that refer to it: as they are, and cell by cell."""
    found: dict[str, dict[str, list[str]]] = {}
    cells: dict[str, list[tuple[str, ...]]] = {}
    for table in all_tables(pkg):
        fields = [key.field for key in table.foreign_keys if key.table == SUBJECT]
        if table.name == SUBJECT:
            fields = [*fields, *table.primary_key]
        if not fields:
            continue
        with table.path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row, line in zip(rows, _lines(table, pkg.root), strict=True):
            row_id = "/".join(row[name] for name in table.primary_key)
            for subject in dict.fromkeys(row[name] for name in fields if row[name]):
                found.setdefault(subject, {}).setdefault(table.name, []).append(line)
                cells.setdefault(subject, []).extend(
                    (table.name, row_id, name, value) for name, value in row.items() if value
                )
    folder = pkg.root / SUBJECT
    if found:
        folder.mkdir()
    for subject, tables in found.items():
        if not re.fullmatch(r"[\w-]+", subject, re.ASCII):
            raise PackageError(f"{subject!r} cannot be the name of a file")
        parts = (f"{json.dumps(name)}: {_list(rows)}" for name, rows in tables.items())
        text = "{\n" + ",\n".join(parts) + "\n}\n"
        (folder / f"{subject}.json").write_text(text, encoding="utf-8", newline="\n")
        with (folder / f"{subject}.csv").open("w", encoding="utf-8", newline="") as file:
            to_csv(file, COLUMNS, cells[subject])
