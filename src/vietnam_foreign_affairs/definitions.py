"""What SQL of a package may do: define views and macros, comment on them, and select.

The connection that runs it is locked besides (`database.lock`); this keeps it from changing the
tables that it is to be checked against, and from functions that end the process.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .errors import PackageError
from .package import Package

if TYPE_CHECKING:
    import duckdb

_BLANKS = r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*"
_DEFINES = re.compile(
    rf"{_BLANKS}CREATE\s+(OR\s+REPLACE\s+)?((TEMP|TEMPORARY)\s+)?(VIEW|MACRO|FUNCTION)\b",
    re.I | re.S,
)
_COMMENTS = re.compile(rf"{_BLANKS}COMMENT\s+ON\b", re.I | re.S)
# Given nothing, these abort any DuckDB before 2.0.
_ENDS_PROCESS = re.compile(
    r"\b(pandas_scan|python_map_function|enable_logging|arrow_scan\w*)\b", re.I
)


def kind(statement: Any) -> str:
    """`select` or `define` for SQL that a stranger may write, blank for all other."""
    import duckdb

    if statement.type == duckdb.StatementType.SELECT:
        return "select"
    defines = statement.type == duckdb.StatementType.CREATE and _DEFINES.match(statement.query)
    comments = statement.type == duckdb.StatementType.ALTER and _COMMENTS.match(statement.query)
    return "define" if defines or comments else ""


def check(con: duckdb.DuckDBPyConnection, pkg: Package, *folders: str) -> None:
    """Raise `PackageError` for the first file of these folders that does anything else."""
    for folder in folders:
        for name, sql in pkg.sql_of(folder).items():
            check_text(con, sql, f"scripts/sql/{folder}/{name}.sql")


def check_text(con: duckdb.DuckDBPyConnection, sql: str, file: str) -> None:
    """The same for one text. SQL that cannot be read raises `duckdb.Error`."""
    if found := _ENDS_PROCESS.search(sql):
        raise PackageError(f"{file} calls {found[0]}, which no view needs")
    if not all(map(kind, con.extract_statements(sql))):
        raise PackageError(
            f"{file} may define views and macros, and select; it does something else"
        )
