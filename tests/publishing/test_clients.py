"""The wheel with the clients that it promises: DuckDB 1.4 to 2.0, Python 3.11 to 3.13."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import vietnam_foreign_affairs as vfa


def other_pythons() -> list[str]:
    """Other versions that this machine has; a name may have nothing behind it."""
    names = [f"python3.{n}" for n in (11, 12, 13) if n != sys.version_info.minor]
    return [
        name
        for name in names
        if shutil.which(name) and not subprocess.run([name, "-V"], capture_output=True).returncode
    ]


CLIENTS = [(sys.executable, duckdb) for duckdb in ("1.4", "1.5", "2.0")]
CLIENTS += [(python, "1.5") for python in other_pythons()]
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


@pytest.fixture(scope="module")
def expected() -> dict[str, int]:
    return answer(sys.executable)


def answer(python: str | Path) -> dict[str, int]:
    done = subprocess.run([python, "-c", ASK], capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(("python", "duckdb"), CLIENTS, ids=lambda value: Path(value).name)
def test_every_client_reads_every_table_view_and_question(
    python, duckdb, wheel, tmp_path, expected
):
    subprocess.run([python, "-m", "venv", tmp_path / "env"], check=True)
    pip = [tmp_path / "env/bin/pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, f"duckdb=={duckdb}.*", wheel], check=True)
    found = answer(tmp_path / "env/bin/python")
    assert found == expected
    assert found.keys() >= {table.name for table in vfa.tables()}
