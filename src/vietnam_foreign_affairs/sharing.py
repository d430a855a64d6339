"""What all calls of one process share: one database, and a connection to it for each thread.

A DuckDB connection answers one question at a time, so threads that shared one would stop each
other. A relation keeps its connection: it outlives its thread, but two threads must not use the
relations of one thread at once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import lru_cache

import duckdb

from . import database
from .package import Table, package

_abandoned: list[object] = []


class Shared:
    """A database that is made when it is first asked for, once, whichever thread asks."""

    def __init__(self, make: Callable[[], duckdb.DuckDBPyConnection]):
        self._make = make
        self._begin()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._begin_again)

    def _begin(self) -> None:
        self._own = threading.local()
        self._making = threading.Lock()
        self._database: duckdb.DuckDBPyConnection | None = None

    def _begin_again(self) -> None:
        # The parent's database has no threads in its child: even to close it would wait for them.
        _abandoned.append((self._database, self._own))
        self._begin()

    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection of this thread."""
        con: duckdb.DuckDBPyConnection | None = getattr(self._own, "connection", None)
        if con is None:
            with self._making:
                if self._database is None:
                    self._database = self._make()
                con = self._own.connection = self._database.cursor()
        return con


def _served() -> duckdb.DuckDBPyConnection:
    from . import serving  # who reads a file does without it

    return serving.connect()


files = Shared(duckdb.connect)
whole = Shared(_served)


def read(name: str) -> duckdb.DuckDBPyRelation:
    """A table as a relation, typed by its schema, rows in primary-key order.

    Raises `PackageError` for an unknown name.
    """
    pkg = package()
    if _is_file(name):
        return files.connection().sql(f"FROM {database.scan_sql(pkg.table(name))}")
    from .publishing import derived

    return derived.rows(whole.connection(), derived.find(pkg, name))


def table(name: str) -> Table:
    """A table by its name. Raises `PackageError` for an unknown one."""
    if _is_file(name):
        return package().table(name)
    from .publishing import derived

    found = derived.find(package(), name)
    return next(table for table in tables() if table.name == found.name)


@lru_cache
def tables() -> tuple[Table, ...]:
    """Every table of a release: those of the descriptor, then those derived from them."""
    from .publishing import derived

    return (*package().tables, *derived.tables(package(), whole.connection()))


def _is_file(name: str) -> bool:
    return any(resource["name"] == name for resource in package().descriptor["resources"])
