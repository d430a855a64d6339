"""Rules that every table with such columns obeys, derived from the descriptor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ...package import Table
from . import DomainRule, Rule

CATALOGUE = (
    Rule(
        "precision",
        "domain",
        "A date has a precision, and holds the first day of its month or year",
        "dates that never look more exact than their source",
    ),
    Rule("period", "domain", "A period does not end before it starts", "durations"),
    Rule(
        "coverage",
        "domain",
        "Nothing happens before the table's coverage begins or after it ends",
        "claims of completeness",
    ),
    Rule(
        "checked",
        "domain",
        "Nothing is read after the table was last checked",
        "what was known when",
    ),
    Rule(
        "two_languages",
        "domain",
        "A name in Vietnamese is another than the one in English",
        "pages in two languages",
    ),
)
OF_NO_LANGUAGE = ("countries", "leaders")  # whose names may be the same in both


def last_day(t: Any, name: str) -> Any:
    """The last day that a date of limited precision may mean."""
    import ibis

    day = t[name]
    if f"{name}_precision" not in t.columns:
        return day
    return t[f"{name}_precision"].cases(
        ("year", day.truncate("Y") + ibis.interval(years=1) - ibis.interval(days=1)),
        ("month", day + ibis.interval(months=1) - ibis.interval(days=1)),
        else_=day,
    )


def rules(table: Table) -> Iterator[DomainRule]:
    names = table.field_names
    for name in names:
        if f"{name}_precision" in names:
            yield _precision(table, name)
    for name in names:
        english = name.removesuffix("_vi") + "_en"
        if name.endswith("_vi") and english in names and table.name not in OF_NO_LANGUAGE:
            yield DomainRule(
                "two_languages",
                table.name,
                name,
                CATALOGUE[4].title,
                CATALOGUE[4].protects,
                "give the name in each language, or leave the Vietnamese one blank",
                lambda t, _, vi=name, en=english: t[vi] != t[en],
            )
    if {"starts_on", "ends_on"} <= set(names):
        yield DomainRule(
            "period",
            table.name,
            "ends_on",
            CATALOGUE[1].title,
            CATALOGUE[1].protects,
            "put the later day in ends_on",
            lambda t, _: t.starts_on <= last_day(t, "ends_on"),
        )
    if table.role == "facts":
        yield from _coverage(table)
    if "accessed_on" in names:
        checked = next(rule for rule in CATALOGUE if rule.id == "checked")
        last = date.fromisoformat(table.coverage.last_checked)
        yield DomainRule(
            "checked",
            table.name,
            "accessed_on",
            checked.title,
            checked.protects,
            f"the last check was on {last}; datapackage.json says so",
            lambda t, _: t.accessed_on <= last,
        )


def _coverage(table: Table) -> Iterator[DomainRule]:
    start, end = map(date.fromisoformat, (table.coverage.starts_on, table.coverage.ends_on))

    def holds(t: Any, name: str) -> Any:
        # A term that has begun ends when it ends, and a forecast speaks of what is to come.
        if name == "ends_on" and "role" in t.columns:
            return t[name] >= start
        if name == "ends_on" and "obs_status" in t.columns:
            return (t[name] >= start) & ((t[name] <= end) | (t.obs_status == "F"))
        return t[name].between(start, end)

    for field in table.fields:
        if field.type == "date":
            yield DomainRule(
                "coverage",
                table.name,
                field.name,
                CATALOGUE[2].title,
                CATALOGUE[2].protects,
                f"the coverage goes from {start} to {end}; datapackage.json says so",
                lambda t, _, name=field.name: holds(t, name),
            )


def _precision(table: Table, name: str) -> DomainRule:
    def holds(t: Any, _: Any) -> Any:
        day, precision = t[name], t[f"{name}_precision"]
        return (
            (day.isnull() == precision.isnull())
            & ((precision != "month") | (day == day.truncate("M"))).fill_null(True)
            & ((precision != "year") | (day == day.truncate("Y"))).fill_null(True)
        )

    return DomainRule(
        "precision",
        table.name,
        f"{name}_precision",
        CATALOGUE[0].title,
        CATALOGUE[0].protects,
        "state day, month or year; for month and year write the first day of it as the date",
        holds,
    )
