"""Which tests must notice a change of a file: those of the part of the house that it is in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PARTS_OF_DATA = ("bodies", "partners", "record", "sources")
DATA = (*(f"tests/data/test_recounted_{part}.py" for part in PARTS_OF_DATA), "tests/data")
RELATIONS = ("tests/validation/test_relations.py", "tests/validation/test_mistakes.py")
SOURCE = "src/vietnam_foreign_affairs"
# The first that fits; in each the likeliest first, since the first failure ends a run.
TESTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("scripts/sql/queries/", DATA),
    ("scripts/sql/checks/", RELATIONS),
    ("scripts/sql/", (*DATA, *RELATIONS)),
    (f"{SOURCE}/validation/", ("tests/validation", "tests/cli/test_validate.py")),
    (f"{SOURCE}/publishing/", ("tests/publishing",)),
    (f"{SOURCE}/cli.py", ("tests/cli",)),
    (f"{SOURCE}/", ("tests/data", "tests/validation", "tests/cli")),
)
PARTS = ("src", "scripts", "tables", "schemas", "tests", "docs", "requirements", ".github", ".ci")
TIMES = 4  # as long as the suite takes, and a change that makes it hang is noticed too
LEAST = 120  # seconds


def tests_of(file: str) -> tuple[str, ...]:
    return next(tests for start, tests in TESTS if file.startswith(start))


def copy(root: Path, to: Path) -> Path:
    """A checkout to break: what git tracks, without history."""
    to.mkdir(parents=True)
    for part in PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, to / part, ignore=shutil.ignore_patterns("__pycache__"))
    for path in root.iterdir():
        if path.is_file() and path.name != ".git":
            shutil.copy(path, to)
    return to


def outcome(root: Path, tests: tuple[str, ...], seconds: float | None = None) -> str:
    """`""` where every test passes; else the test that failed first, or `timeout`."""
    env = {
        **os.environ,
        "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": str(root / ".cache"),
    }
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "--tb=no", *tests]
    try:
        done = subprocess.run(
            command, cwd=root, env=env, capture_output=True, text=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return "timeout"
    if done.returncode == 0:
        return ""
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0].split(" - ")[0] if failed else f"pytest ended with {done.returncode}"
