"""Show a relation on a terminal, or write it as CSV or JSON for other programs."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from . import atomic
from .formatting import to_text
from .terminal import emit
from .values import names, ordinary, plain, text
from .visible import visible

if TYPE_CHECKING:
    import duckdb

FORMATS = ("table", "csv", "json")
SHOWN_ROWS = 60  # on a terminal; the other formats are always whole
_MOST = 2**62


def write(
    relation: duckdb.DuckDBPyRelation,
    format: str | None = None,
    limit: int | None = None,
    file: Path | None = None,
) -> None:
    """Write a relation in one of `FORMATS`, to standard output or whole to a file."""
    format = format_of(format, file)
    if limit is not None:
        limit = min(limit, _MOST)
        relation = relation.limit(limit)
    put(_table(relation, limit) if format == "table" else _MAKERS[format](relation), format, file)


def format_of(format: str | None, file: Path | None) -> str:
    """The format asked for: without a word that of the file's name, or a table."""
    suffix = file.suffix[1:].lower() if file else ""
    return format or (suffix if suffix in FORMATS else FORMATS[0])


def put(made: str, format: str, file: Path | None = None) -> None:
    """An answer that is text already, to standard output or whole to a file."""
    if file is None:
        emit(made, exact=format != "table")
    else:
        atomic.write({file: (made if format != "table" else visible(made, keep="\n\t")).encode()})


def _table(relation: duckdb.DuckDBPyRelation, limit: int | None) -> str:
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size((120, 40)).columns if is_terminal else 240
    # Only DuckDB's own printing cuts columns to a width, and it knows no other place to print to.
    with contextlib.redirect_stdout(io.StringIO()) as out:
        relation.show(max_width=width, max_rows=limit or SHOWN_ROWS, null_value="")
    return out.getvalue()


def _csv(relation: duckdb.DuckDBPyRelation) -> str:
    out = io.StringIO()
    to_csv(out, names(relation.columns), ordinary(relation).fetchall())
    return out.getvalue()


def _json(relation: duckdb.DuckDBPyRelation) -> str:
    columns = names(relation.columns)
    records = [
        dict(zip(columns, map(plain, row), strict=True)) for row in ordinary(relation).fetchall()
    ]
    return json.dumps(records, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


_MAKERS = {"csv": _csv, "json": _json}


def to_csv(out: TextIO, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Rows as CSV in the package's own conventions."""
    out.write(to_text([columns, *([text(value) for value in row] for row in rows)]))
