"""Beside the steps: what frictionless says, in a process of its own, without the network.

It is the slowest single part, so it starts first, is asked last, and reads again only the
resources that changed since it last found nothing wrong with them. Run as a module, it prints a
failure a line, and a last line that says it has come to the end.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..package import Package
from . import cache
from .report import Failure

FINISHED = {"finished": True}


@contextmanager
def beside(pkg: Package, *, wanted: bool) -> Iterator[subprocess.Popen | None]:
    """The process, for as long as the steps take; none where no opinion is wanted."""
    if not wanted:
        yield None
        return
    if find_spec("frictionless") is None:  # the process could only say that it stopped
        raise ModuleNotFoundError("No module named 'frictionless'", name="frictionless")
    process = subprocess.Popen(
        # -P: nothing that lies in the current folder is imported.
        [sys.executable, "-P", "-m", __name__, str(pkg.root)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def news(process: subprocess.Popen | None, already: list[Failure]) -> list[Failure]:
    """What frictionless alone has: the same row is not reported twice."""
    if process is None:
        return []
    out, err = process.communicate()
    lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    if process.returncode or lines[-1:] != [FINISHED]:
        last = err.strip().splitlines()[-1] if err.strip() else "no output"
        stopped = f"frictionless stopped: {last}"
        return [Failure("frictionless", "structure", stopped, file="datapackage.json")]
    places = {(f.file, f.line) for f in already if f.level == "structure"}
    spoilt = {f.file for f in already if f.rule in ("file", "header", "shape", "quoting")}
    found = [Failure(**line) for line in lines[:-1]]
    return [f for f in found if (f.file, f.line) not in places and f.file not in spoilt]


def failures(root: Path) -> Iterator[Failure]:
    """What frictionless finds in the descriptor and in those files that it has not seen sound.

    Foreign keys are left to the rules: frictionless gives no advice and reads each table again.
    """
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    keys = {r["name"]: _key(root, r) for r in descriptor["resources"]}
    whole = cache.key_of(version("frictionless"), json.dumps(descriptor))
    changed = [r for r in descriptor["resources"] if cache.get("sound", keys[r["name"]]) is None]
    if not changed and cache.get("sound", whole) is not None:
        return
    import frictionless

    package = frictionless.Package.from_descriptor(
        {**descriptor, "resources": changed or descriptor["resources"][:1]}, basepath=str(root)
    )
    for resource in package.resources:
        resource.schema.foreign_keys = []
    report = package.validate()
    for error in report.errors:
        yield Failure("frictionless", "structure", error.message, "", "datapackage.json")
    if not report.errors:
        cache.put("sound", whole, "")
    for task in report.tasks:
        for error in task.errors:
            yield Failure(
                "frictionless",
                "structure",
                error.message,
                "",
                task.place or "",
                getattr(error, "row_number", None),
                column=getattr(error, "field_name", "") or "",
                value=getattr(error, "cell", None),
            )
        if not task.errors:
            cache.put("sound", keys[task.name], "")


def _key(root: Path, resource: dict[str, Any]) -> str:
    """Of all that the opinion on one resource depends on."""
    digest = hashlib.sha256()
    for name in (resource["path"], resource["schema"]):
        try:
            with (root / name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            digest.update(repr(error).encode())
    return cache.key_of(version("frictionless"), json.dumps(resource), digest.hexdigest())


def _close_network() -> None:
    """A package may name addresses where a file should stand: none is fetched."""
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise OSError("validation fetches nothing")

    socket.socket.connect = socket.socket.connect_ex = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = socket.create_connection = refuse  # type: ignore[assignment]


def main() -> None:
    _close_network()
    # Grammars of addresses that jsonschema compiles, for a second, where some other tool brought
    # them along; frictionless does not require them.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    for failure in failures(Path(sys.argv[1])):
        print(json.dumps(asdict(failure), default=str))
    print(json.dumps(FINISHED))


if __name__ == "__main__":
    main()
