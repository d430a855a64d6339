"""Makes a seeded sample of changes of code and SQL, one at a time, and asks the suite."""

from __future__ import annotations

import json
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from . import CodeChange, python, reach, sql, suite
from .reach import Reach

ROOT = Path(__file__).resolve().parents[3]
LONGEST = 600  # seconds: a change that makes the suite hang is noticed too
SURVIVORS = Path(__file__).parent / "survivors.toml"


def draw(root: Path, seed: str, number: int, only: str = "") -> Iterator[CodeChange]:
    """`number` changes of files whose names begin with `only`, half of SQL and half of Python.

    Every place of the code has the same chance; a longer run only adds changes.
    """
    makers = [
        _makers(root, random.Random(f"{seed}/{ending}"), folder, ending, how, only)
        for folder, ending, how in (
            ("scripts/sql", "*.sql", sql),
            ("src/vietnam_foreign_affairs", "*.py", python),
        )
    ]
    both = (one for pair in zip_longest(*makers) for one in pair if one)
    yield from islice(both, number)


def _makers(
    root: Path, rng: random.Random, folder: str, ending: str, how: Any, only: str
) -> Iterator[CodeChange]:
    files = sorted(p.relative_to(root).as_posix() for p in (root / folder).rglob(ending))
    places = [place for f in files if f.startswith(only) for place in how.places(root, f)]
    rng.shuffle(places)
    seen: set[str] = set()
    for place in places:
        found = how.make(root, place)
        if found is not None and found.key not in seen:
            seen.add(found.key)
            yield found


def main(seed: str, number: int, only: str, processes: int, again: bool, keep: bool) -> None:
    from tqdm import tqdm

    from .. import __main__ as command

    kept = command.WORK / f"code-{seed}.jsonl"
    if again:
        kept.unlink(missing_ok=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    done = {}
    if kept.is_file():
        lines = kept.read_text(encoding="utf-8").splitlines()
        done = {r["key"]: r for r in map(json.loads, lines)}
    changes = list(draw(ROOT, seed, number, only))
    waiting = [c for c in changes if c.key not in done]
    begun = len(changes) - len(waiting)
    known = reach.of(ROOT, kept.with_name("reach.json"), processes) if waiting else Reach({}, {})
    with (
        kept.open("a", encoding="utf-8") as log,
        tqdm(total=len(changes), initial=begun, desc="changes", disable=None) as bar,
    ):
        for record in _records(waiting, known, processes):
            done[record["key"]] = record
            log.write(json.dumps(record, ensure_ascii=False) + "\n")
            log.flush()
            bar.update()
            if not record["noticed_by"]:
                tqdm.write(f"nobody noticed {record['key']}")
    summary = result([done[c.key] for c in changes], seed)
    print(f"{summary['noticed']} of {summary['changes']} changes were noticed")
    for key in summary["survivors"]:
        print(f"  {key}")
    if keep:
        command.keep("code", summary)


def result(records: list[dict[str, Any]], seed: str) -> dict[str, Any]:
    survivors = sorted(r["key"] for r in records if not r["noticed_by"])
    parts: dict[str, list[bool]] = {}
    for record in records:
        part = "SQL" if record["key"].split(": ")[0].endswith(".sql") else "Python"
        parts.setdefault(part, []).append(bool(record["noticed_by"]))
    return {
        "seed": seed,
        "changes": len(records),
        "noticed": len(records) - len(survivors),
        "parts": {p: {"changes": len(v), "noticed": sum(v)} for p, v in sorted(parts.items())},
        "survivors": survivors,
    }


def _records(waiting: list[CodeChange], known: Reach, processes: int) -> Iterator[dict[str, Any]]:
    """Threads, for each only waits for a suite in a process of its own."""
    local = threading.local()
    with tempfile.TemporaryDirectory(prefix="mutants-code-") as folder:

        def one(change: CodeChange) -> dict[str, Any]:
            if not hasattr(local, "root"):
                local.root = suite.copy(ROOT, Path(folder) / str(threading.get_ident()))
            return _record(local.root, change, known)

        with ThreadPoolExecutor(processes) as pool:
            yield from pool.map(one, waiting)


def _record(root: Path, change: CodeChange, known: Reach) -> dict[str, Any]:
    path = root / change.file
    before = path.read_bytes()
    tests = reach.tests_of(ROOT, known, change)
    start = time.perf_counter()
    try:
        path.write_text(change.text, encoding="utf-8")
        noticed = suite.outcome(root, tests, LONGEST)
    finally:
        path.write_bytes(before)
    seconds = round(time.perf_counter() - start, 1)
    return {"key": change.key, "line": change.line, "noticed_by": noticed, "seconds": seconds}
