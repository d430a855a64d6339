"""An answer as an assistant gets it: rows as exactly as they are known, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..citation import cite
from ..package import Table
from .marks import Marks
from .record import Record


@dataclass
class Answer:
    """Rows with what must be said with them.

    Figures that are not exact are texts with their qualifier; dates known to a month or a year are
    as short (ISO 8601). `precision` says what else is not exact. `sources` are those of the rows,
    `contradictions` what other sources say of them, `tables` what was read and how complete it is.
    """

    rows: list[dict[str, Any]]
    row_count: int
    truncated: bool
    precision: list[str] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    contradictions: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    cite: list[str] = field(default_factory=list)
    license: str = ""


def answer(record: Record, sql: str, limit: int) -> Answer:
    """Run SQL that reads, and say what must be said with its rows."""
    columns, rows = record.run(sql, limit + 1)
    cut = len(rows) > limit
    read = record.tables_read(sql)
    marks = Marks(record.uncertain, {table.name for table in read})
    found = [dict(zip(columns, row, strict=True)) for row in rows[:limit]]
    named = [record.named(row, read) for row in found]
    shown = [marks.shown(row, names) for row, names in zip(found, named, strict=True)]
    if cut:
        marks.notes[f"only the first {limit} rows are here; ask for fewer, or for totals"] = None
    ids = list(dict.fromkeys(name for names in named for name in names))
    sources = record.sources(found, ids)
    if not sources:
        marks.notes["no row names a source; explain_row gives those of the rows behind it"] = None
    return Answer(
        rows=shown,
        row_count=len(shown),
        truncated=cut,
        precision=list(marks.notes),
        sources=sources,
        contradictions=record.contradictions(ids),
        tables=[_about(table) for table in read],
        cite=[cite(record.pkg, table=table) for table in read] or [cite(record.pkg)],
        license=record.pkg.descriptor["licenses"][0]["name"],
    )


def _about(table: Table) -> dict[str, Any]:
    c = table.coverage
    return {
        "table": table.name,
        "covers_from": c.starts_on,
        "covers_until": c.ends_on,
        "is_complete": c.complete,
        "last_checked": c.last_checked,
    }
