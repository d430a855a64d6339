"""The kinds of corruption, a module a theme; importing a module adds its kinds to `KINDS`.

A kind is a function that makes a `Change` at a `Place`, or nothing where it cannot be done there.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from vietnam_foreign_affairs.package import Field, Table

from ..original import Mutant, Original, Row, file_of, json_text, row_id, text_of

MODULES = (
    *("files", "lines", "cells", "days", "text", "rows", "exchanged", "facts"),
    *("schemas", "schema_documents", "descriptor"),
)
TRIES = 80  # places looked at before a kind is said to be of no use in a table


class Change(NamedTuple):
    """What became of a file, and where a report must point."""

    content: bytes | None
    about: str
    lines: frozenset[int] = frozenset()
    rows: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()


class Kind(NamedTuple):
    """`make(original, table, rng)` corrupts the file of `table`, or the descriptor for `""`."""

    name: str
    group: str
    tables: Callable[[Original], list[str]]
    make: Callable[[Original, str, random.Random], Change | None]
    file: Callable[[Original, str], str]
    loses: bool = False  # takes something away that was published; a new row knows no such thing


KINDS: dict[str, Kind] = {}


def add(kind: Kind) -> None:
    if kind.name in KINDS:
        raise ValueError(f"two kinds are named {kind.name!r}")
    KINDS[kind.name] = kind


def table_file(original: Original, table: str) -> str:
    return file_of(original.tables[table])


def all_tables(original: Original) -> list[str]:
    return list(original.tables)


class Cell(NamedTuple):
    """One filled or blank cell, as a kind of cells sees it."""

    original: Original
    table: Table
    field: Field
    row: Row
    number: int
    rng: random.Random

    @property
    def value(self) -> str:
        return self.row[self.field.name]

    @property
    def others(self) -> list[str]:
        """What else stands in the column."""
        values = self.original.values.get((self.table.name, self.field.name), [])
        return [v for v in values if v != self.value]

    def neighbour(self, step: int = 1) -> Row | None:
        rows = self.original.rows[self.table.name]
        at = self.number + step
        return rows[at] if 0 <= at < len(rows) else None


Where = Callable[[Original, Table, Field], bool]


def cell_kind(group: str, name: str, where: Where, *, blanks: bool = False) -> Callable:
    """A kind that writes another value into one cell of the fields that `where` names."""

    def register(write: Callable[[Cell], str | None]) -> Callable:
        def make(original: Original, table_name: str, rng: random.Random) -> Change | None:
            table, rows = original.tables[table_name], original.rows[table_name]
            fields = [f for f in table.fields if where(original, table, f)]
            for _ in range(TRIES if fields and rows else 0):
                number = rng.randrange(len(rows))
                cell = Cell(original, table, rng.choice(fields), rows[number], number, rng)
                if not cell.value and not blanks:
                    continue
                new = write(cell)
                if new is not None and new != cell.value:
                    return changed(original, table, number, {cell.field.name: new})
            return None

        def tables(original: Original) -> list[str]:
            return [
                t.name
                for t in original.tables.values()
                if any(where(original, t, f) for f in t.fields)
            ]

        add(Kind(name, group, tables, make, table_file))
        return write

    return register


def row_kind(group: str, name: str, *only: str, loses: bool = False) -> Callable:
    """A kind that is given a row and its place: `(cell-less Cell) -> cells to change | None`."""

    def register(write: Callable[..., dict[str, str] | None]) -> Callable:
        def make(original: Original, table_name: str, rng: random.Random) -> Change | None:
            table, rows = original.tables[table_name], original.rows[table_name]
            for _ in range(TRIES if rows else 0):
                number = rng.randrange(len(rows))
                cell = Cell(original, table, table.fields[0], rows[number], number, rng)
                cells = write(cell)
                if cells and any(rows[number][k] != v for k, v in cells.items()):
                    return changed(original, table, number, cells)
            return None

        def tables(original: Original) -> list[str]:
            return [n for n in original.tables if not only or n in only]

        add(Kind(name, group, tables, make, table_file, loses))
        return write

    return register


def changed(original: Original, table: Table, number: int, cells: dict[str, str]) -> Change:
    """The file with cells of one row changed; the row moves to the place of its new key."""
    rows = original.rows[table.name]
    row, new = rows[number], rows[number] | cells
    columns = [name for name in cells if cells[name] != row[name]]
    about = "; ".join(f"{name}: {short(row[name])} → {short(new[name])}" for name in columns)
    after = [*rows[:number], new, *rows[number + 1 :]]
    if set(columns) & set(table.primary_key):
        after.sort(key=lambda r: [r[k] for k in table.primary_key])
    line = next(n for n, r in enumerate(after) if r is new) + 2
    return Change(
        text_of(table, after).encode("utf-8", "surrogatepass"),
        about,
        frozenset({line}),
        frozenset({row_id(table, row), row_id(table, new)}),
        frozenset(columns),
    )


def with_rows(
    table: Table, rows: list[Row], about: str, wrong: list[Row], columns: Any = ()
) -> Change:
    """The file of other rows; `wrong` are those that a report may point at."""
    lines = frozenset(n + 2 for n, r in enumerate(rows) if any(r is w for w in wrong))
    ids = frozenset(row_id(table, r) for r in wrong)
    return Change(text_of(table, rows).encode(), about, lines, ids, frozenset(columns))


def short(text: str, length: int = 60) -> str:
    return repr(text if len(text) <= length else text[:length] + "…")


def file_kind(name: str) -> Callable:
    """A kind that spoils a whole file: `(text, table, rng) -> text, bytes, (either, line), None`.

    A function that returns `...` takes the file away.
    """

    def register(spoil: Callable[..., Any]) -> Callable:
        def make(original: Original, table_name: str, rng: random.Random) -> Change | None:
            table = original.tables[table_name]
            before = original.bytes(file_of(table))
            found = spoil(before.decode(), table, rng)
            if found is None:
                return None
            line = None
            if isinstance(found, tuple):
                found, line = found
            content = found.encode() if isinstance(found, str) else found
            if content == before:
                return None
            content = None if content is ... else content
            return Change(content, name, frozenset({line} if line else ()))

        add(Kind(name, "files", all_tables, make, table_file))
        return spoil

    return register


def document_kind(group: str, name: str) -> Callable:
    """A kind that changes a JSON document: `(document, place) -> (token, property) | None`.

    Token names the part that is wrong (a field, a resource); a document may be replaced by bytes.
    """
    is_schema = group == "schemas"

    def file(original: Original, table: str) -> str:
        return f"schemas/{table}.json" if is_schema else "datapackage.json"

    def tables(original: Original) -> list[str]:
        return list(original.tables) if is_schema else [""]

    def register(change: Callable[..., Any]) -> Callable:
        def make(original: Original, table: str, rng: random.Random) -> Change | None:
            path = file(original, table)
            before = original.bytes(path)
            for _ in range(TRIES):
                document = original.json(path)
                found = change(document, rng, original)
                if found is None:
                    continue
                content, token, column = None, "", ""
                if found is not ...:
                    content, *rest = found if isinstance(found, tuple) else (found,)
                    if content is document:
                        content = json_text(document)
                    token, column = [*rest, "", ""][:2]
                    if content == before:
                        continue
                parts = {token, column if column == "foreignKeys" else ""}  # either names the place
                rows = frozenset(parts - {""})
                about = f"{token} {column}".strip() or name
                columns = frozenset({column} - {""} if not is_schema else ())  # the field will do
                return Change(content, about, frozenset(), rows, columns)
            return None

        add(Kind(name, group, tables, make, file))
        return change

    return register


def mutant(original: Original, kind: Kind, table: str, key: str) -> Mutant | None:
    """The corruption of a kind in a table that a key draws; the same key draws the same."""
    change = kind.make(original, table, random.Random(key))
    if change is None:
        return None
    file = kind.file(original, table)
    return Mutant(
        key,
        kind.name,
        kind.group,
        table or "datapackage",
        file,
        change.content,
        change.about,
        change.lines,
        change.rows,
        change.columns,
    )


def load() -> dict[str, Kind]:
    """All kinds, by name."""
    for module in MODULES:
        import_module(f".{module}", __name__)
    return KINDS
