"""Days, their precision, and figures as people and spreadsheets spoil them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from vietnam_foreign_affairs.package import Field, Table

from ..original import Original
from . import Cell, cell_kind


def is_day(_: Original, table: Table, field: Field) -> bool:
    return field.type == "date"


def is_precision(_: Original, table: Table, field: Field) -> bool:
    return field.name.endswith("_precision")


def is_number(_: Original, table: Table, field: Field) -> bool:
    return field.type in ("integer", "number", "year")


def day(name: str, *, blanks: bool = False):
    return cell_kind("cells", f"day: {name}", is_day, blanks=blanks)


def _date(cell: Cell) -> date:
    return date.fromisoformat(cell.value)


def _moved(cell: Cell, days: int) -> str:
    return (_date(cell) + timedelta(days)).isoformat()


def _with(cell: Cell, **parts: int) -> str | None:
    try:
        return _date(cell).replace(**parts).isoformat()
    except ValueError:
        return None


def _simple(name: str, write) -> None:
    day(name)(write)


_simple(
    "day and month exchanged",
    lambda c: _with(c, day=_date(c).month, month=_date(c).day) if _date(c).day <= 12 else None,
)
_simple("a day later", lambda c: _moved(c, 1))
_simple("a day earlier", lambda c: _moved(c, -1))
_simple("a week later", lambda c: _moved(c, 7))
_simple("a month later", lambda c: _with(c, month=_date(c).month % 12 + 1))
_simple("a year later", lambda c: _with(c, year=_date(c).year + 1))
_simple("a year earlier", lambda c: _with(c, year=_date(c).year - 1))
_simple("ten years earlier", lambda c: _with(c, year=_date(c).year - 10))
_simple("a century off", lambda c: _with(c, year=_date(c).year - 100))
_simple("two centuries ahead", lambda c: _with(c, year=_date(c).year + 200))
_simple(
    "the last digits of the year exchanged",
    lambda c: c.value[:2] + c.value[3] + c.value[2] + c.value[4:],
)
_simple("the digits of the day exchanged", lambda c: _valid(c.value[:8] + c.value[9] + c.value[8]))
_simple("the first of the month", lambda c: _with(c, day=1))
_simple("the first of January", lambda c: _with(c, day=1, month=1))
_simple("with slashes", lambda c: c.value.replace("-", "/"))
_simple("as in Viet Nam", lambda c: _date(c).strftime("%d/%m/%Y"))
_simple("as in America", lambda c: _date(c).strftime("%m/%d/%Y"))
_simple("in words", lambda c: _date(c).strftime("%d %B %Y"))
_simple(
    "without noughts",
    lambda c: "-".join(p.lstrip("0") for p in c.value.split("-")) if "-0" in c.value else None,
)
_simple("with a time", lambda c: c.value + " 00:00:00")
_simple("as a time stamp", lambda c: c.value + "T00:00:00Z")
_simple("the number of a spreadsheet", lambda c: str((_date(c) - date(1899, 12, 30)).days))
_simple("the year only", lambda c: c.value[:4])
_simple("year and month only", lambda c: c.value[:7])
_simple("a year of two digits", lambda c: c.value[2:])
_simple("the 30th of February", lambda c: c.value[:4] + "-02-30")
_simple("a digit lost", lambda c: c.value[:-1])
_simple("a digit too many", lambda c: c.value[:4] + c.value[3:])
_simple("letter O for nought", lambda c: c.value.replace("0", "O", 1) if "0" in c.value else None)
_simple("dashes of a typesetter", lambda c: c.value.replace("-", "–"))
_simple("lost", lambda c: "")
_simple("1900-01-00 of a spreadsheet", lambda c: "1900-01-00")
_simple("the day of the row below", lambda c: (c.neighbour() or {}).get(c.field.name) or None)
_simple("another day of the column", lambda c: c.rng.choice(c.others) if c.others else None)


def _valid(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


@cell_kind("cells", "day: invented where there is none", is_day, blanks=True)
def _(cell: Cell) -> str | None:
    return cell.rng.choice(cell.others) if not cell.value and cell.others else None


STEPS = ("year", "month", "day")


@cell_kind("cells", "precision: raised", is_precision)
def _(cell: Cell) -> str | None:
    return {"month": "day", "year": "month"}.get(cell.value)


@cell_kind("cells", "precision: raised from year to day", is_precision)
def _(cell: Cell) -> str | None:
    return {"year": "day"}.get(cell.value)


@cell_kind("cells", "precision: lowered", is_precision)
def _(cell: Cell) -> str | None:
    return {"month": "year", "day": "month"}.get(cell.value)


@cell_kind("cells", "precision: lost", is_precision)
def _(cell: Cell) -> str | None:
    return ""


@cell_kind("cells", "precision: given where no day is", is_precision, blanks=True)
def _(cell: Cell) -> str | None:
    return None if cell.value else "day"


@cell_kind("cells", "precision: another word", is_precision)
def _(cell: Cell) -> str | None:
    return {"day": "exact", "month": "months", "year": "circa"}.get(cell.value)


def number(name: str, *, blanks: bool = False):
    return cell_kind("cells", f"figure: {name}", is_number, blanks=blanks)


def _digits(cell: Cell) -> list[int]:
    return [n for n, c in enumerate(cell.value) if c.isdigit()]


def _figure(name: str, write) -> None:
    number(name)(write)


def _mistyped(cell: Cell) -> str:
    at = cell.rng.choice(_digits(cell))
    other = cell.rng.choice([d for d in "123456789" if d != cell.value[at]])
    return cell.value[:at] + other + cell.value[at + 1 :]


def _transposed(cell: Cell) -> str | None:
    digits = _digits(cell)
    pairs = [(a, b) for a, b in pairwise(digits) if cell.value[a] != cell.value[b]]
    if not pairs:
        return None
    a, b = cell.rng.choice(pairs)
    text = list(cell.value)
    text[a], text[b] = text[b], text[a]
    return "".join(text).lstrip("0") if text[b] == "0" and a == 0 else "".join(text)


def _number(value: float) -> str:
    return f"{value:.10f}".rstrip("0").rstrip(".")


_figure("a digit mistyped", _mistyped)
_figure("two digits exchanged", _transposed)
_figure(
    "a digit lost",
    lambda c: (
        c.value[: _digits(c)[-1]] + c.value[_digits(c)[-1] + 1 :] if len(_digits(c)) > 1 else None
    ),
)
_figure("a digit twice", lambda c: c.value + c.value[-1])
_figure("the sign changed", lambda c: c.value[1:] if c.value.startswith("-") else "-" + c.value)
_figure("ten times", lambda c: _number(float(c.value) * 10))
_figure("a tenth", lambda c: _number(float(c.value) / 10))
_figure("a thousand times", lambda c: _number(float(c.value) * 1000))
_figure("a thousandth", lambda c: _number(float(c.value) / 1000))
_figure("one more", lambda c: _number(float(c.value) + 1))
_figure("one less", lambda c: _number(float(c.value) - 1))
_figure("rounded", lambda c: _number(round(float(c.value))) if "." in c.value else None)
_figure("rounded to tens", lambda c: _number(round(float(c.value), -1)))
_figure("a decimal comma", lambda c: c.value.replace(".", ",") if "." in c.value else None)
_figure(
    "a separator of thousands",
    lambda c: f"{int(c.value):,}" if c.value.isdigit() and len(c.value) > 3 else None,
)
_figure(
    "a full stop between thousands",
    lambda c: (
        f"{int(c.value):,}".replace(",", ".") if c.value.isdigit() and len(c.value) > 3 else None
    ),
)
_figure(
    "a blank between thousands",
    lambda c: (
        f"{int(c.value):,}".replace(",", " ") if c.value.isdigit() and len(c.value) > 3 else None
    ),
)
_figure("its unit behind it", lambda c: c.value + " %")
_figure("a plus before it", lambda c: "+" + c.value)
_figure("a tilde before it", lambda c: "~" + c.value)
_figure("in scientific notation", lambda c: f"{float(c.value):.2E}")
_figure("letter l for one", lambda c: c.value.replace("1", "l", 1) if "1" in c.value else None)
_figure("noughts behind it", lambda c: c.value + ("0" if "." in c.value else ".0"))
_figure("noughts before it", lambda c: "0" + c.value)
_figure("nought", lambda c: "0")
_figure("lost", lambda c: "")
_figure(
    "binary dust of a float", lambda c: repr(float(c.value) + 1e-10) if "." in c.value else None
)
_figure("the figure of the row below", lambda c: (c.neighbour() or {}).get(c.field.name) or None)
_figure("another figure of the column", lambda c: c.rng.choice(c.others) if c.others else None)
_figure("not a number", lambda c: "NaN")
_figure("a dash for it", lambda c: "-")


@number("invented where there is none", blanks=True)
def _(cell: Cell) -> str | None:
    return cell.rng.choice(cell.others) if not cell.value and cell.others else None


def is_boolean(_: Original, table: Table, field: Field) -> bool:
    return field.type == "boolean"


@cell_kind("cells", "yes or no: the other", is_boolean)
def _(cell: Cell) -> str | None:
    return "false" if cell.value == "true" else "true"


@cell_kind("cells", "yes or no: as a spreadsheet writes it", is_boolean)
def _(cell: Cell) -> str | None:
    return cell.value.upper()


@cell_kind("cells", "yes or no: in another word", is_boolean)
def _(cell: Cell) -> str | None:
    return cell.rng.choice(("yes", "1", "có", "x", "t"))


@cell_kind("cells", "yes or no: lost", is_boolean)
def _(cell: Cell) -> str | None:
    return ""


@cell_kind("cells", "figure in a phrase or name: a digit mistyped", lambda o, t, f: o.is_text(t, f))
def _(cell: Cell) -> str | None:
    found = list(re.finditer(r"\d", cell.value))
    if not found:
        return None
    at = cell.rng.choice(found).start()
    return (
        cell.value[:at]
        + str((int(cell.value[at]) + cell.rng.randrange(1, 9)) % 10)
        + cell.value[at + 1 :]
    )
