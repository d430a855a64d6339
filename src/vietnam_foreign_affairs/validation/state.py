"""What the steps of one validation hand on to each other."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..package import Package, Table
from ..sql import quote
from . import cache
from .documents import Documents
from .report import Failure
from .rules.of_documents.descriptor import files

if TYPE_CHECKING:
    import duckdb

    from .engine import Plan

MOST = 1000  # rows listed a query; where more are wrong, one thing is wrong with all of them
SECONDS, MEGABYTES = 300.0, 400  # for the SQL of the package, and of the database, which spills
SMALL = 20_000_000  # bytes; below, one thread costs less than it takes to share the work


@dataclass
class File:
    """What reading a table's bytes once tells."""

    digest: str
    size: int
    lines: int
    header: bytes
    ends_in_newline: bool


@dataclass
class State:
    """The package, the database that holds its tables, and what the steps so far have found out.

    `descriptor` reads `documents`, and halts all where they do not say how tables are read;
    `bytes` fills `files` and `unchanged` (tables that were read before and found sound); `shape`
    the schema `raw` (each cell as text); `types` the typed tables (`_line`, `_row` and the
    columns) and `rows`. A table in `broken` cannot be read as its schema says: no later step
    speaks of its rows, nor of what depends on them; the rules of tables in `waiting` do.
    """

    package: Package
    con: duckdb.DuckDBPyConnection
    documents: Documents
    seconds: float = SECONDS
    failures: list[Failure] = field(default_factory=list)
    is_halted: bool = False
    files: dict[str, File] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    rows: dict[str, int] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)
    unlisted: dict[str, int] = field(default_factory=dict)  # bad rows of a file beyond the listed
    ledger: str = ""  # digest of published.csv, where there is one
    known: int = 0  # documented discrepancies

    @classmethod
    @contextmanager
    def of(
        cls, pkg: Package, seconds: float = SECONDS, megabytes: int = MEGABYTES
    ) -> Iterator[State]:
        """A state with an empty database, which may spill to a folder of its own."""
        import duckdb

        # Of the folder: before the descriptor is checked, nothing that it says is followed.
        size = sum(p.stat().st_size for p in (pkg.root / "tables").glob("*.csv") if p.is_file())
        with tempfile.TemporaryDirectory(prefix="vfa-", ignore_cleanup_errors=True) as spill:
            config: dict[str, Any] = {
                "temp_directory": spill,
                "memory_limit": f"{megabytes}MB",
                "max_temp_directory_size": "10GB",
            }
            if size < SMALL:
                config["threads"] = 1
            with duckdb.connect(config=config) as con:
                yield cls(pkg, con, Documents(pkg.root), seconds)

    def sound(self) -> Iterator[Table]:
        """The tables that can be read as their schemas say."""
        return (table for table in self.package.tables if table.name not in self.broken)

    def digest_of(self, name: str, columns: tuple[str, ...] = ()) -> str:
        """A digest of columns of a typed table, in its order; of its whole file where none."""
        file = self.files[name].digest
        if not columns:
            return file
        key = cache.key_of(cache.code(), file, self.package.table(name).fields, columns)
        known = cache.get("columns", key)
        if known is None:
            cells = ", ".join(f"{quote(c)}::VARCHAR" for c in columns)
            sql = (
                f"SELECT md5(string_agg(to_json([{cells}]), '' ORDER BY _line)) FROM {quote(name)}"
            )
            known = str(self.con.execute(sql).fetchone()[0])
            cache.put("columns", key, known)
        return known

    def bad_rows(self, plan: Plan, file: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Columns and rows of a plan; nothing at all where nothing is wrong."""
        if self.con.execute(plan.asks).fetchone() is None:
            return [], []
        return self.rows_of(plan.sql, file)

    def rows_of(self, sql: str, file: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Columns and rows of a query for bad rows of a file: at most `MOST`, others counted."""
        result = self.con.execute(f"{sql}\nLIMIT {MOST + 1}")
        columns = [column[0] for column in result.description]
        rows = result.fetchall()
        if len(rows) > MOST:
            (number,) = self.con.execute(f"SELECT count(*) FROM ({sql}\n)").fetchone()
            self.unlisted[file] = self.unlisted.get(file, 0) + number - MOST
        return columns, rows[:MOST]

    def unread(self) -> tuple[str, ...]:
        """The files of which some rules could not be checked, because a table is broken."""
        if self.is_halted:
            return tuple(f for f in files(self.package.root) if f.endswith(".csv"))
        return tuple(
            file_name(t) for t in self.package.tables if t.name in self.broken | self.waiting
        )


def file_name(table: Table) -> str:
    """The file of a table, as reports name it."""
    return f"tables/{table.path.name}"
