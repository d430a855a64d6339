"""Run a task again and again, each time killed at another moment of its work on files.

    python -m tests.faults.moments build|format|answer  FOLDER  [two]

A moment is one call that Python audits: an open, a rename, a removal. The task runs in a forked
process that kills itself at its n-th; then the folder must hold the old or the new, whole, and one
more run must leave nothing behind. Prints what is not so. `two` takes the one-step exchange away.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from vietnam_foreign_affairs import atomic, exchange
from vietnam_foreign_affairs.package import Package
from vietnam_foreign_affairs.publishing import build as building
from vietnam_foreign_affairs.publishing.tidy import tidy

MOMENTS = 30
_SEEN = ("open", "os.", "shutil.", "tempfile.", "ctypes.")
ROOT = Path(__file__).resolve().parents[2]


def main(task: str, folder: Path) -> None:
    prepare, run, states = TASKS[task](folder)
    prepare()
    before = contents(folder)
    count = forked(run)
    after = contents(folder)
    if before == after or before not in states or after not in states:
        print("the task does nothing, or something else")
    # The exchange and the tidying up are at the end.
    moments = {
        *range(1, count + 1, max(1, count // (MOMENTS // 2))),
        *range(max(1, count - 15), count + 1),
    }
    print(len(moments), file=sys.stderr)
    for moment in sorted(moments):
        prepare()
        if forked(run, kill_at=moment) is not None:
            print(f"moment {moment}: it was not killed")
        seen = {k: v for k, v in contents(folder).items() if not k.startswith(".")}
        if seen not in states and not (two_steps() and not seen):
            print(f"moment {moment}: neither the old nor the new: {sorted(seen)}")
        forked(run)
        if contents(folder) != after:
            print(f"moment {moment}: the next run leaves {sorted(contents(folder))}")


def two_steps() -> bool:
    """Only where the system cannot exchange is there a moment without a target."""
    return exchange._call() is None


def build_task(folder: Path) -> tuple[Callable, Callable, list]:
    word = ["old"]
    build = builder(folder / "dist", word)

    def prepare():
        clear(folder)
        word[0] = "old"
        build()
        word[0] = "new"

    prepare()
    old = contents(folder)
    build()
    return prepare, build, [old, contents(folder)]


def builder(dist: Path, word: list[str]) -> Callable[[], object]:
    """A build of a few files that hold a word; how they come to their place is the real way."""

    def write(pkg, out, say):
        descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
        descriptor["resources"] = descriptor["resources"][:5]
        for number, resource in enumerate(descriptor["resources"]):
            (out / f"{number}.csv").write_text(word[0] * 1000)
            resource["rows"] = 1000
        (out / "datapackage.json").write_text(json.dumps(descriptor))
        return Package(out)

    building._write_package, building.FORMATS, building.METADATA = write, (), {}
    return lambda: building.build(Package(ROOT), dist)


def format_task(folder: Path) -> tuple[Callable, Callable, list]:
    pkg = Package(ROOT)
    path = folder / "qualifiers.csv"
    good = pkg.table("qualifiers").path.read_bytes()
    bad = good.replace(b"\n", b"\r\n")

    def prepare():
        clear(folder)
        path.write_bytes(bad)

    return prepare, lambda: tidy(pkg, [path]), [{path.name: bad}, {path.name: good}]


def answer_task(folder: Path) -> tuple[Callable, Callable, list]:
    path = folder / "answer.csv"

    def prepare():
        clear(folder)
        path.write_bytes(b"old")

    return prepare, lambda: atomic.write({path: b"new" * 5000}), [
        {path.name: b"old"},
        {path.name: b"new" * 5000},
    ]  # fmt: skip


TASKS = {"build": build_task, "format": format_task, "answer": answer_task}


def forked(run: Callable, kill_at: int | None = None) -> int | None:
    """Run in a process of its own; the number of its moments, or none if it was killed."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        moments = 0

        def look(event, args):
            nonlocal moments
            if event.startswith(_SEEN):
                moments += 1
                if moments == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(look)
        run()
        os.write(writer, str(moments).encode())
        os._exit(0)
    os.close(writer)
    data = os.read(reader, 100)
    os.close(reader)
    os.waitpid(pid, 0)
    return int(data) if data else None


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


if __name__ == "__main__":
    if "two" in sys.argv[3:]:
        exchange._call = lambda: None
    main(sys.argv[1], Path(sys.argv[2]))
