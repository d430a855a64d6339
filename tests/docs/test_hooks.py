"""The hooks for pre-commit do on changed files what their commands promise."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ..conftest import ROOT, copy_package

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


@pytest.fixture
def package(tmp_path):
    return copy_package(tmp_path / "package")


def run(name: str, package: Path, *changed: str) -> subprocess.CompletedProcess:
    """As pre-commit does: in the folder, with the changed files that fit."""
    hook = HOOKS[name]
    fitting = [file for file in changed if re.search(hook["files"], file)]
    files = fitting if hook.get("pass_filenames", True) else []
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, "-m", "vietnam_foreign_affairs", *shlex.split(hook["entry"])[1:]]
    return subprocess.run(
        [*command, *files],
        cwd=package,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
    )


def test_the_manifest_has_what_pre_commit_needs():
    assert HOOKS.keys() == {"vfa-format", "vfa-validate"}
    for hook in HOOKS.values():
        assert hook.keys() >= {"id", "name", "entry", "language", "files"}
        assert hook["language"] == "python"
        assert hook["entry"].startswith("vfa ")


def test_format_mends_the_changed_table_only(package):
    table = package / "tables" / "leaders.csv"
    other = package / "tables" / "events.csv"
    clean = table.read_bytes()
    for path in (table, other):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = run("vfa-format", package, "tables/leaders.csv", "README.md", "schemas/leaders.json")
    assert done.returncode == 0, done.stderr
    assert table.read_bytes() == clean
    assert b"\r\n" in other.read_bytes()


def test_validate_checks_the_folder(package):
    table = package / "tables" / "leaders.csv"
    table.write_text(table.read_text("utf-8") + "x,y\n", "utf-8")
    done = run("vfa-validate", package, "tables/leaders.csv")
    assert done.returncode == 1
    assert "tables/leaders.csv" in done.stdout
