"""Viet Nam's foreign relations as an open data package that checks itself.

    import vietnam_foreign_affairs as vfa

    vfa.read("partnership_upgrades")           # a DuckDB relation
    vfa.query("partners_as_of", day="2024-12-31").df()
    vfa.connect().sql("FROM reconciliation")   # all tables, views and macros

Reading needs DuckDB only. `validate` and `schema` need the extra `validate`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .package import Package, PackageError, Table
from .package import package as _package

if TYPE_CHECKING:
    import duckdb

    from .questions import Query
    from .validation.report import Report

__all__ = [
    "Package",
    "PackageError",
    "Table",
    "__version__",
    "cite",
    "connect",
    "license",
    "queries",
    "query",
    "read",
    "schema",
    "tables",
    "validate",
]

_CONVERTERS = {"duckdb": None, "pandas": "df", "polars": "pl", "arrow": "to_arrow_table"}


def tables() -> tuple[Table, ...]:
    """Every table with its fields, keys and coverage, in the order of the descriptor."""
    return _package().tables


def read(name: str, format: str = "duckdb") -> Any:
    """One table, typed by its schema, rows in primary-key order.

    `format` is `duckdb` (a relation), `pandas`, `polars` or `arrow`; the last three need that
    library. Raises `PackageError` for an unknown table or format.
    """
    from . import database

    return _convert(database.read(name), format)


def connect() -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB database with every table, view and macro."""
    from . import database

    return database.connect()


def queries() -> tuple[Query, ...]:
    """The named questions with their parameters."""
    from . import questions

    return questions.queries(_package())


def query(name: str, *, format: str = "duckdb", **params: object) -> Any:
    """The answer to a named question; parameters are those that `queries()` lists.

    Raises `PackageError` for an unknown question, parameter or format.
    """
    from . import questions

    found = questions.find(_package(), name)
    return _convert(questions.run(_shared(), found, **params), format)


def schema(name: str) -> Any:
    """The pandera schema (on Ibis tables) of one table, derived from its Table Schema."""
    from .validation import structure

    return structure.pandera_schema(_package().table(name))


def validate(path: Any = None, *, quick: bool = False) -> Report:
    """Check a package folder (this one by default) against every rule; see `Report`.

    `quick` leaves out the second opinion of frictionless. Raises `PackageError` where the
    descriptor or a schema cannot be read.
    """
    from . import validation

    return validation.validate(Package(path) if path else _package(), quick=quick)


def license() -> dict[str, str]:
    """The licences: of the data, and of the code."""
    return {"data": _package().descriptor["licenses"][0]["name"], "code": "MIT"}


def cite(style: str = "text") -> str:
    """How to cite the package: `text` or `bibtex`. Raises `PackageError` for another style."""
    from .citation import cite as make

    return make(_package(), style)


@lru_cache
def _shared() -> duckdb.DuckDBPyConnection:
    return connect()


def _convert(relation: Any, format: str) -> Any:
    if format not in _CONVERTERS:
        raise PackageError(f"there is no format {format!r}; use {', '.join(_CONVERTERS)}")
    method = _CONVERTERS[format]
    return getattr(relation, method)() if method else relation


def __getattr__(name: str) -> str:
    if name == "__version__":
        return _package().version
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
