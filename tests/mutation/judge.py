"""Asks the rules about one corrupted package: caught or not, and where they say it is."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import vietnam_foreign_affairs as vfa
from vietnam_foreign_affairs.validation.report import Failure

from .original import Mutant

PARTS = ("tables", "schemas", "scripts/sql")
LEDGER = "published.csv"
RULE = "ledger"  # that its failures break


@dataclass
class Verdict:
    """Of one validation. `row` and `column` are None where a mutant has no row or no column."""

    caught: bool
    file: bool = False
    row: bool | None = None
    column: bool | None = None
    seconds: float = 0
    rules: list[str] = field(default_factory=list)
    crash: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def copy_package(root: Path, to: Path, *, ledger: bool) -> Path:
    """What a validation reads, with or without the ledger of what was published."""
    to.mkdir(parents=True)
    for part in PARTS:
        shutil.copytree(root / part, to / part)
    shutil.copy(root / "datapackage.json", to)
    if ledger:
        shutil.copy(root / LEDGER, to)
    return to


class Judge:
    """A copy of the package that is corrupted, validated and restored, again and again."""

    def __init__(self, root: Path, to: Path, *, ledger: bool):
        self.has_ledger = ledger and (root / LEDGER).is_file()
        self.root = copy_package(root, to, ledger=self.has_ledger)
        self.before = set(vfa.validate(self.root, quick=True).failures)

    def __call__(self, mutant: Mutant) -> dict[str, Verdict]:
        """By the rules alone, and with the ledger where there is one; of one validation."""
        ways = ("rules", "ledger") if self.has_ledger else ("rules",)
        with corrupted(self.root, mutant):
            start = time.process_time()
            try:
                failures = vfa.validate(self.root, quick=True).failures
            except vfa.PackageError as error:
                failures = [_of_error(error)]
            except Exception as error:
                crash = f"{type(error).__name__}: {error}".split("\n")[0][:200]
                seconds = round(time.process_time() - start, 3)
                return {way: Verdict(False, seconds=seconds, crash=crash) for way in ways}
            seconds = round(time.process_time() - start, 3)
        found = [f for f in failures if f not in self.before]
        # The ledger is a step of its own, and no other knows of it.
        own = {"rules": [f for f in found if f.rule != RULE], "ledger": found}
        return {way: verdict(mutant, own[way], seconds) for way in ways}


@contextmanager
def corrupted(root: Path, mutant: Mutant) -> Iterator[None]:
    path = root / mutant.file
    before = path.read_bytes()
    try:
        if mutant.content is None:
            path.unlink()
        else:
            path.write_bytes(mutant.content)
        yield
    finally:
        path.write_bytes(before)


def _of_error(error: vfa.PackageError) -> Failure:
    """What is refused before anything is read names its place in words."""
    return Failure("package", "structure", str(error))


def verdict(mutant: Mutant, found: list[Failure], seconds: float) -> Verdict:
    """Whether any of the failures names the file, and in it the row, and in that the column."""
    if not found:
        return Verdict(False, seconds=seconds)
    there = [f for f in found if f.file == mutant.file or mutant.file in f.message]
    is_document = mutant.file.endswith(".json")
    rows = [f for f in there if (_names_part if is_document else _names_row)(f, mutant)]
    columns = [f for f in rows if _names_column(f, mutant)]
    has_row = bool(mutant.rows or mutant.lines)
    return Verdict(
        True,
        bool(there),
        bool(rows) if has_row else None,
        bool(columns) if mutant.columns else None,
        seconds,
        sorted({f.rule for f in there or found})[:5],
    )


def _names_row(f: Failure, mutant: Mutant) -> bool:
    return f.line in mutant.lines or f.row in mutant.rows


def _names_part(f: Failure, mutant: Mutant) -> bool:
    """Of a document: a field or resource, by its name or by its place in the list."""
    return any(word in _words(f) for word in mutant.rows)


def _names_column(f: Failure, mutant: Mutant) -> bool:
    if mutant.file.endswith(".json"):
        return any(word in _words(f) for word in mutant.columns)
    return bool(mutant.columns & set(f.column.split(", ")))


def _words(f: Failure) -> str:
    return f"{f.row} {f.column} {f.message}"
