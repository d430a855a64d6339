"""What differs between two releases, and the version step that it demands.

Own code, because the tools for it do not fit: csv-diff takes a key of one column only and knows no
schema, daff aligns by likeness and writes a table for eyes. With the primary keys of the schemas,
a difference is that of two dictionaries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ..errors import PackageError
from ..package import Package, Table
from .reading import cells as read_cells

STEPS = ("none", "patch", "minor", "major")


class Structure(NamedTuple):
    """A table, column or key that changed, and the step that this alone demands."""

    table: str
    words: str
    step: str


class Row(NamedTuple):
    """A row that was added, removed or changed. `cells` are (column, old, new)."""

    table: str
    change: str
    key: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two packages; false where nothing does."""

    old: str
    new: str
    structure: list[Structure] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.structure or self.rows)

    @property
    def step(self) -> str:
        """major: a column or key changes; minor: rows or columns are added; patch: corrections."""
        steps = [change.step for change in self.structure]
        steps += ["minor" if row.change == "added" else "patch" for row in self.rows]
        return max(steps, key=STEPS.index, default="none")

    @property
    def least_version(self) -> str:
        return next_version(self.old, self.step)

    @property
    def understated(self) -> bool:
        """Whether the new version promises less change than there is."""
        return parts(self.new) < parts(self.least_version)

    @property
    def tables(self) -> list[str]:
        return list(dict.fromkeys(change.table for change in [*self.structure, *self.rows]))


def compare(old: Package, new: Package) -> Difference:
    """Compare the tables of two packages cell by cell, as text; derived tables follow from them."""
    found = Difference(old.version, new.version)
    before, after = ({t.name: t for t in pkg.tables} for pkg in (old, new))
    for name in sorted(before.keys() - after.keys()):
        found.structure.append(Structure(name, "table removed", "major"))
    for name, table in after.items():
        if name not in before:
            found.structure.append(Structure(name, "table added", "minor"))
        elif _compare_schema(before[name], table, found):
            _compare_rows(before[name], table, found)
    return found


def _compare_schema(old: Table, new: Table, found: Difference) -> bool:
    """Note what changed in the structure; return whether rows can be compared by their key."""
    before, after = ({f.name: f for f in table.fields} for table in (old, new))

    def note(words: str, step: str) -> None:
        found.structure.append(Structure(new.name, words, step))

    for name in before:
        if name not in after:
            note(f"column {name} removed", "major")
        elif before[name].type != after[name].type:
            note(f"column {name}: {before[name].type} became {after[name].type}", "major")
        elif before[name].unit != after[name].unit:
            note(f"column {name}: unit {before[name].unit} became {after[name].unit}", "major")
    for name in sorted(after.keys() - before.keys()):
        note(f"column {name} added", "minor")
    if old.primary_key != new.primary_key:
        note(f"key {_names(old.primary_key)} became {_names(new.primary_key)}", "major")
    return old.primary_key == new.primary_key


def _compare_rows(old: Table, new: Table, found: Difference) -> None:
    before, after = _read(old, "old"), _read(new, "new")
    keys = new.primary_key
    shared = [name for name in new.field_names if name in old.field_names]
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        name = "/".join(key)
        if was is None:
            cells = tuple((c, "", now[c]) for c in new.field_names if now[c] or c in keys)
            found.rows.append(Row(new.name, "added", name, cells))
        elif now is None:
            cells = tuple((c, was[c], "") for c in old.field_names if was[c] or c in keys)
            found.rows.append(Row(new.name, "removed", name, cells))
        elif cells := tuple((c, was[c], now[c]) for c in shared if was[c] != now[c]):
            found.rows.append(Row(new.name, "changed", name, cells))


def _read(table: Table, age: str) -> dict[tuple[str, ...], dict[str, str]]:
    found: dict[tuple[str, ...], dict[str, str]] = {}
    lines: dict[tuple[str, ...], int] = {}
    try:
        for line, cells in read_cells(table):
            row = dict(zip(table.field_names, cells, strict=True))
            key = tuple(row[name] for name in table.primary_key)
            if key in found:  # of two rows with one key, nobody can say which one changed
                raise PackageError(
                    f"{table.path.name}: lines {lines[key]} and {line} have the same key "
                    f"{'/'.join(key)}"
                )
            found[key], lines[key] = row, line
    except PackageError as error:
        raise PackageError(f"the {age} package cannot be compared: {error}") from None
    return found


def next_version(version: str, step: str) -> str:
    """The least version that announces a step; before 1.0.0 a minor one announces everything."""
    major, minor, patch = parts(version)
    if step == "major" and major == 0:
        step = "minor"
    return {
        "none": version,
        "patch": f"{major}.{minor}.{patch + 1}",
        "minor": f"{major}.{minor + 1}.0",
        "major": f"{major + 1}.0.0",
    }[step]


def parts(version: str) -> tuple[int, ...]:
    match = re.fullmatch(r"([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})", version)
    if not match:
        raise PackageError(f"{version!r} is not a version such as 1.2.3")
    return tuple(map(int, match.groups()))


def _names(columns: tuple[str, ...]) -> str:
    return " and ".join(columns)
