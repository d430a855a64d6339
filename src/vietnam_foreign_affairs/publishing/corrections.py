"""`vfa correct`: write down every change of what was published, for a person to finish.

The rows of `corrections` follow from the difference between the package and the last release (or
the last commit). A row that is gone while a new one has most of its cells is taken as renamed.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from .. import atomic
from ..errors import PackageError
from ..formatting import format_rows
from ..ledger import SCHEMA, VERSION, fingerprint, path_of, schema_parts
from ..package import Package, Table
from .comparison import Row, compare, next_version, parts
from .reading import cells

TABLE = "corrections"
Written = dict[str, str]  # a row of corrections
ALIKE = 0.5  # of the filled cells beside the key, for a row to be the same row under another id


class Change(NamedTuple):
    """One difference from what was published. `field` is blank where a whole row is gone.

    `became` is the fingerprint of the cell now, blank where there is none.
    """

    table: str
    row_id: str
    field: str
    kind: str
    was: str
    became: str = ""


def changes(old: Package, new: Package, written: Collection[Written] = ()) -> Iterator[Change]:
    """Every cell, row and part of a schema of `old` that `new` has otherwise, or not at all.

    What corrections say already of a row that is gone, whether it was renamed, withdrawn or merged
    with another, is not guessed again.
    """
    found = compare(old, new)
    told: dict[str, dict[str, str]] = {}  # by table: old id -> new id, blank where there is none
    merged: dict[str, dict[str, str]] = {}  # by table: old id -> the row that holds it now
    for row in written:
        name, was = row["table_name"], row["was"] or row["row_id"]
        if row["row_id"] != SCHEMA and row["kind"] in ("renamed", "merged", "withdrawn"):
            told.setdefault(name, {})[was] = row["row_id"] if row["kind"] == "renamed" else ""
        if row["kind"] == "merged":
            merged.setdefault(name, {})[was] = row["row_id"]
    before = {table.name: table for table in old.tables}
    renamed: dict[str, str] = {}  # new id -> old id, of every table
    into = {was: now for ids in merged.values() for was, now in ids.items()}
    pairs = {}
    for table in new.tables:
        rows = [row for row in found.rows if row.table == table.name]
        pairs[table.name] = {}
        if len(table.primary_key) == 1:
            pairs[table.name] = _pairs(rows, told.get(table.name, {}))
        renamed |= {theirs.key: ours.key for ours, theirs in pairs[table.name].values()}

    def same(was: str, now: str) -> bool:
        return was in (now, renamed.get(now)) or into.get(was) == now != ""

    for table in new.tables:
        if table.name not in before:
            continue
        yield from _schema(old, new, table.name)
        key = table.primary_key
        known = set(before[table.name].field_names)
        for row in (row for row in found.rows if row.table == table.name):
            if row.change == "removed" and row.key in pairs[table.name]:
                _, now = pairs[table.name][row.key]
                yield Change(table.name, now.key, key[0], "renamed", row.key)
                was, cells_now = dict(_old(row)), {c: new for c, _, new in now.cells}
                for column in table.field_names:
                    before_it, now_it = was.get(column, ""), cells_now.get(column, "")
                    is_new = column not in known or column in key
                    if not is_new and not same(before_it, now_it):
                        mark = _mark(table, column, now_it)
                        yield Change(table.name, now.key, column, "corrected", before_it, mark)
            elif row.change == "removed" and row.key not in merged.get(table.name, ()):
                yield Change(table.name, row.key, "", "withdrawn", "")
            elif row.change == "changed":
                for column, was_cell, now_cell in row.cells:
                    if not same(was_cell, now_cell):
                        mark = _mark(table, column, now_cell)
                        yield Change(table.name, row.key, column, "corrected", was_cell, mark)


def _schema(old: Package, new: Package, name: str) -> Iterator[Change]:
    now = schema_parts(new, new.table(name))
    for place, was in schema_parts(old, old.table(name)).items():
        if now.get(place) != was:
            kind = "corrected" if place in now else "withdrawn"
            mark = fingerprint(now[place]) if place in now else ""
            yield Change(name, SCHEMA, place, kind, was, mark)


def _mark(table: Table, column: str, cell: str) -> str:
    """The fingerprint of a cell; 1.50 and 1.5 are one number."""
    if table.field(column).type == "number" and cell:
        cell = repr(float(cell)).removesuffix(".0")
    return fingerprint(cell)


def _old(row: Row) -> Iterator[tuple[str, str]]:
    return ((column, was) for column, was, _ in row.cells)


def _pairs(rows: list[Row], told: dict[str, str]) -> dict[str, tuple[Row, Row]]:
    """By the id of a row that is gone: it and the new row that has most of its cells.

    `told` has the new id of a row that is known to be renamed, a blank for one that is withdrawn.
    """
    removed = {row.key: row for row in rows if row.change == "removed"}
    new = {row.key: row for row in rows if row.change == "added"}
    found = {
        was: (removed[was], new[now]) for was, now in told.items() if was in removed and now in new
    }
    taken = {other.key for _, other in found.values()}
    withdrawn = {was for was, now in told.items() if not now}
    gone = [row for key, row in removed.items() if key not in found.keys() | withdrawn]
    added = [row for key, row in new.items() if key not in taken]
    by_cell: dict[tuple[str, str], list[Row]] = {}
    for row in added:
        for column, _, now in row.cells[1:]:
            by_cell.setdefault((column, now), []).append(row)
    scores = []
    for row in gone:
        filled = list(_old(row))[1:]
        shared: dict[str, tuple[float, Row]] = {}
        for cell in filled:
            # What many rows have tells little of which one it is.
            for other in by_cell.get(cell, ())[:200]:
                weight = 1 / len(by_cell[cell])
                score, _ = shared.get(other.key, (0.0, other))
                shared[other.key] = (score + weight, other)
        for score, other in shared.values():
            alike = sum((c, was) in {(c, n) for c, _, n in other.cells} for c, was in filled)
            if alike / max(len(filled), 1) >= ALIKE:
                scores.append((score, row, other))
    for _, row, other in sorted(scores, key=lambda s: (-s[0], s[1].key, s[2].key)):
        if row.key not in found and other.key not in taken:
            found[row.key] = (row, other)
            taken.add(other.key)
    return found


def correct(
    old: Package, new: Package, tables: list[str], why: str, version: str | None = None
) -> int:
    """Add what is missing to `tables/corrections.csv`, and take away what is no change any more.

    Returns the number of rows added, renewed or taken away.

    Raises `PackageError` for a table that there is none of, and for a reason that says nothing.
    """
    names = {table.name for table in new.tables}
    for name in tables:
        if name not in names:
            raise PackageError(f"there is no table {name!r}; the tables are {', '.join(names)}")
    if len(why.strip()) < 20:
        raise PackageError("say in a sentence why it changed: --why has fewer than 20 characters")
    table = new.table(TABLE)
    rows = [dict(zip(table.field_names, row, strict=True)) for _, row in cells(table)]
    version = version or next_release(new)
    written = [row for row in rows if row["version"] == version]
    known = {
        (r["table_name"], r["row_id"], r["field"]): r for r in written if r["kind"] != "merged"
    }
    ids = {row["correction_id"] for row in rows}
    changed = 0
    found = {
        (change.table, change.row_id, change.field): change
        for change in changes(old, new, written)
        if not tables or change.table in tables
    }
    for place, row in known.items():
        if place not in found and (not tables or row["table_name"] in tables):
            rows.remove(row)
            changed += 1
    for place, change in found.items():
        if place in known:  # changed once more before the release
            changed += known[place]["became"] != change.became
            known[place]["became"] = change.became
            continue
        rows.append(
            {
                "correction_id": _id(version, change, ids),
                "table_name": change.table,
                "row_id": change.row_id,
                "field": change.field,
                "version": version,
                "corrected_on": datetime.date.today().isoformat(),
                "kind": change.kind,
                "was": change.was,
                "became": change.became,
                "reason": why.strip(),
                "source_id": "",
            }
        )
        changed += 1
    if changed:
        text = format_rows(table, [[row[name] for name in table.field_names] for row in rows])
        atomic.write({table.path: text.encode()})
    return changed


def _id(version: str, change: Change, ids: set[str]) -> str:
    words = f"{version} {change.table} {change.row_id} {change.field}"
    base = made = re.sub("[^a-z0-9]+", "-", words.lower()).strip("-")
    number = 1
    while made in ids:
        number += 1
        made = f"{base}-{number}"
    ids.add(made)
    return made


def published_version(pkg: Package) -> str:
    """The release that the ledger holds. Raises `PackageError` where there is no ledger."""
    try:
        rows = csv.reader(io.StringIO(path_of(pkg).read_text(encoding="utf-8")))
        return next(row[2] for row in rows if tuple(row[:2]) == VERSION)
    except (OSError, UnicodeDecodeError, StopIteration, IndexError):
        raise PackageError(f"{path_of(pkg)} does not hold a release") from None


def next_release(pkg: Package) -> str:
    """The version that first holds a change made now."""
    last = published_version(pkg)
    return pkg.version if parts(pkg.version) > parts(last) else next_version(last, "minor")
