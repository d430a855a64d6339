"""Relations in the libraries that people work with, carrying what the data are and whose."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .errors import PackageError

if TYPE_CHECKING:
    import duckdb

    from .package import Table

CONVERTERS = {"duckdb": "", "pandas": "df", "polars": "pl", "arrow": "to_arrow_table"}
_LIBRARIES = {"pandas": ["pandas"], "polars": ["polars", "pyarrow"], "arrow": ["pyarrow"]}


def check(format: str) -> None:
    """Raise `PackageError` for a format that there is not."""
    if format not in CONVERTERS:
        raise PackageError(f"there is no format {format!r}; use {', '.join(CONVERTERS)}")


def convert(
    relation: duckdb.DuckDBPyRelation, format: str, table: Callable[[], Table] | None = None
) -> Any:
    """A relation as itself, or as a pandas, polars or Arrow table.

    A data frame of pandas has `attrs`: units a column, licence, citation, version. Raises
    `PackageError` where the library of a format is not installed.
    """
    check(format)
    if format == "duckdb":
        if "IPython" in sys.modules:
            from . import notebook

            notebook.register(type(relation))
        return relation
    with needs(format, f"the format {format}"):
        for library in _LIBRARIES[format]:  # DuckDB has errors of its own for each that it lacks
            import_module(library)
    made = getattr(relation, CONVERTERS[format])()
    if format == "pandas":
        made.attrs = attributes(table() if table else None)
    return made


def attributes(table: Table | None) -> dict[str, Any]:
    """What a data frame says of itself."""
    from .citation import cite
    from .package import package

    pkg = package()
    found: dict[str, Any] = {
        "citation": cite(pkg, table=table),
        "license": pkg.descriptor["licenses"][0]["name"],
        "version": pkg.version,
    }
    if table:
        found["title"] = table.title
        found["description"] = table.description
        found["units"] = {field.name: field.unit for field in table.fields if field.unit}
    return found


@contextmanager
def needs(extra: str, what: str) -> Iterator[None]:
    """Turn the lack of a library into a `PackageError` that says which extra brings it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith(__package__):
            raise
        raise PackageError(
            f"{what} needs {error.name}, which is not installed: "
            f'pip install "vietnam-foreign-affairs[{extra}]"'
        ) from None
