"""The database that `connect()` serves, kept in the user's cache: copying costs less than making.

Half of making it is DuckDB's binding of every view. A kept file is found by the digest of all that
it is made of, and DuckDB checks the sum of each block that it reads; what cannot be read is made.
"""

from __future__ import annotations

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path

import duckdb

from . import cache, database
from .package import Package, package
from .sql import literal

MOST = 3  # databases kept: of a few installations and states
_MADE_BY = ("base_views.py", "database.py", "package.py", "serving.py", "sql.py", "views.py")
_MADE_OF = ("datapackage.json", "schemas/*.json", "tables/*.csv", "scripts/sql/[mv]*/*.sql")


def connect() -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB database with every table, view and macro of this installation.

    Raises `duckdb.Error` where a cell is not of its type; `vfa validate` says which and why.
    """
    pkg = package()
    kept = cache.place(f"served-{_key(pkg)}.duckdb")
    if kept and kept.is_file():
        with suppress(duckdb.Error, OSError):  # damaged, or gone since
            return _copy(kept)
    con = database.connect(pkg)
    if kept:
        with suppress(duckdb.Error, OSError):  # a full disk, or a file in use on Windows
            _keep(con, kept)
    return con


def _key(pkg: Package) -> str:
    here = Path(__file__).parent
    files = [here / name for name in _MADE_BY]
    files += sorted(path for pattern in _MADE_OF for path in pkg.root.glob(pattern))
    sums = ((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files)
    return cache.key_of(duckdb.__version__, *(part for pair in sums for part in pair))


def _copy(kept: Path) -> duckdb.DuckDBPyConnection:
    con = database.begun()
    con.execute(f"ATTACH {literal(kept)} AS kept (READ_ONLY)")
    con.execute("COPY FROM DATABASE kept TO memory; DETACH kept")
    database.ready(con)
    os.utime(kept)  # what is used stays longest
    return con


def _keep(con: duckdb.DuckDBPyConnection, kept: Path) -> None:
    """Write the database beside its place, then put it there whole; the oldest ones go."""
    part = kept.with_name(f"{kept.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        con.execute(f"ATTACH {literal(part)} AS kept; COPY FROM DATABASE memory TO kept")
        con.execute("CHECKPOINT kept; DETACH kept")
        os.replace(part, kept)
    finally:
        part.unlink(missing_ok=True)
    latest = sorted(kept.parent.glob("served-*.duckdb"), key=lambda path: -path.stat().st_mtime)
    for path in latest[MOST:]:
        path.unlink()
