"""A disk that fills up: a sentence, nothing half-written, and the old outputs whole."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

VFA = [sys.executable, "-m", "vietnam_foreign_affairs"]
KB = 1024


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[dict]:
    """Arguments for a process that cannot write more than `size` bytes to a folder.

    A disk of that size where one may mount one; elsewhere a limit to the size of a file.
    """
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    is_disk = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        if is_disk:
            yield {}
        else:
            limit = (resource.RLIMIT_FSIZE, (size // 10, size // 10))
            yield {"preexec_fn": lambda: resource.setrlimit(*limit)}
    finally:
        if is_disk:
            subprocess.run(["umount", folder], check=True)


def run(*arguments: object, **how) -> subprocess.CompletedProcess:
    return subprocess.run([*VFA, *map(str, arguments)], capture_output=True, text=True, **how)


def is_a_sentence(done: subprocess.CompletedProcess) -> bool:
    return done.returncode == 2 and done.stderr.startswith("vfa: ") and "Trace" not in done.stderr


@pytest.mark.parametrize("size", [200 * KB, 5000 * KB, 8000 * KB, 12000 * KB])
def test_a_build_on_a_full_disk_keeps_the_old_one(tmp_path, size):
    with small_disk(tmp_path / "disk", size) as how:
        target = tmp_path / "disk/dist"
        target.mkdir()
        done = run("build", "--output", target, **how)
        assert is_a_sentence(done), done.stderr
        assert [p.name for p in target.parent.iterdir()] == ["dist"]
        assert list(target.iterdir()) == []


def test_a_full_disk_does_not_touch_a_table_that_is_formatted(tmp_path, workbook):
    table = workbook.root / "tables/sources.csv"
    data = table.read_bytes().replace(b"\n", b"\r\n")
    with small_disk(tmp_path / "disk", len(data) * 3 // 2) as how:
        path = tmp_path / "disk/sources.csv"
        path.write_bytes(data)
        done = run("format", path, **how)
        assert is_a_sentence(done), done.stderr
        assert path.read_bytes() == data
        assert [p.name for p in path.parent.iterdir()] == ["sources.csv"]


def test_an_answer_for_a_full_disk_keeps_the_old_file(tmp_path):
    with small_disk(tmp_path / "disk", 100 * KB) as how:
        path = tmp_path / "disk/sources.json"
        path.write_text("old")
        done = run("show", "sources", "--output", path, **how)
        assert is_a_sentence(done), done.stderr
        assert path.read_text() == "old"
        assert [p.name for p in path.parent.iterdir()] == ["sources.json"]


@pytest.fixture
def closed_folder(tmp_path) -> Iterator[Path]:
    """A folder that takes no files: from root, only one that is not on a disk."""
    if os.geteuid() == 0:
        yield Path("/proc")
        return
    tmp_path.chmod(0o555)
    yield tmp_path
    tmp_path.chmod(0o755)


@pytest.mark.parametrize("command", ["build --output dist", "show leaders --output x.csv"])
def test_a_folder_that_takes_no_files_is_a_sentence_at_once(closed_folder, command):
    done = run(*command.split(), cwd=closed_folder)
    assert is_a_sentence(done)
    assert "no file can be made here" in done.stderr
