"""The package before anything happens to it, and what a corruption of it is."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from vietnam_foreign_affairs.package import Field, Package, Table

Row = dict[str, str]


class Mutant(NamedTuple):
    """One corrupted file, and where a report must point: any of the `lines`, `rows`, `columns`.

    `content` is None where the file is gone. No rows means that the whole file is wrong.
    """

    key: str
    kind: str
    group: str
    table: str
    file: str
    content: bytes | None
    about: str
    lines: frozenset[int] = frozenset()
    rows: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()


class Original:
    """Files, rows and schemas of a package; read once, never changed."""

    def __init__(self, root: Path):
        self.root = Path(root)
        self.package = Package(self.root)
        self.tables = {table.name: table for table in self.package.tables}

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        return {name: read(self.bytes(file_of(t)), t) for name, t in self.tables.items()}

    @cached_property
    def lines(self) -> dict[str, list[str]]:
        """The lines of each table's file, without their ends."""
        return {
            name: self.bytes(file_of(table)).decode().split("\n")[:-1]
            for name, table in self.tables.items()
        }

    @cached_property
    def values(self) -> dict[tuple[str, str], list[str]]:
        """By table and column, the different values that are not blank."""
        found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for name, rows in self.rows.items():
            for row in rows:
                for column, value in row.items():
                    if value:
                        found[name, column][value] = None
        return {place: list(values) for place, values in found.items()}

    def bytes(self, file: str) -> bytes:
        return (self.root / file).read_bytes()

    def json(self, file: str) -> dict[str, Any]:
        """A fresh copy of a JSON document, to be changed."""
        return json.loads(self.bytes(file))

    def referred(self, table: Table, field: str) -> tuple[str, str] | None:
        """The table and column that a foreign key of a field refers to."""
        for key in table.foreign_keys:
            if key.field == field:
                return key.table, key.references
        return None

    def is_text(self, table: Table, field: Field) -> bool:
        """Whether people write words into the field: no code, id, list, number or address."""
        return (
            field.type == "string"
            and not {"pattern", "enum"} & field.constraints.keys()
            and not self.referred(table, field.name)
            and field.name not in table.primary_key
        )


def file_of(table: Table) -> str:
    return f"tables/{table.path.name}"


def row_id(table: Table, row: Row) -> str:
    return "/".join(row[name] for name in table.primary_key)


def read(data: bytes, table: Table) -> list[Row]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def line_of(table: Table, row: Row) -> str:
    """A row as its line in the file, without the line's end."""
    cells = (row[name] for name in table.field_names)
    return ",".join(
        f'"{c.replace(chr(34), chr(34) * 2)}"' if set(c) & set(',"\n') else c for c in cells
    )


def text_of(table: Table, rows: list[Row]) -> str:
    """The file of rows in the order given."""
    lines = [",".join(table.field_names), *(line_of(table, row) for row in rows)]
    return "\n".join(lines) + "\n"


def json_text(document: Any) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
