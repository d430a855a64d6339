"""What several parts of the suite share: a copy of the package that a test may break."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vietnam_foreign_affairs.package import Package
from vietnam_foreign_affairs.publishing.build import build

ROOT = Path(__file__).resolve().parents[1]


def copy_package(to: Path) -> Path:
    """The data package, without the code around it."""
    to.mkdir(parents=True, exist_ok=True)
    for part in ("tables", "schemas", "scripts/sql"):
        shutil.copytree(ROOT / part, to / part)
    shutil.copy(ROOT / "datapackage.json", to)
    return to


class Workbook:
    """Edits a package copy as a person with a spreadsheet would: cell by cell, row by row."""

    def __init__(self, root: Path):
        self.root = root
        self.tables = {t.name: t for t in Package(root).tables}

    def rows(self, table: str) -> list[dict[str, str]]:
        with open(self.root / f"tables/{table}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        with open(self.root / f"tables/{table}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self.tables[table].field_names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def row_id(self, table: str, row: dict[str, str]) -> str:
        return "/".join(row[name] for name in self.tables[table].primary_key)

    def change(
        self, table: str, where: Callable[[dict[str, str]], bool], **cells: str
    ) -> tuple[str, int]:
        """Set cells of the first row that fits; returns its id after the change, and its line."""
        rows = self.rows(table)
        number = next(n for n, row in enumerate(rows) if where(row))
        rows[number] |= cells
        self.write(table, rows)
        return self.row_id(table, rows[number]), number + 2

    def append(self, table: str, **cells: str) -> tuple[str, int]:
        """Put a row in at its place in the order of the primary key."""
        row = dict.fromkeys(self.tables[table].field_names, "") | cells
        rows = sorted([*self.rows(table), row], key=lambda r: [r[k] for k in self.key(table)])
        self.write(table, rows)
        return self.row_id(table, row), rows.index(row) + 2

    def remove(self, table: str, where: Callable[[dict[str, str]], bool]) -> dict[str, str]:
        rows = self.rows(table)
        gone = next(row for row in rows if where(row))
        self.write(table, [row for row in rows if row is not gone])
        return gone

    def key(self, table: str) -> tuple[str, ...]:
        return self.tables[table].primary_key


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return Workbook(copy_package(tmp_path / "package"))


@pytest.fixture(scope="session")
def vfa() -> Callable[..., subprocess.CompletedProcess]:
    """Run the command as a user does."""

    def run(*args: object, input: str | None = None, **env: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "vietnam_foreign_affairs.cli", *map(str, args)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            input=input,
            env={**os.environ, **env},
        )

    return run


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `vfa build` makes of the checkout."""
    return build(Package(ROOT), tmp_path_factory.mktemp("build") / "dist")
