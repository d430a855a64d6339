"""Five hundred wrong uses: every command, with arguments that are missing, foreign or hostile."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

from tests.conftest import ROOT
from vietnam_foreign_affairs import cli, database, serving, validation
from vietnam_foreign_affairs.package import PackageError
from vietnam_foreign_affairs.publishing import build

WORDS = ["", " ", "-", "--", "-1", "--no", "nothing", "a=b", "=", "day=", "'; DROP", "\u202e"]
WORDS += ["\x1b[31m", "x" * 5000, "../..", "/", "/dev/null", "~", "*", "%s%n", "Việt", "1e999"]
COMMANDS = {  # with what comes before the wrong words
    "tables": [[], ["--format"]],
    "show": [[], ["countries", "--limit"], ["countries", "--format"], ["--output"]],
    "query": [[], ["partners_as_of"], ["country_ladder", "country=FRA"], ["--output"]],
    "sql": [[], ["SELECT 1", "--output"], ["SELECT 1", "--format"]],
    "validate": [[], ["--quick"], ["--format"]],
    "rules": [[], ["--format"]],
    "cite": [[], ["--style"]],
    "diff": [[], [str(ROOT)], [str(ROOT), str(ROOT), "--format"]],
    "at": [[], [str(ROOT)], [str(ROOT), "query"], [str(ROOT), "query", "partners_as_of"]],
    "format": [[]],
    "build": [["--output"], []],
    "docs": [[]],
    "nonsense": [[]],
}


def hostile_files(folder: Path) -> list[str]:
    """Files and folders that no command can use."""
    (folder / "empty").mkdir()
    (folder / "events.csv").write_bytes(b"\xff\xfe\x00")
    (folder / "datapackage.json").write_text("[")
    for name, text in (("list", "[]"), ("bare", '{"resources": [{}]}')):
        (folder / name).mkdir()
        (folder / name / "datapackage.json").write_text(text)
    (folder / "no.zip").write_bytes(b"PK\x03\x04 and no more")
    with zipfile.ZipFile(folder / "empty.zip", "w"):
        pass
    (folder / "round").symlink_to(folder / "round")
    return [str(path) for path in sorted(folder.iterdir())]


def test_no_wrong_use_ends_in_a_traceback(tmp_path, monkeypatch, capfd):
    for name in ("files", "here"):
        (tmp_path / name).mkdir()
    words = [*WORDS, *hostile_files(tmp_path / "files")]
    every = [
        [command, *before, *after]
        for command, befores in COMMANDS.items()
        for before in befores
        for after in ([], ["nothing", "x", "y"], *([word] for word in words))
    ]
    uses = random.Random(1).sample(every, 500)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("sys.stdin", None)
    # What is slow and not about wrong use: loading once is enough, and nothing is built.
    con = serving.connect()
    monkeypatch.setattr(serving, "connect", con.cursor)
    monkeypatch.setattr(database, "lock", lambda con: None)
    monkeypatch.setattr(build, "_write_package", stop)
    monkeypatch.setattr(validation, "validate", stop)
    for use in uses:
        try:
            status = cli.main(use)
        except SystemExit as wrong:  # argparse
            status = wrong.code
        out, err = capfd.readouterr()
        assert status in (0, 1, 2), (use, err)
        assert "Traceback" not in err, use
        assert "\x1b" not in out + err, use
        if status == 2:
            assert out == "", use
            assert err.startswith(("vfa: ", "usage: vfa")), use


def stop(*args, **words):
    raise PackageError("enough: this use was right")
