"""Killed at any moment, a command leaves the old or the new, and the next one tidies up."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize("exchange", ["one", "two"], ids=["one step", "two steps"])
@pytest.mark.parametrize("task", ["build", "format", "answer"])
def test_killed_at_thirty_moments(tmp_path, task, exchange):
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.moments", task, tmp_path / "here", exchange],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert int(done.stderr) >= (15 if task == "answer" else 25), "moments"
