"""Figures and dates as exactly as they are known, and no more exactly.

A figure keeps the word it was stated with ("nearly 800"); a date known to the month is 2024-01, one
known to the year 2024 (ISO 8601, reduced precision).
"""

from __future__ import annotations

from datetime import date

LENGTHS = {"year": 4, "month": 7, "day": 10}
EXACT = "exact"


def figure(value: float, qualifier: str | None) -> str | float:
    """A figure with its qualifier; an exact one is a number."""
    number = int(value) if float(value).is_integer() else value
    if qualifier in (None, EXACT):
        return number
    return f"{qualifier.replace('_', ' ')} {number:,}"


def day(value: date, precision: str | None) -> str:
    """A date to its precision; without one it is a day."""
    return value.isoformat()[: LENGTHS.get(precision or "day", LENGTHS["day"])]


def notes(row: dict[str, object]) -> tuple[str, ...]:
    """What must be said with a row of a table: qualifiers, and dates that are no days."""
    found = []
    for name, value in row.items():
        known = row.get(f"{name}_precision")
        if isinstance(value, date) and known in ("month", "year"):
            found.append(f"{name} is known to the {known} only: {day(value, str(known))}")
    qualifier = row.get("qualifier")
    if qualifier and qualifier != EXACT:
        for name, value in row.items():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                words = figure(value, str(qualifier))
                phrase = f" (in the source: {row['phrase']})" if row.get("phrase") else ""
                found.append(f"{name} is stated as: {words}{phrase}")
    return tuple(found)
