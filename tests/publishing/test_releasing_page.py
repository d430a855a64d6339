"""The snippets of docs/releasing.md work on a build, and all give one answer."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import duckdb
import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs/releasing.md").read_text(encoding="utf-8")
RUNNERS = {
    "python": [sys.executable, "-c"],
    "js": [shutil.which("node"), "-e"],
    "r": [shutil.which("Rscript"), "-e"],
}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)


@pytest.fixture(scope="module")
def answer(dist, published) -> set[str]:
    """What the SQL of the page says: the names of the countries."""
    with duckdb.connect(str(dist / f"{published.name}.duckdb"), read_only=True) as con:
        rows = con.execute(blocks("sql")[0]).fetchall()
    assert all(row[3].startswith("http") for row in rows)
    return {row[0] for row in rows}


@pytest.mark.parametrize(
    ("language", "number"), [(name, n) for name in RUNNERS for n in range(len(blocks(name)))]
)
def test_a_snippet_gives_the_answer_of_the_database(language, number, answer, dist):
    command = RUNNERS[language]
    if not command[0]:
        pytest.skip(f"there is no {language} on this machine")
    done = subprocess.run(
        [*command, blocks(language)[number]], cwd=dist, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if "http" in line]
    assert len(lines) == len(answer)
    assert all(any(name in line for line in lines) for name in answer)


def test_the_page_names_every_file_of_a_release(dist, published):
    for path in dist.iterdir():
        name = path.name.replace(published.version, "VERSION")
        known = (
            "README.md",
            "CHANGELOG.md",
            "LICENSE",
            "LICENSE-DATA",
            "datapackage.json",
            "schemas",
            "scripts",
        )
        assert name in known or f"`{name}{'/' if path.is_dir() else ''}`" in PAGE, name


def test_the_commands_of_the_page_exist(vfa):
    for command in set(re.findall(r"^vfa (\w+)", PAGE, re.M)):
        assert vfa(command, "--help").returncode == 0
