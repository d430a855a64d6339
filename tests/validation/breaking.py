"""Many mistakes in one copy of the package, each in a row of its own; the report on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import vietnam_foreign_affairs as vfa

from ..conftest import Workbook


class Mistake(NamedTuple):
    """Cells that a person gets wrong in the first row that fits; where the report must point."""

    name: str
    rule: str
    table: str
    column: str
    where: Callable[[dict[str, str]], Any]
    cells: Callable[[dict[str, str]], dict[str, str]]


class Found(NamedTuple):
    lines: dict[str, int]
    failures: list[Any]

    def at(self, mistake: Mistake) -> list[Any]:
        file, line = f"tables/{mistake.table}.csv", self.lines[mistake.name]
        return [f for f in self.failures if (f.file, f.line) == (file, line)]


def report_on(book: Workbook, mistakes: list[Mistake]) -> Found:
    """Make all mistakes and validate once. Rows stay where they are, so lines do, too."""
    tables = {m.table: book.rows(m.table) for m in mistakes}
    lines: dict[str, int] = {}
    used: set[tuple[str, int]] = set()
    for m in mistakes:
        rows = tables[m.table]
        fits = (n for n, row in enumerate(rows) if (m.table, n) not in used and m.where(row))
        number = next(fits, None)
        assert number is not None, f"no row for: {m.name}"
        used.add((m.table, number))
        lines[m.name] = number + 2
        wrong = m.cells(rows[number])
        assert wrong.items() - rows[number].items(), m.name
        rows[number] |= wrong
    for table, rows in tables.items():
        book.write(table, rows)
    return Found(lines, vfa.validate(book.root, quick=True).failures)
