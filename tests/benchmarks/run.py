"""Speed and memory requirements as ratios against a named peer, both measured in one run.

Each pair of commands runs in processes of their own, in turns, so that what the machine does
besides hits both alike; the ratio is that of the fastest runs. Arguments name the benchmarks to
run; without any, all of them run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
import growth

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
FRICTIONLESS = [PYTHON, "-m", "frictionless", "validate", "datapackage.json"]
VALIDATE = [PYTHON, "-m", "vietnam_foreign_affairs.cli", "validate"]
QUICK = [*VALIDATE, "--quick"]
PEER = [PYTHON, "-c", "import duckdb; duckdb.connect()"]
IMPORT = "import vietnam_foreign_affairs as vfa; "


class Cost(NamedTuple):
    """Of one process and its children: seconds by the clock, of the processors, peak megabytes."""

    wall: float
    cpu: float
    peak: float


def cost(command: list[str], *, may_fail: bool = False, **env: str) -> Cost:
    env = {**os.environ, **env}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # modules of a wheel are compiled when it is installed
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status and not (may_fail and os.waitstatus_to_exitcode(status) == 1):
        sys.exit(f"{' '.join(command)} failed:\n{out.decode()[-1000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def ratio(
    name: str,
    ours: list[str],
    peer: list[str],
    most: float,
    runs: int,
    what: str = "wall",
    **env: str,
) -> None:
    cost(ours, **env), cost(peer)  # file caches, and the compiled rules
    pairs = []
    for _ in range(runs):
        forget_results(env.get("XDG_CACHE_HOME"))
        pairs.append((getattr(cost(ours, **env), what), getattr(cost(peer), what)))
    our, their = min(p[0] for p in pairs), min(p[1] for p in pairs)
    print(
        f"{name}: {our / their:.2f} (at most {most}; {our:.2f} s against {their:.2f} s)", flush=True
    )


def forget_results(cache: str | None) -> None:
    """Keep the compiled rules, forget what was found sound: everything is read again."""
    if cache:
        for path in Path(cache, "vietnam-foreign-affairs").glob("*"):
            if not path.name.startswith("plan-"):
                path.unlink()


def reading() -> None:
    read = IMPORT + "vfa.read('partnership_upgrades').fetchall()"
    ratio("read a table / import duckdb and connect", [PYTHON, "-c", read], PEER, 1.3, 12)
    ratio("connect() / the same", [PYTHON, "-c", IMPORT + "vfa.connect()"], PEER, 2.0, 12)
    query = IMPORT + "vfa.query('partners_as_of', day='2024-12-31').fetchall()"
    ratio("query() / the same", [PYTHON, "-c", query], PEER, 2.5, 12)
    peak = cost([PYTHON, "-c", IMPORT + "vfa.connect()"]).peak
    print(f"connect(), peak: {peak:.0f} MB (at most 100 MB)")


def validating() -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = {"XDG_CACHE_HOME": folder}
        first = cost(QUICK, **env).wall
        print(f"validate --quick, first run after a change of rules: {first:.1f} s (at most 5 s)")
        name = "{}, processor time / frictionless validate"
        ratio(name.format("validate --quick"), QUICK, FRICTIONLESS, 0.5, 6, "cpu", **env)
        ratio(name.format("validate"), VALIDATE, FRICTIONLESS, 1.05, 6, "cpu", **env)
        cost(QUICK, **env)
        again = min(cost(QUICK, **env).wall for _ in range(5))
        print(f"validate --quick, nothing changed: {again:.2f} s (at most 0.5 s)")
        package = growth.more_statements(Path(folder, "package"), 1)
        path = package / "tables/observations.csv"
        times = []
        for number in range(5):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("\n", f"x{number}\n", 2).replace(f"x{number}\n", "\n", 1))
            times.append(cost([*QUICK, str(package)], **env).wall)
        print(f"validate --quick, observations changed, a process of its own: {min(times):.2f} s")
        editing = [PYTHON, str(Path(__file__).parent / "editing.py"), str(package)]
        done = subprocess.run(editing, env={**os.environ, **env}, capture_output=True, text=True)
        print(f"one table changed, in a process that stays: {done.stdout.strip()} (at most 0.5 s)")


def growing() -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = {"XDG_CACHE_HOME": str(Path(folder, "cache"))}

        def measured(name: str, make, times: int) -> Cost:
            package = make(Path(folder, name), times)
            # Some copies break a rule, such as that on ids; at most a thousand failures are listed.
            cost([*QUICK, str(package)], may_fail=True, **env)
            forget_results(env["XDG_CACHE_HOME"])
            found = cost([*QUICK, str(package)], may_fail=True, **env)
            shutil.rmtree(package)
            return found

        one = measured("one", growth.more_evidence, 1)
        five = measured("five", growth.more_evidence, 5)
        three = measured("three", growth.more_statements, 3)
        print(f"5 times the sources and evidence: {five.wall / one.wall:.1f} times (at most 5.5)")
        print(f"3 times the statements: {three.wall / one.wall:.1f} times (at most 3.5)")
        many = measured("many", growth.more_evidence, 49)
        print(f"267,000 rows: {many.wall:.1f} s, peak {many.peak:.0f} MB (at most 600 MB)")
        rivals = measured("rivals", growth.more_statements, 100)
        print(f"101,000 statements of the same periods: {rivals.wall:.1f} s, {rivals.peak:.0f} MB")


BENCHMARKS = {"reading": reading, "validating": validating, "growing": growing}


def main() -> None:
    for name in sys.argv[1:] or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
