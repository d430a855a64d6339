"""Viet Nam's foreign relations as an open data package that checks itself.

    import vietnam_foreign_affairs as vfa

    vfa.read("partnership_upgrades")           # a DuckDB relation
    vfa.query("partners_as_of", day="2024-12-31").df()
    vfa.connect().sql("FROM reconciliation")   # all tables, views and macros

Reading needs DuckDB only. `validate` and `schema` need the extra `validate`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from .package import Package, PackageError, Table
from .package import package as _package

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

    from .explaining import Explanation
    from .notebook import Tables
    from .questions import Query
    from .validation.report import Report

__all__ = [
    "Package",
    "PackageError",
    "Table",
    "__version__",
    "cite",
    "connect",
    "explain",
    "license",
    "queries",
    "query",
    "read",
    "schema",
    "tables",
    "validate",
]

__version__: str


def tables() -> Tables:
    """Every table with its fields, keys and coverage: those of the descriptor in its order, then
    those derived from them (`role` is `derived`; in a package that is not built they are no files).
    """
    from . import notebook, sharing

    return notebook.Tables(sharing.tables())


@overload
def read(name: str, format: Literal["duckdb"] = ...) -> duckdb.DuckDBPyRelation: ...
@overload
def read(name: str, format: Literal["pandas"]) -> pandas.DataFrame: ...
@overload
def read(name: str, format: Literal["polars"]) -> polars.DataFrame: ...
@overload
def read(name: str, format: Literal["arrow"]) -> pyarrow.Table: ...
@overload
def read(name: str, format: str) -> Any: ...
def read(name: str, format: str = "duckdb") -> Any:
    """One table, typed by its schema, rows in primary-key order; derived tables too.

    `format` is `duckdb` (a relation), `pandas`, `polars` or `arrow`; the last three need that
    library. A data frame of pandas has units, licence and citation in `attrs`. Threads may call
    this at once; a relation is for the thread that asked for it. Raises `PackageError` for an
    unknown table or format, and where the library is not installed.
    """
    from . import conversion, sharing

    conversion.check(format)
    relation = sharing.read(name)
    return conversion.convert(relation, format, lambda: _table(name))


def connect() -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB database with every table, view and macro."""
    from . import serving

    return serving.connect()


def queries() -> tuple[Query, ...]:
    """The named questions with their parameters."""
    from . import questions

    return questions.queries(_package())


@overload
def query(
    name: str, *, format: Literal["duckdb"] = ..., **params: object
) -> duckdb.DuckDBPyRelation: ...
@overload
def query(name: str, *, format: Literal["pandas"], **params: object) -> pandas.DataFrame: ...
@overload
def query(name: str, *, format: Literal["polars"], **params: object) -> polars.DataFrame: ...
@overload
def query(name: str, *, format: Literal["arrow"], **params: object) -> pyarrow.Table: ...
@overload
def query(name: str, *, format: str, **params: object) -> Any: ...
def query(name: str, *, format: str = "duckdb", **params: object) -> Any:
    """The answer to a named question; parameters are those that `queries()` lists.

    Threads may call this at once, as with `read`. Raises `PackageError` for an unknown question,
    parameter or format, and for a value that a parameter cannot have.
    """
    from . import conversion, questions, sharing

    conversion.check(format)
    found = questions.find(_package(), name)
    return conversion.convert(questions.run(sharing.whole.connection(), found, **params), format)


def explain(table: str, row_id: str) -> Explanation:
    """A row with its sources, what contradicts it, and how exactly it is known.

    `row_id` is the primary key; the parts of a composite one are joined by a slash. Raises
    `PackageError` for an unknown table or row.
    """
    from . import explaining, sharing

    return explaining.explain(sharing.whole.connection(), _package(), _table(table), row_id)


def schema(name: str) -> Any:
    """The pandera schema (on Ibis tables) of one table, derived from its Table Schema.

    Raises `PackageError` for an unknown table, and without the extra `validate`.
    """
    from .conversion import needs

    table = _table(name)
    with needs("validate", "a pandera schema"):
        from .validation import constraints

        return constraints.pandera_schema(table)


def validate(
    path: str | Path | None = None,
    *,
    quick: bool = False,
    seconds: float | None = None,
    megabytes: int | None = None,
) -> Report:
    """Check a package folder (this one by default) against every rule; see `Report`.

    `quick` leaves out the second opinion of frictionless; `seconds` is what SQL of the package may
    take (300), `megabytes` the memory of the database before it spills to disk (400).

    Raises `PackageError` where the descriptor or a schema cannot be read, and without the extra
    `validate`.
    """
    from .conversion import needs

    with needs("validate", "validation"):
        from . import validation

        pkg = Package(Path(path)) if path else _package()
        return validation.validate(pkg, quick=quick, seconds=seconds, megabytes=megabytes)


def license() -> dict[str, str]:
    """The licences: of the data, and of the code."""
    return {"data": str(_package().descriptor["licenses"][0]["name"]), "code": "MIT"}


def cite(style: str = "text", *, table: str | None = None) -> str:
    """How to cite the package or one of its tables: as `text`, `bibtex`, `apa` or `ris`.

    Raises `PackageError` for another style, and for an unknown table.
    """
    from .citation import cite as make

    return make(_package(), style, _table(table) if table else None)


def _table(name: str) -> Table:
    from . import sharing

    return sharing.table(name)


def __getattr__(name: str) -> str:
    if name == "__version__":
        return _package().version
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
