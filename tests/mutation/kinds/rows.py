"""Whole rows: lost, doubled, invented, shifted, filled down, mixed up."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from ..original import Original, Row
from . import Cell, Change, Kind, add, all_tables, row_kind, table_file, with_rows
from .writing import without_marks

CITES = ("source_id", "locator")


def row(name: str, *tables: str, **options: bool):
    return row_kind("rows", f"row: {name}", *tables, **options)


def _of_type(cell: Cell, kind: str) -> list[str]:
    return [f.name for f in cell.table.fields if f.type == kind and cell.row[f.name]]


def _free(cell: Cell) -> list[str]:
    return [n for n in cell.table.field_names if n not in cell.table.primary_key]


@row("two neighbouring cells exchanged")
def _(cell: Cell) -> dict[str, str] | None:
    names = _free(cell)
    at = cell.rng.randrange(len(names) - 1)
    left, right = names[at : at + 2]
    return {left: cell.row[right], right: cell.row[left]}


@row("two days exchanged")
def _(cell: Cell) -> dict[str, str] | None:
    names = [f.name for f in cell.table.fields if f.type == "date"]
    if len(names) < 2:
        return None
    left, right = cell.rng.sample(names, 2)
    return {left: cell.row[right], right: cell.row[left]}


@row("English and Vietnamese exchanged")
def _(cell: Cell) -> dict[str, str] | None:
    for name in cell.table.field_names:
        if name.endswith("_vi") and cell.row[name]:
            other = name[:-3] + "_en"
            return {name: cell.row[other], other: cell.row[name]}
    return None


@row("cells a column further right")
def _(cell: Cell) -> dict[str, str] | None:
    names = _free(cell)
    at = cell.rng.randrange(len(names))
    values = ["", *(cell.row[n] for n in names[at:-1])]
    return dict(zip(names[at:], values, strict=True))


@row("cells a column further left")
def _(cell: Cell) -> dict[str, str] | None:
    names = _free(cell)
    at = cell.rng.randrange(len(names))
    values = [*(cell.row[n] for n in names[at + 1 :]), ""]
    return dict(zip(names[at:], values, strict=True))


@row("the values of the row below under its own id")
def _(cell: Cell) -> dict[str, str] | None:
    other = cell.neighbour()
    return {n: other[n] for n in _free(cell)} if other else None


@row("the values of another row under its own id")
def _(cell: Cell) -> dict[str, str] | None:
    other = cell.rng.choice(cell.original.rows[cell.table.name])
    return {n: other[n] for n in _free(cell)}


@row("half of another row")
def _(cell: Cell) -> dict[str, str] | None:
    other = cell.rng.choice(cell.original.rows[cell.table.name])
    names = _free(cell)
    return {n: other[n] for n in names[len(names) // 2 :]}


@row("filled down from above")
def _(cell: Cell) -> dict[str, str] | None:
    other, names = cell.neighbour(-1), _free(cell)
    if not other:
        return None
    some = cell.rng.sample(names, min(3, len(names)))
    return {n: other[n] for n in some}


@row("a series continued by a spreadsheet")
def _(cell: Cell) -> dict[str, str] | None:
    other = cell.neighbour(-1)
    found = [n for n in _free(cell) if other and re.search(r"\d$", other[n])]
    if not other or not found:
        return None
    name = cell.rng.choice(found)
    value = other[name]
    end = re.search(r"\d+$", value)
    assert end
    return {name: value[: end.start()] + str(int(end[0]) + 1).zfill(len(end[0]))}


@row("everything optional lost")
def _(cell: Cell) -> dict[str, str] | None:
    return {f.name: "" for f in cell.table.fields if not f.required and f.name in _free(cell)}


@row("everything but the id lost")
def _(cell: Cell) -> dict[str, str] | None:
    return dict.fromkeys(_free(cell), "")


@row("its source and place lost")
def _(cell: Cell) -> dict[str, str] | None:
    return {n: "" for n in CITES if n in cell.row and n in _free(cell)}


@row("all in capitals")
def _(cell: Cell) -> dict[str, str] | None:
    return {n: cell.row[n].upper() for n in _free(cell)}


@row("all marks lost")
def _(cell: Cell) -> dict[str, str] | None:
    return {n: without_marks(cell.row[n]) for n in _free(cell)}


@row("all read as Windows-1252")
def _(cell: Cell) -> dict[str, str] | None:
    return {n: cell.row[n].encode().decode("cp1252", "replace") for n in _free(cell)}


@row("all days a year later")
def _(cell: Cell) -> dict[str, str] | None:
    days = _of_type(cell, "date")
    return {n: f"{int(cell.row[n][:4]) + 1}{cell.row[n][4:]}" for n in days}


@row("all days those of another row")
def _(cell: Cell) -> dict[str, str] | None:
    other = cell.rng.choice(cell.original.rows[cell.table.name])
    return {n: other[n] for n in cell.table.field_names if re.search(r"_on(_precision)?$", n)}


@row("its source that of another row")
def _(cell: Cell) -> dict[str, str] | None:
    other = cell.rng.choice(cell.original.rows[cell.table.name])
    return {n: other[n] for n in CITES if n in cell.row and n in _free(cell)}


@row("a note in the wrong column")
def _(cell: Cell) -> dict[str, str] | None:
    if not cell.row.get("note"):
        return None
    name = cell.rng.choice([n for n in _free(cell) if n not in ("note", *CITES)])
    return {name: cell.row["note"], "note": ""}


def whole(name: str, *, loses: bool = False):
    """A kind that gives other rows: `(original, table, rng) -> (rows, wrong, about) | None`."""

    def register(write: Callable[..., tuple[list[Row], list[Row], str] | None]) -> Callable:
        def make(original: Original, table: str, rng: random.Random) -> Change | None:
            found = write(original, table, rng)
            if found is None:
                return None
            rows, wrong, about = found
            return with_rows(original.tables[table], rows, about, wrong)

        add(Kind(f"row: {name}", "rows", all_tables, make, table_file, loses))
        return write

    return register


def _sorted(original: Original, table: str, rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda r: [r[k] for k in original.tables[table].primary_key])


@whole("lost", loses=True)
def _(original: Original, table: str, rng: random.Random):
    rows = original.rows[table]
    gone = rng.choice(rows)
    return [r for r in rows if r is not gone], [gone], "a row lost"


@whole("three lost", loses=True)
def _(original: Original, table: str, rng: random.Random):
    rows = original.rows[table]
    at = rng.randrange(len(rows))
    return rows[:at] + rows[at + 3 :], rows[at : at + 3], "three rows lost"


@whole("twice")
def _(original: Original, table: str, rng: random.Random):
    rows = original.rows[table]
    at = rng.randrange(len(rows))
    copy = dict(rows[at])
    return [*rows[: at + 1], copy, *rows[at + 1 :]], [rows[at], copy], "a row twice"


@whole("twice under two ids")
def _(original: Original, table: str, rng: random.Random):
    key = original.tables[table].primary_key[0]
    copy = dict(rng.choice(original.rows[table]))
    copy[key] = _other_id(original, table, copy[key])
    return _sorted(original, table, [*original.rows[table], copy]), [copy], "a row under two ids"


def _other_id(original: Original, table: str, value: str) -> str:
    """An id of the same form."""
    if re.fullmatch("[A-Z]{3}", value):
        taken = {r["iso3"] for r in original.rows.get(table, ()) if "iso3" in r}
        codes = (r["iso3"] for r in original.rows["countries"])
        return next((c for c in codes if c not in taken), "ZZZ")
    return value + ("_b" if "_" in value else "-b")


@whole("copied, with its days a year later")
def _(original: Original, table: str, rng: random.Random):
    spec = original.tables[table]
    copy = dict(rng.choice(original.rows[table]))
    key = spec.primary_key[0]
    copy[key] = _other_id(original, table, copy[key])
    for field in spec.fields:
        if field.type == "date" and copy[field.name]:
            copy[field.name] = f"{int(copy[field.name][:4]) + 1}{copy[field.name][4:]}"
    return _sorted(original, table, [*original.rows[table], copy]), [copy], "a copy a year later"


@whole("invented from two others")
def _(original: Original, table: str, rng: random.Random):
    spec = original.tables[table]
    left, right = rng.sample(original.rows[table], 2)
    new = {n: rng.choice((left, right))[n] for n in spec.field_names}
    new[spec.primary_key[0]] = _other_id(original, table, left[spec.primary_key[0]])
    return _sorted(original, table, [*original.rows[table], new]), [new], "a row invented"


@whole("an id and nothing else, at the end")
def _(original: Original, table: str, rng: random.Random):
    spec = original.tables[table]
    new = dict.fromkeys(spec.field_names, "") | {spec.primary_key[0]: "zz-new"}
    return [*original.rows[table], new], [new], "a row begun and left"


@whole("the values of two exchanged")
def _(original: Original, table: str, rng: random.Random):
    spec, rows = original.tables[table], list(original.rows[table])
    left, right = rng.sample(range(len(rows)), 2)
    keys = spec.primary_key
    a = rows[right] | {k: rows[left][k] for k in keys}
    b = rows[left] | {k: rows[right][k] for k in keys}
    if (a, b) == (rows[left], rows[right]):
        return None
    rows[left], rows[right] = a, b
    return rows, [a, b], "two rows exchanged under their ids"


@whole("one cell of two neighbours exchanged")
def _(original: Original, table: str, rng: random.Random):
    spec, rows = original.tables[table], list(original.rows[table])
    names = [n for n in spec.field_names if n not in spec.primary_key]
    for _ in range(50):
        at, name = rng.randrange(len(rows) - 1), rng.choice(names)
        if rows[at][name] != rows[at + 1][name]:
            a = rows[at] | {name: rows[at + 1][name]}
            b = rows[at + 1] | {name: rows[at][name]}
            return [*rows[:at], a, b, *rows[at + 2 :]], [a, b], f"{name} of two rows exchanged"
    return None


@whole("two merged into one", loses=True)
def _(original: Original, table: str, rng: random.Random):
    rows = original.rows[table]
    at = rng.randrange(len(rows) - 1)
    one = {n: rows[at][n] or rows[at + 1][n] for n in rows[at]}
    return [*rows[:at], one, *rows[at + 2 :]], [one, rows[at + 1]], "two rows merged"
