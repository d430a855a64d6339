"""What a view or macro is: the words that head its SQL, and what it reads.

The head is comments, as that of a named question: `-- title:`, `-- title_vi:`, `-- description:`,
`-- key:` for a view that is published as a table, and `-- column NAME: title | title_vi |
description` for what no table has. Comments below it are notes on how the view works. A column
without words of its own keeps those of the view or table that it is read from. An older package has
no heads; its views have no words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .package import Package, PackageError

_ENTRY = re.compile(
    r"-- (?P<key>title|title_vi|description|key|column (?P<name>\w+)): (?P<text>.+)"
)
_CONTINUED = "--   "


class Words(NamedTuple):
    """What a column is called and says."""

    title: str
    title_vi: str
    description: str


class View(NamedTuple):
    """A view or macro. `key` is that of the published table, and empty where there is none.

    `reads` names the views that it is made from, the furthest derived first, then the tables.
    """

    name: str
    is_macro: bool
    title: str
    title_vi: str
    description: str
    note: str
    key: tuple[str, ...]
    columns: dict[str, Words]
    sql: str
    reads: tuple[str, ...]


def describe(name: str, sql: str, reads: tuple[str, ...] = ()) -> View:
    """Read the head of a view's SQL. Raises `PackageError` for a column without all its words."""
    entries: dict[str, str] = {}
    columns: dict[str, Words] = {}
    notes: list[str] = []
    key = ""
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        if found := _ENTRY.fullmatch(line):
            key = found["key"]
            entries[key] = found["text"]
        elif key and not notes and line.startswith(_CONTINUED):
            entries[key] += " " + line.removeprefix(_CONTINUED)
        else:
            notes.append(line.removeprefix("--").strip())
    for entry, text in entries.items():
        if entry.startswith("column "):
            parts = [part.strip() for part in text.split("|")]
            if len(parts) != len(Words._fields):
                raise PackageError(f"{name}.sql: {entry} needs title | title_vi | description")
            columns[entry.removeprefix("column ")] = Words(*parts)
    return View(
        name=name,
        is_macro=re.search(r"^CREATE MACRO\b", sql, re.M) is not None,
        title=entries.get("title", ""),
        title_vi=entries.get("title_vi", ""),
        description=entries.get("description", ""),
        note=" ".join(notes),
        key=tuple(part.strip() for part in entries.get("key", "").split(",") if part.strip()),
        columns=columns,
        sql=sql,
        reads=reads,
    )


def words_of(pkg: Package, views: dict[str, View], name: str, column: str) -> Words | None:
    """The words of a view's column: its own, or those of the nearest place that it comes from."""
    if name not in views:
        fields = {field.name: field for field in pkg.table(name).fields}
        field = fields.get(column)
        return Words(field.title, field.title_vi, field.description) if field else None
    if column in views[name].columns:
        return views[name].columns[column]
    found = (words_of(pkg, views, read, column) for read in views[name].reads)
    return next(filter(None, found), None)
