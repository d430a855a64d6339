"""A small package that a stranger may have written, and a watch over everything around it."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from vietnam_foreign_affairs import cli

SECRET = "xyzzy"  # what stands outside of the package, in every form that SQL or a path could reach
ANSWER = "plain answer"
HEAD = "-- title: t\n-- title_vi: t\n-- question: What?\n"
_ALIKE = ("sub/datapackage.json", "seen.sql", "views/seen.sql")  # what a link could lead to
_WORDS = {"title": "T", "title_vi": "T", "description": "D"}


class Parts(NamedTuple):
    """A package as plain values, to be made hostile: JSON as objects (or bytes), files as text."""

    descriptor: dict
    schema: dict
    files: dict[str, str | bytes]


def parts() -> Parts:
    names = ("thing_id", "words", "seen_on", "seen_on_precision", "source_id", "locator")
    resource = {
        "name": "things",
        "path": "tables/things.csv",
        "schema": "schemas/things.json",
        "role": "facts",
        "licenses": [{"name": "CC0-1.0"}],
        "coverage": {
            "from": "2020-01-01",
            "to": "2020-12-31",
            "complete": True,
            "last_checked": "2021-01-01",
            "description": "All.",
        },
        **_WORDS,
    }
    return Parts(
        {"name": "little", "version": "1.0.0", "resources": [resource]},
        {
            "fields": [
                {"name": n, "type": "date" if n == "seen_on" else "string", **_WORDS} for n in names
            ],
            "primaryKey": ["thing_id"],
        },
        {
            "tables/things.csv": f"{','.join(names)}\na,{ANSWER},2020-05-01,day,s1,p. 1\n",
            "scripts/sql/macros/twice.sql": "CREATE MACRO twice(x) AS 2 * x;",
            "scripts/sql/views/seen.sql": "CREATE VIEW seen AS SELECT words FROM things;",
            "scripts/sql/queries/what.sql": f"{HEAD}FROM seen;",
        },
    )


def write(root: Path, made: Parts) -> Path:
    files = {
        "datapackage.json": _json(made.descriptor),
        "schemas/things.json": _json(made.schema),
        **made.files,
    }
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def _json(content: object) -> bytes:
    return content if isinstance(content, bytes) else json.dumps(content).encode()


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


class World:
    """A folder to stand in, with files that nobody may read or write, and packages to open."""

    def __init__(self, base: Path):
        self.base = base
        self.here = base / "here"
        self.good = write(base / "good", parts())
        self.evil = base / "evil"
        for name in (".env", ".tmp/x.csv", "x.csv", ".git/config", *_ALIKE):
            path = self.here / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f'{{"{SECRET}": 1}}' if name.endswith("json") else f"a\n{SECRET}\n")
        (base / "tmp").mkdir()

    def make(self, edit: Callable[[Parts], object]) -> Path:
        made = parts()
        edit(made)
        return write(self.evil, made)

    def seen(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for path in sorted(self.base.rglob("*")):
            name = str(path.relative_to(self.base))
            if path.is_symlink() or not path.is_file():
                found[name] = os.readlink(path) if path.is_symlink() else path.lstat().st_mode
            else:
                found[name] = (path.lstat().st_mtime_ns, path.read_bytes())
        return found


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(tmp_path)
    monkeypatch.chdir(made.here)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return made


@pytest.fixture
def attack(world: World, capfd: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run a command; nothing outside may be read or written, whatever the package says.

    The command ends with an answer, or with one sentence and status 2.
    """

    def run(*args: object) -> Outcome:
        before = world.seen()
        status = cli.main([str(arg) for arg in args])
        out, err = capfd.readouterr()
        assert SECRET not in out + err
        assert "root:" not in out + err, "nothing of /etc/passwd"
        assert str(Path.home() / ".duckdb") not in out + err
        assert "Traceback" not in out + err
        assert world.seen() == before, "no file is made, changed, or left behind"
        if status == 2:
            assert err.startswith("vfa: ")
            assert not out
        else:
            assert status in (0, 1)
            assert not err
        return Outcome(status, out, err)

    return run


def run_as_process(*args: object, cwd: Path, **env: str) -> subprocess.CompletedProcess:
    import sys

    return subprocess.run(
        [sys.executable, "-P", "-m", "vietnam_foreign_affairs.cli", *map(str, args)],
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
