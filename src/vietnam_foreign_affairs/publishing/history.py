"""The second clock: not what was true on a day, but what an earlier release said.

The SQL of a release is that of whoever wrote it. It runs in a process of its own (`locked`), so
that whatever it does ends with that process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import NamedTuple

from ..errors import PackageError
from ..package import Package


class Limits(NamedTuple):
    """What SQL of a stranger may use: seconds, and megabytes of memory."""

    timeout: float = 60
    memory: int = 1000


def answer(
    pkg: Package,
    name: str,
    params: dict[str, object] | None = None,
    format: str = "table",
    limits: Limits = Limits(),  # noqa: B008 (it cannot change)
) -> str:
    """The answer to a named question of that release, as text in one of `output.FORMATS`.

    `pkg` is one that `opened` made. Raises `PackageError` for a question that the release does not
    have, where its SQL fails, and where it asks for more than the limits.
    """
    asked = {
        "root": str(pkg.root),
        "name": name,
        "params": {key: str(value) for key, value in (params or {}).items()},
        "format": format,
        "terminal": sys.stdout.isatty(),
        **limits._asdict(),
    }
    # -P: nothing of the current folder is imported.
    command = [sys.executable, "-P", "-m", f"{__package__}.locked"]
    cannot = f"release {pkg.version} cannot answer {name}"
    try:
        done = subprocess.run(
            command, input=json.dumps(asked).encode(), capture_output=True, timeout=limits.timeout
        )
    except subprocess.TimeoutExpired:
        raise PackageError(
            f"{cannot} in {limits.timeout:g} seconds; --timeout gives it more"
        ) from None
    if done.returncode == 0:
        return done.stdout.decode("utf-8")
    if done.returncode == SAID:
        raise PackageError(f"{cannot}: {done.stdout.decode('utf-8')}")
    raise PackageError(f"{cannot}: its SQL ended the process (status {done.returncode})")


SAID = 3  # the status of a process that has said what is wrong
