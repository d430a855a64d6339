"""Step 3: each file is a table: header, cells a row, quoting, blanks, order of rows.

DuckDB reads the files; Python (`../broken_shape.py`) only where DuckDB cannot, to name the place.
No cell may hold a line break, so a row's line is its number plus one. A file is quoted as it
should be if its size is that of its cells without needless quotes, so no text need be made.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from ...database import literal, quote, scan_sql
from ...package import Table
from .. import broken_shape
from ..messages import FORMAT, TOTALS
from ..report import Failure
from ..state import State, file_name

# Whitespace as `str.strip` knows it.
_SPACE = r"[\s\x0b\x1c-\x1f\x85\p{Z}]"
_BETWEEN = "\x01"  # a separator that is no whitespace


def check(state: State) -> Iterator[Failure]:
    state.con.execute("CREATE SCHEMA raw")
    for table in list(state.sound()):
        if table.name not in state.unchanged:
            yield from _failures(state, table)


def _failures(state: State, table: Table) -> Iterator[Failure]:
    read = _read(state, table)
    has_blanks, is_disordered = read or (True, True)
    if table.name in state.broken:
        found = list(broken_shape.failures(table))
        if read and found and all(f.rule == "order" for f in found):
            state.broken.discard(table.name)
        yield from found or [broken_shape.unknown(table)]
        if table.name in state.broken:
            return
    yield from _no_rows(state, table)
    if has_blanks:
        yield from _blanks(state, table)
    if is_disordered:
        yield from _order(state, table)


def _read(state: State, table: Table) -> tuple[bool, bool] | None:
    """Load the file as text; whether a cell has blanks around it, and a row is out of order.

    A table is broken unless its file is exactly what its cells, written well, come to.
    """
    file, name = state.files[table.name], quote(table.name)
    header = ",".join(table.field_names).encode()
    state.broken.add(table.name)
    if file.header != header and not broken_shape.is_header(table, file.header):
        return None
    try:
        state.con.execute(f"CREATE TABLE raw.{name} AS FROM {scan_sql(table, raw=True)}")
    except duckdb.Error:
        return None
    rows, size, has_blanks, is_disordered = state.con.execute(
        f"SELECT count(*), sum({_written(table)}), bool_or(_blanks), bool_or(_key < _before) "
        f"FROM (SELECT *, {_has_blanks(table)} AS _blanks, {_key(table)} AS _key, "
        f"lag(_key) OVER (ORDER BY rowid) AS _before FROM raw.{name})"
    ).fetchone()
    # A row has a comma or a line break behind each cell.
    expected = len(header) + 1 + (size or 0) + rows * len(table.field_names)
    if rows == file.lines - 1 and expected == file.size + (not file.ends_in_newline):
        state.broken.discard(table.name)
    return has_blanks, is_disordered


def _written(table: Table) -> str:
    """SQL: the bytes that the cells of a row take in the file, quoted only where they must be."""
    cells = ", ".join(map(quote, table.field_names))
    quotes = f"strlen(concat({cells})) - strlen(replace(concat({cells}), '\"', ''))"
    is_quoted = "lambda cell: contains(cell, ',') OR contains(cell, '\"')"
    return f"strlen(concat({cells})) + {quotes} + 2 * len(list_filter([{cells}], {is_quoted}))"


def _has_blanks(table: Table) -> str:
    cells = ", ".join(map(quote, table.field_names))
    pattern = f"(^|{_BETWEEN}){_SPACE}|{_SPACE}({_BETWEEN}|$)"
    return f"regexp_matches(concat_ws({literal(_BETWEEN)}, {cells}), {literal(pattern)})"


def _key(table: Table) -> str:
    """SQL: the primary key, to be compared; parts of it one after the other."""
    parts = [f"coalesce({quote(name)}, '')" for name in table.primary_key]
    return f"row({', '.join(parts)})" if len(parts) > 1 else parts[0]


def _blanks(state: State, table: Table) -> Iterator[Failure]:
    cells = ", ".join(map(quote, table.field_names))
    _, found = state.rows_of(
        f"SELECT rowid + 2, {cells} FROM raw.{quote(table.name)} WHERE {_has_blanks(table)}",
        file_name(table),
    )
    for line, *row in found:
        for field, cell in zip(table.fields, row, strict=True):
            if cell is not None and cell != cell.strip():
                yield Failure(
                    "blanks",
                    "structure",
                    "the cell has blanks around it",
                    "remove them",
                    file_name(table),
                    line,
                    broken_shape.row_name(table, row),
                    field.name,
                    cell,
                )


def _no_rows(state: State, table: Table) -> Iterator[Failure]:
    """Empty lines of cells, and a total below the rows: named once, and then left out."""
    name, first = f"raw.{quote(table.name)}", quote(table.field_names[0])
    cells = ", ".join(map(quote, table.field_names))
    totals = ", ".join(map(literal, sorted(TOTALS)))
    mend = FORMAT.format(file=file_name(table))
    for what, message, advice in (
        (f"concat({cells}) = ''", "{} rows have no cell filled", f"remove them; {mend}"),
        (
            f"lower({first}) IN ({totals}) AND rowid = (SELECT max(rowid) FROM {name})",
            "a total stands below the rows",
            "remove it: totals follow from the rows",
        ),
    ):
        number, line = state.con.execute(
            f"SELECT count(*), min(rowid) + 2 FROM {name} WHERE {what}"
        ).fetchone()
        if number:
            yield Failure(
                "shape", "structure", message.format(number), advice, file_name(table), line
            )
            state.con.execute(f"DELETE FROM {name} WHERE {what}")


def _order(state: State, table: Table) -> Iterator[Failure]:
    from ...formatting import format_rows

    name = quote(table.name)
    cells = ", ".join(map(quote, table.field_names))
    in_order = (
        f"SELECT rowid, {cells}, row_number() OVER (ORDER BY {_key(table)}, rowid) AS _place, "
        f"row_number() OVER (ORDER BY rowid) AS _number FROM raw.{name}"
    )
    found = state.con.execute(
        f"SELECT n.rowid + 2, {_of('n', table)}, {_of('p', table)} FROM ({in_order}) n "
        f"JOIN ({in_order}) p ON p._place = n._number "
        "WHERE n._place <> n._number ORDER BY n._number LIMIT 1"
    ).fetchone()
    if found:
        line, *both = found
        width = len(table.field_names)
        is_now, should_be = (
            format_rows(table, [[cell or "" for cell in each]]).split("\n")[1]
            for each in (both[:width], both[width:])
        )
        yield broken_shape.disorder(table, line, is_now, should_be)


def _of(alias: str, table: Table) -> str:
    return ", ".join(f"{alias}.{quote(name)}" for name in table.field_names)
