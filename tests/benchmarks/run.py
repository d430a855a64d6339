"""Speed requirements as ratios against a named peer, both measured in one run.

Each pair of commands runs in processes of their own, in turns, so that what the machine does
besides hits both alike; the ratio is that of the fastest runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
FRICTIONLESS = [PYTHON, "-m", "frictionless", "validate", "datapackage.json"]
VALIDATE = [PYTHON, "-m", "vietnam_foreign_affairs.cli", "validate"]

READ = "import vietnam_foreign_affairs as vfa; vfa.read('partnership_upgrades').fetchall()"
PEER = "import duckdb; duckdb.connect()"


def seconds(command: list[str], env: dict[str, str] | None = None) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    took = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-500:]}{done.stderr[-500:]}")
    return took


def ratio(name: str, ours: list[str], peer: list[str], most: float, runs: int) -> None:
    seconds(ours), seconds(peer)  # file caches, and the compiled rules
    times = [(seconds(ours), seconds(peer)) for _ in range(runs)]
    our, their = min(t[0] for t in times), min(t[1] for t in times)
    print(f"{name}: {our / their:.2f} (at most {most}; {our:.2f} s against {their:.2f} s)")


def main() -> None:
    ratio(
        "read a table, cold process / import duckdb and connect",
        [PYTHON, "-c", READ],
        [PYTHON, "-c", PEER],
        1.3,
        12,
    )
    ratio("vfa validate, cold process / frictionless validate", VALIDATE, FRICTIONLESS, 1.0, 6)
    with tempfile.TemporaryDirectory() as empty:
        # Once after every change of a rule: pandera and Ibis are loaded to compile the rules.
        first = seconds(VALIDATE, {**os.environ, "XDG_CACHE_HOME": empty})
    print(f"vfa validate, first run with rules not yet compiled: {first:.2f} s (no requirement)")


if __name__ == "__main__":
    main()
