"""The public face as a type checker sees it."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT

USE = """
from __future__ import annotations

from typing import assert_type

import duckdb

import vietnam_foreign_affairs as vfa
from vietnam_foreign_affairs.explaining import Explanation

assert_type(vfa.read("countries"), duckdb.DuckDBPyRelation)
assert_type(vfa.query("partners_as_of", day="2024-12-31"), duckdb.DuckDBPyRelation)
assert_type(vfa.explain("partners", "FRA"), Explanation)
assert_type(vfa.tables()[0].fields[0].unit, str | None)
assert_type(vfa.cite(table="partners"), str)
assert_type(vfa.__version__, str)
"""


def test_the_public_face_is_strictly_typed(tmp_path):
    use = tmp_path / "use.py"
    use.write_text(USE, encoding="utf-8")
    source = ROOT / "src" / "vietnam_foreign_affairs"
    assert (source / "py.typed").is_file()
    face = ["__init__", "package", "explaining", "notebook", "questions", "parameters", "citation"]
    files = [source / f"{name}.py" for name in (*face, "conversion", "sharing", "precision")]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent"),
            *("--cache-dir", tmp_path / "cache"),
            *(*files, source / "validation" / "report.py", use),
        ],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
