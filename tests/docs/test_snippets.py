"""Every command, query and snippet in the README and the guides runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import vietnam_foreign_affairs as vfa

from ..conftest import copy_package

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
GUIDES = sorted(
    (ROOT / "docs").rglob("*.md")
)  # their snippets run in tests/site and tests/publishing
FENCE = re.compile(r"^```(sh|python|sql)\n(.*?)^```", re.M | re.S)
SNIPPETS = [
    pytest.param(kind, text, id=f"{page.relative_to(ROOT)}:{number}")
    for page in PAGES
    for number, (kind, text) in enumerate(FENCE.findall(page.read_text("utf-8")), 1)
]


@pytest.fixture(scope="module")
def place(tmp_path_factory, dist):
    """A folder as a reader has it: the package, and the release in dist/."""
    place = copy_package(tmp_path_factory.mktemp("reader") / "package")
    (place / "dist").symlink_to(dist)
    return place


@pytest.mark.xdist_group("dist")
@pytest.mark.parametrize(("kind", "text"), SNIPPETS)
def test_the_snippet_runs(kind, text, place):
    if kind == "python":
        run([sys.executable, "-c", text], place)
    elif kind == "sql":
        assert vfa.connect().sql(text).fetchall()
    else:
        for line in commands(text):
            command = line.split("#")[0].strip()
            if command.startswith("scripts/"):
                # The scripts that run this suite are not run by it; they must exist and be sound.
                path = ROOT / command.split()[0]
                assert os.access(path, os.X_OK)
                run(["sh", "-n", str(path)], place)
            elif command:
                run(["sh", "-c", command], place)


def commands(text):
    """Shell commands of a block: a line each, unless a quote is open at its end."""
    command = ""
    for line in text.splitlines():
        command += line
        if command.count('"') % 2 == 0:
            yield command
            command = ""
        else:
            command += "\n"


def run(command, place):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=place, capture_output=True, text=True, env={**os.environ, "PATH": path}
    )
    assert done.returncode == 0, done.stderr or done.stdout
    assert done.stdout or command[0] == "sh"


def test_every_command_is_in_the_docs(vfa):
    """A command that no page shows is a command that nobody finds."""
    help = vfa("--help").stdout
    commands = re.findall(r"^    (\w+) ", help, re.M)
    pages = "\n".join(page.read_text("utf-8") for page in [*PAGES, *GUIDES])
    assert commands
    assert [c for c in commands if f"vfa {c}" not in pages] == []
