"""Runs corruptions in processes of their own, keeps every verdict, and goes on where it stopped."""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from pathlib import Path
from typing import Any, NamedTuple

from .judge import Judge
from .kinds import load, mutant
from .original import Mutant, Original
from .plan import draw

Record = dict[str, Any]


class Job(NamedTuple):
    """What a run is about; two runs of one job give the same verdicts of the same package."""

    root: Path
    seed: str
    number: int
    new_rows: bool = False
    peers: bool = True

    @property
    def name(self) -> str:
        return self.seed + ("-new" if self.new_rows else "")


class Bench:
    """The rules and the peers, each with a copy of its own."""

    def __init__(self, job: Job, home: Path):
        self.original = Original(job.root)
        self.judge = Judge(job.root, home / "judge", ledger=not job.new_rows)
        self.peers: dict[str, Any] = {}
        if job.peers:
            from .peers import Frictionless, Pandera

            self.peers = {
                "frictionless": Frictionless(job.root, home / "frictionless"),
                "pandera": Pandera(job.root, home / "pandera"),
            }

    def record(self, one: Mutant) -> Record:
        verdicts: Record = {way: found.as_dict() for way, found in self.judge(one).items()}
        return about(one) | verdicts | {name: peer(one) for name, peer in self.peers.items()}


def about(one: Mutant) -> Record:
    fields = ("key", "kind", "group", "table", "file", "about")
    return {name: getattr(one, name) for name in fields} | {
        "rows": sorted(one.rows)[:3],
        "columns": sorted(one.columns),
    }


def run(job: Job, kept: Path, processes: int) -> list[Record]:
    """Every record of a job, in the order of the plan. `kept` holds those of a run that stopped."""
    from tqdm import tqdm

    done = {r["key"]: r for r in _read(kept)}
    original = Original(job.root)
    order, waiting = [], []
    # Files are made anew in the processes: a plan in memory holds their names only.
    with tqdm(total=job.number, desc="plan", disable=None, leave=False) as bar:
        for one in draw(original, job.seed, job.number, new_rows=job.new_rows):
            order.append(one.key)
            if one.key not in done:
                waiting.append((one.kind, one.table, one.key))
            bar.update()
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (
        kept.open("a", encoding="utf-8") as log,
        tqdm(
            total=len(order), initial=len(order) - len(waiting), desc="mutants", disable=None
        ) as bar,
    ):
        for record in _records(job, waiting, processes):
            done[record["key"]] = record
            log.write(json.dumps(record, ensure_ascii=False) + "\n")
            log.flush()
            bar.update()
            if crash := record["rules"]["crash"]:
                tqdm.write(f"{record['key']}: {crash}")
    return [done[key] for key in order]


def _records(job: Job, waiting: list[tuple[str, str, str]], processes: int) -> Iterator[Record]:
    if not waiting:
        return
    context = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory(prefix="mutants-") as folder,
        ProcessPoolExecutor(processes, context, _open_bench, (job, Path(folder))) as pool,
    ):
        queue, pending = iter(waiting), set()
        while True:
            for task in queue:
                pending.add(pool.submit(_one, task))
                if len(pending) >= 4 * processes:
                    break
            if not pending:
                return
            finished, pending = wait(pending, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in finished)


def _open_bench(job: Job, folder: Path) -> None:
    global _bench
    home = folder / str(os.getpid())
    os.environ["XDG_CACHE_HOME"] = str(home / "cache")
    _keep_from_network()
    _bench = Bench(job, home)


def _one(task: tuple[str, str, str]) -> Record:
    name, table, key = task
    start = time.perf_counter()
    one = mutant(_bench.original, load()[name], "" if table == "datapackage" else table, key)
    assert one is not None
    return _bench.record(one) | {"wall": round(time.perf_counter() - start, 2)}


def _keep_from_network() -> None:
    """A corrupted address is for no peer to follow."""
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise OSError("nothing is fetched here")

    socket.socket.connect = socket.getaddrinfo = refuse  # type: ignore[method-assign,assignment]


def _read(kept: Path) -> list[Record]:
    if not kept.is_file():
        return []
    found = []
    for line in kept.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue  # the run stopped while it wrote this line
    return found


_bench: Bench
