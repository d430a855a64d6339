"""The wheel with the clients that it promises: DuckDB 1.5.0 to 2, Python 3.11 to 3.13."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import vietnam_foreign_affairs as vfa
from tests.conftest import ROOT


def other_pythons() -> list[str]:
    """Other versions that this machine has; a name may have nothing behind it."""
    names = [f"python3.{n}" for n in (11, 12, 13) if n != sys.version_info.minor]
    return [
        name
        for name in names
        if shutil.which(name) and not subprocess.run([name, "-V"], capture_output=True).returncode
    ]


LOWEST, HIGHEST = "1.5.0", "2.*"
THREADS = ROOT / "tests" / "data" / "threads.py"
CLIENTS = [(sys.executable, duckdb) for duckdb in (LOWEST, HIGHEST)]
CLIENTS += [(python, "1.5.*") for python in other_pythons()]
ASK = """
import json, sys
import vietnam_foreign_affairs as vfa

rows = {query.name: len(vfa.query(query.name).fetchall()) for query in vfa.queries()}
rows |= {table.name: len(vfa.read(table.name).fetchall()) for table in vfa.tables()}
con = vfa.connect()
for (view,) in con.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
    rows[view] = len(con.sql(f'FROM "{view}"').fetchall())
json.dump(rows, sys.stdout)
"""

COMMANDS = [
    ["tables"],
    ["show", "trips", "--format", "csv"],
    ["query", "partners_as_of", "day=2024-12-31", "--format", "json"],
    ["sql", "FROM reconciliation", "--format", "csv"],
    ["at", ROOT, "query", "country_ladder", "country=FRA"],
]


@pytest.fixture(scope="module")
def expected() -> dict[str, int]:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def answer(python: str | Path) -> dict[str, int]:
    return json.loads(run(python, "-c", ASK))


def run(*command: str | Path) -> str:
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("python", "duckdb"), CLIENTS, ids=lambda value: Path(value).name)
def test_every_client_reads_every_table_view_and_question(
    python, duckdb, wheel, tmp_path, expected
):
    subprocess.run([python, "-m", "venv", tmp_path / "env"], check=True)
    pip = [tmp_path / "env/bin/pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, f"duckdb=={duckdb}", wheel], check=True)
    found = answer(tmp_path / "env/bin/python")
    assert found == expected
    assert found.keys() >= {table.name for table in vfa.tables()}
    assert run(tmp_path / "env/bin/python", THREADS).strip() == "400 calls"
    for words in COMMANDS:
        assert len(run(tmp_path / "env/bin/vfa", *words).splitlines()) > 1, words


def test_the_lowest_version_tried_is_the_lowest_promised(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith("METADATA"))
        needs = re.findall(r"^Requires-Dist: (duckdb\S*)$", archive.read(name).decode(), re.M)
    assert needs == [f"duckdb>={LOWEST.removesuffix('.0')}"]
