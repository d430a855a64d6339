"""A checkout to break, and what the suite says of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PARTS = ("src", "scripts", "tables", "schemas", "tests", "docs", "requirements", ".github", ".ci")


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


def environment(root: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": str(root / ".cache"),
    }


def outcome(root: Path, tests: tuple[str, ...], seconds: float | None = None) -> str:
    """`""` where every test passes; else the test that failed first, or `timeout`."""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "--tb=no", *tests]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env=environment(root),
            capture_output=True,
            text=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return "timeout"
    if done.returncode == 0:
        return ""
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0].split(" - ")[0] if failed else f"pytest ended with {done.returncode}"
