"""Two commands that write one target at once: each ends well, and one of them is there, whole."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize("exchange", ["one", "two"], ids=["one step", "two steps"])
@pytest.mark.parametrize("task", ["build", "answer"])
def test_two_at_once(tmp_path, task, exchange):
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.again", task, tmp_path, word, exchange],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for word in ("this", "that")
    ]
    for process in processes:
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
    (target,) = tmp_path.iterdir()
    if task == "answer":
        assert target.read_text() in ("this" * 5000, "that" * 5000)
        return
    texts = {p.read_text() for p in target.glob("*.csv")}
    assert texts in ({"this" * 1000}, {"that" * 1000})
    for line in (target / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((target / name).read_bytes()).hexdigest() == digest
