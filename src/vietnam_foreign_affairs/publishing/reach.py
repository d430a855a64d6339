"""The days that the rows of a table state: a coverage says no more than they bear out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..database import literal, quote

if TYPE_CHECKING:
    import duckdb

YEAR = "year"  # the column of tables that have a row a year


def stated(
    con: duckdb.DuckDBPyConnection, rows: str, columns: Iterable[str], until: str
) -> tuple[str, str] | None:
    """The first and the last day in these columns up to a day; a year is all its days.

    What is to come is left out. None where nothing is stated.
    """
    days: list[str] = []
    for name in columns:
        begins, ends = (f"make_date({quote(name)}::INTEGER, {end})" for end in ("1, 1", "12, 31"))
        days += [begins, f"least({ends}, {_day(until)})"] if name == YEAR else [quote(name)]
    if not days:
        return None
    # To the end, for DuckDB 2 takes nothing else up before.
    ((first, last),) = con.execute(
        "SELECT min(d)::VARCHAR, max(d)::VARCHAR "
        f"FROM (SELECT unnest([{', '.join(days)}]) AS d FROM {rows}) WHERE d <= {_day(until)}"
    ).fetchall()
    return (first, last) if first else None


def _day(day: str) -> str:
    return f"DATE {literal(day)}"
