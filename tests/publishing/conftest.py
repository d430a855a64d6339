"""One build for all tests of publishing, and a small package with difficult cells."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vietnam_foreign_affairs.output import text
from vietnam_foreign_affairs.package import Package
from vietnam_foreign_affairs.publishing.files import all_tables


@pytest.fixture(scope="session")
def published(dist: Path) -> Package:
    return Package(dist)


@pytest.fixture(scope="session")
def csv_rows(published: Package) -> dict[str, list[tuple[str, ...]]]:
    """The rows of every published CSV file, as text, sorted; 3.0 and 3 are one number."""
    found = {}
    for table in all_tables(published):
        numbers = [field.type == "number" for field in table.fields]
        with table.path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        found[table.name] = sorted(
            tuple(
                text(float(cell)) if is_number and cell else cell
                for cell, is_number in zip(row, numbers, strict=True)
            )
            for row in rows
        )
    return found


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs a script in Node: `node(script, *arguments, packages=("name@1.0.0",))`, from npm."""
    assert shutil.which("npm"), "there is no npm: the suite needs Node"
    folder = tmp_path_factory.mktemp("node")
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")

    def run(script: str, *arguments: str | Path, packages: tuple[str, ...] = ()) -> str:
        if packages:
            install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *packages]
            subprocess.run(install, cwd=folder, check=True, capture_output=True)
        (folder / "script.cjs").write_text(script, encoding="utf-8")
        done = subprocess.run(
            ["node", "script.cjs", *map(str, arguments)],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def as_cells(rows) -> list[tuple[str, ...]]:
    """Rows of typed values as the cells that the CSV files have, sorted."""
    return sorted(tuple(text(value) for value in row) for row in rows)


PLACES = [
    ["a1", "=1+1", "1890-05-01", "7", "0.5", "true"],
    ["a2", "0123", "2024-02-29", "-3", "12", "false"],
]
THINGS = [["a1", "x", "@SUM(A1)"], ["a2", "x", 'a "quoted", cell'], ["a2", "y", "NA"]]


@pytest.fixture
def little(tmp_path: Path) -> Callable[..., Package]:
    """Makes a package of two tables, changed as asked: `little("name", edit=function)`.

    `edit` gets the parts as plain lists and dicts: descriptor, schemas by name, rows by name.
    """

    def make(name: str, version: str = "1.0.0", edit: Callable | None = None) -> Package:
        root = tmp_path / name
        (root / "tables").mkdir(parents=True)
        (root / "schemas").mkdir()
        (root / "scripts/sql/views").mkdir(parents=True)
        schemas = {
            "places": _schema(
                {
                    "place_id": "string",
                    "name": "string",
                    "founded_on": "date",
                    "people": "integer",
                    "share": "number",
                    "is_open": "boolean",
                },
                ["place_id"],
            ),
            "things": _schema(
                {"place_id": "string", "thing": "string", "words": "string"}, ["place_id", "thing"]
            ),
        }
        schemas["things"]["foreignKeys"] = [
            {"fields": ["place_id"], "reference": {"resource": "places", "fields": ["place_id"]}}
        ]
        rows = {"places": [list(r) for r in PLACES], "things": [list(r) for r in THINGS]}
        descriptor = {
            **{k: v for k, v in Package(ROOT).descriptor.items() if k != "resources"},
            "version": version,
            "resources": [_resource(table) for table in schemas],
        }
        if edit:
            edit(descriptor, schemas, rows)
        (root / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        for table, schema in schemas.items():
            (root / f"schemas/{table}.json").write_text(json.dumps(schema), encoding="utf-8")
            with (root / f"tables/{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow([field["name"] for field in schema["fields"]])
                writer.writerows(rows[table])
        return Package(root)

    return make


def _schema(fields: dict[str, str], key: list[str]) -> dict:
    words = {"title": "Title", "title_vi": "Tên", "description": "What it says."}
    return {
        "title": "Table",
        "description": "What a row is.",
        "fields": [{"name": name, "type": kind, **words} for name, kind in fields.items()],
        "missingValues": [""],
        "primaryKey": key,
    }


def _resource(name: str) -> dict:
    return {
        **Package(ROOT).descriptor["resources"][0],
        "name": name,
        "path": f"tables/{name}.csv",
        "schema": f"schemas/{name}.json",
        "role": "facts",
    }
