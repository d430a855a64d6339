"""Another data package refers to ours by foreign key: the example in other_package/ works."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import frictionless
import pytest

EXAMPLE = Path(__file__).parent / "other_package"


def check(example: Path, other: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, example / "check.py", other], capture_output=True, text=True
    )


@pytest.fixture
def example(tmp_path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example"))


def test_its_references_resolve_against_the_zip_and_the_folder(dist, published):
    for other in (dist / f"{published.name}-{published.version}.zip", dist):
        done = check(EXAMPLE, other)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_reference_to_a_row_that_is_not_there_is_found(dist, example):
    table = example / "invented_scholarships.csv"
    table.write_text(table.read_text(encoding="utf-8") + "XXX,,2026,1\n", encoding="utf-8")
    done = check(example, dist)
    assert done.returncode == 1
    assert done.stdout == "invented_scholarships.iso3: XXX\n"


def test_it_refers_to_this_package_and_to_keys_that_it_has(published):
    descriptor = json.loads((EXAMPLE / "datapackage.json").read_text(encoding="utf-8"))
    for key in descriptor["resources"][0]["schema"]["foreignKeys"]:
        reference = key["reference"]
        assert reference["package"].startswith(published.descriptor["homepage"])
        assert published.table(reference["resource"]).primary_key == tuple(reference["fields"])


def test_with_our_table_as_a_resource_of_its_own_frictionless_checks_the_reference(dist, example):
    path = example / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    keys = descriptor["resources"][0]["schema"]["foreignKeys"]
    descriptor["resources"][0]["schema"]["foreignKeys"] = keys[:1]
    del keys[0]["reference"]["package"]
    shutil.copy(dist / "tables/countries.csv", example)
    descriptor["resources"].append({"name": "countries", "type": "table", "path": "countries.csv"})
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert frictionless.Package(str(path)).validate().valid
    table = example / "invented_scholarships.csv"
    table.write_text(table.read_text(encoding="utf-8") + "XXX,,2026,1\n", encoding="utf-8")
    report = frictionless.Package(str(path)).validate()
    assert [e[0] for e in report.flatten(["type"])] == ["foreign-key"]


def test_its_rows_join_with_the_database(dist, published):
    with duckdb.connect(str(dist / f"{published.name}.duckdb"), read_only=True) as con:
        rows = con.execute(
            "SELECT o.iso3, o.places, p.tier_id FROM read_csv(?) o JOIN partners p USING (iso3) "
            "ORDER BY ALL",
            [str(EXAMPLE / "invented_scholarships.csv")],
        ).fetchall()
    assert [row[0] for row in rows] == ["AUS", "IDN"]
