"""What changed between two releases, and the version step that it demands.

Own code, because the tools for it do not fit: csv-diff takes a key of one column only and knows no
schema, daff aligns by likeness and writes a table for eyes. With the primary keys of the schemas,
a difference is that of two dictionaries.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ..package import Package, PackageError, Table

STEPS = ("none", "patch", "minor", "major")
_SHOWN = 50  # rows of one table in Markdown: a comment on GitHub has a greatest length


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
        return _parts(self.new) < _parts(self.least_version)

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
    before, after = _read(old), _read(new)
    shared = [name for name in new.field_names if name in old.field_names]
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        name = "/".join(key)
        if was is None:
            cells = tuple((c, "", now[c]) for c in new.field_names if now[c])
            found.rows.append(Row(new.name, "added", name, cells))
        elif now is None:
            cells = tuple((c, was[c], "") for c in old.field_names if was[c])
            found.rows.append(Row(new.name, "removed", name, cells))
        elif cells := tuple((c, was[c], now[c]) for c in shared if was[c] != now[c]):
            found.rows.append(Row(new.name, "changed", name, cells))


def _read(table: Table) -> dict[tuple[str, ...], dict[str, str]]:
    try:
        with table.path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {tuple(row[name] for name in table.primary_key): row for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        raise PackageError(f"{table.path.name} cannot be compared: {error!r}") from None


def next_version(version: str, step: str) -> str:
    """The least version that announces a step; before 1.0.0 a minor one announces everything."""
    major, minor, patch = _parts(version)
    if step == "major" and major == 0:
        step = "minor"
    return {
        "none": version,
        "patch": f"{major}.{minor}.{patch + 1}",
        "minor": f"{major}.{minor + 1}.0",
        "major": f"{major + 1}.0.0",
    }[step]


def _parts(version: str) -> tuple[int, ...]:
    match = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", version)
    if not match:
        raise PackageError(f"{version!r} is not a version such as 1.2.3")
    return tuple(map(int, match.groups()))


def to_text(found: Difference) -> str:
    """For a terminal: a block a table, a line a row."""
    lines = [_verdict(found)]
    for table in found.tables:
        lines += ["", f"{table}: {_summary(found, table)}"]
        lines += [f"  ! {c.words}" for c in found.structure if c.table == table]
        for row in _of(found, table):
            if row.change == "changed":
                lines += [f"  ~ {row.key}, {c}: {old or 'blank'} -> {new or 'blank'}"
                          for c, old, new in row.cells]  # fmt: skip
            else:
                lines.append(f"  {'+' if row.change == 'added' else '-'} {row.key}")
    return "\n".join(lines)


def to_csv(found: Difference) -> str:
    """For machines: a line a cell; whole rows as all their cells that are not blank."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("table", "change", "row", "column", "old", "new"))
    writer.writerows((c.table, c.words, "", "", "", "") for c in found.structure)
    for row in found.rows:
        writer.writerows((row.table, row.change, row.key, *cell) for cell in row.cells)
    return out.getvalue().rstrip("\n")


def to_markdown(found: Difference) -> str:
    """For a comment on a pull request: a summary, then a block to unfold for each table."""
    lines = ["### Data changes", "", _verdict(found)]
    if found:
        lines += ["", "| table | added | removed | changed | structure |",
                  "| --- | ---: | ---: | ---: | --- |"]  # fmt: skip
    for table in found.tables:
        counts = (str(_count(found, table, c)) for c in ("added", "removed", "changed"))
        words = "; ".join(c.words for c in found.structure if c.table == table)
        lines.append(f"| {table} | {' | '.join(counts)} | {words} |")
    for table in found.tables:
        rows = _of(found, table)
        if not rows:
            continue
        lines += ["", f"<details><summary>{table}: {_summary(found, table)}</summary>", ""]
        for row in rows[:_SHOWN]:
            lines.append(f"- {row.change} {_code(row.key)}")
            lines += [f"  - {c}: {_shown(row, old, new)}" for c, old, new in row.cells]
        if len(rows) > _SHOWN:
            lines.append(f"- and {len(rows) - _SHOWN} more")
        lines += ["", "</details>"]
    return "\n".join(lines)


def to_changelog(found: Difference) -> str:
    """For CHANGELOG.md: the data section, a line a table."""
    lines = ["### Data"]
    for table in found.tables:
        words = [c.words for c in found.structure if c.table == table]
        words += [_summary(found, table)] if _of(found, table) else []
        lines.append(f"- `{table}`: {'; '.join(words)}.")
    return "\n".join(lines)


FORMATS = {"text": to_text, "csv": to_csv, "markdown": to_markdown, "changelog": to_changelog}


def _verdict(found: Difference) -> str:
    if not found:
        return f"{found.old} -> {found.new}: the data are the same"
    words = f"{found.old} -> {found.new}: the difference demands a {found.step} step"
    if found.understated:
        return f"{words}; the version must be at least {found.least_version}"
    return f"{words}, and the version says so"


def _summary(found: Difference, table: str) -> str:
    counts = [(c, _count(found, table, c)) for c in ("added", "removed", "changed")]
    words = [f"{n:,} row{'s' * (n != 1)} {change}" for change, n in counts if n]
    return ", ".join(words) or "structure only"


def _of(found: Difference, table: str) -> list[Row]:
    return [row for row in found.rows if row.table == table]


def _count(found: Difference, table: str, change: str) -> int:
    return sum(row.change == change for row in _of(found, table))


def _shown(row: Row, old: str, new: str) -> str:
    if row.change == "changed":
        return f"{_code(old)} became {_code(new)}"
    return _code(new if row.change == "added" else old)


def _code(text: str) -> str:
    # As code, nothing in a cell is Markdown, HTML or the name of a person to notify.
    return f"`{text.replace('`', chr(39))}`" if text else "blank"


def _names(columns: tuple[str, ...]) -> str:
    return " and ".join(columns)
