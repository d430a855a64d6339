"""The wheel alone, in an empty environment without a network: only DuckDB comes along."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.xdist_group("wheel")  # one environment for all
NAME = "vietnam_foreign_affairs"


@pytest.fixture(scope="module")
def home(wheel, tmp_path_factory) -> Path:
    """An environment with the wheel, DuckDB as it is installed here, and pip's own files."""
    home = tmp_path_factory.mktemp("empty") / "env"
    venv.create(home, with_pip=True, symlinks=True)
    site = next(home.glob("lib/python*/site-packages"))
    for file in importlib.metadata.files("duckdb"):
        if not file.parts[0].startswith(".."):
            target = site / file
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                target.symlink_to(file.locate())
    # With its dependencies: what the wheel needs beyond DuckDB could not be found.
    subprocess.run(
        [home / "bin/pip", "install", "--no-index", "--disable-pip-version-check", "-q", wheel],
        check=True,
        capture_output=True,
    )
    return home


def run(home: Path, *words: str) -> subprocess.CompletedProcess:
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    # A proxy that refuses: whoever asks the network fails.
    env |= dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    return subprocess.run(
        [home / "bin" / words[0], *words[1:]],
        cwd=home,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_the_wheel_needs_duckdb_only(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith("METADATA"))
        text = archive.read(name).decode()
    needs = [n for n in re.findall(r"^Requires-Dist: (.+)$", text, re.M) if "extra ==" not in n]
    assert [re.match(r"[\w-]+", need)[0] for need in needs] == ["duckdb"]


def test_the_wheel_tells_an_index_what_it_is(wheel):
    from packaging.metadata import Metadata

    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        text = archive.read(next(n for n in names if n.endswith("METADATA")))
    told = Metadata.from_email(text, validate=True)
    assert told.author == "Vietnam Foreign Affairs contributors"
    assert {
        "Homepage",
        "Documentation",
        "Source",
        "Issues",
        "Changelog",
    } <= told.project_urls.keys()
    assert told.license_expression == "MIT AND CC-BY-4.0"
    versions = {c.rsplit(" ")[-1] for c in told.classifiers if "Python :: 3." in c}
    assert all(version in told.requires_python for version in versions)
    assert "Typing :: Typed" in told.classifiers
    assert f"{NAME}/py.typed" in names
    assert {"mcp", "completion", "pandas", "validate"} <= set(told.provides_extra)


def test_the_wheel_has_every_table_schema_view_and_question(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        for folder in ("tables", "schemas", "scripts/sql"):
            for path in (ROOT / folder).rglob("*.*"):
                inside = f"{NAME}/_data/{path.relative_to(ROOT).as_posix()}"
                assert archive.read(inside) == path.read_bytes()
    assert not [n for n in names if "__pycache__" in n or n.startswith("tests")]


def test_two_wheels_of_one_commit_are_the_same_bytes(wheel, tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_wheel_answers_in_an_empty_environment(home):
    script = """
import importlib.metadata, sys
import vietnam_foreign_affairs as vfa
assert "_data" in str(vfa.tables()[0].path), vfa.tables()[0].path
for table in vfa.tables():
    assert vfa.read(table.name).fetchall(), table.name
for question in vfa.queries():
    vfa.query(question.name).fetchall()
assert vfa.query("partners_as_of", day="2024-12-31").fetchall()
assert vfa.connect().sql("FROM reconciliation").fetchall()
assert vfa.__version__ in vfa.cite()
others = {d.name for d in importlib.metadata.distributions()} - {"pip", "setuptools"}
print(sorted(others))
"""
    done = run(home, "python", "-c", script)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['duckdb', 'vietnam-foreign-affairs']"


def test_the_command_answers_in_an_empty_environment(home):
    done = run(home, "vfa", "query", "partners_as_of", "day=2024-12-31", "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1


def test_a_command_that_needs_an_extra_says_so(home):
    done = run(home, "vfa", "validate")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("vfa: ")
    assert "Traceback" not in done.stderr
    assert 'pip install "vietnam-foreign-affairs[validate,publish]"' in done.stderr


def test_the_python_lines_of_the_readme_work_in_an_empty_environment(home):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    assert blocks, "the README shows how to use the package from Python"
    done = run(home, "python", "-c", "\n".join(blocks))
    assert done.returncode == 0, done.stderr


def test_the_source_archive_builds_the_same_wheel(wheel, tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-d", tmp_path]
    subprocess.run([*build, "-t", "sdist"], cwd=ROOT, check=True, capture_output=True)
    archive = next(tmp_path.glob("*.tar.gz"))
    assert archive.stat().st_size < 4_000_000, "the browser's engine alone has more"
    shutil.unpack_archive(archive, tmp_path / "source", filter="data")
    source = next((tmp_path / "source").iterdir())
    linked = re.findall(r"\]\(([\w./-]+)\)", (source / "README.md").read_text(encoding="utf-8"))
    for name in (*linked, "requirements/dev.txt", "published.csv"):  # and what scripts/build reads
        assert (source / name).is_file(), name
    subprocess.run([*build, "-t", "wheel"], cwd=source, check=True, capture_output=True)
    with (
        zipfile.ZipFile(wheel) as here,
        zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as there,
    ):
        assert set(here.namelist()) == set(there.namelist())
