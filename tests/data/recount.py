"""The CSV files in plain Python, so that an answer of SQL can be worked out a second time.

Nothing here asks DuckDB or reads a view. Dates stay text: ISO dates sort as they are.
"""

from __future__ import annotations

import csv
import datetime
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

import vietnam_foreign_affairs as vfa

from ..conftest import ROOT
from .asking import answer

Row = dict[str, str]
GOODS = {
    "goods_exports": "exports",
    "goods_imports": "imports",
    "goods_turnover": "turnover",
    "goods_balance": "balance",
}
QUALITY = {"A": "final", "P": "preliminary", "E": "estimate", "F": "forecast"}


@cache
def rows(table: str) -> list[Row]:
    with open(ROOT / f"tables/{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def by_id(table: str) -> dict[str, Row]:
    return {row_id(table, row): row for row in rows(table)}


@cache
def tables() -> dict[str, Any]:
    return {table.name: table for table in vfa.tables()}


def row_id(table: str, row: Row) -> str:
    return "/".join(row[name] for name in tables()[table].primary_key)


def country(iso3: str, name: str = "name_en") -> str:
    return by_id("countries")[iso3][name]


@cache
def labels() -> dict[str, str]:
    """The short English name of each country: that of country_names, or the one of ISO."""
    short = {
        row["iso3"]: row["name"]
        for row in rows("country_names")
        if (row["kind"], row["language"]) == ("short", "en")
    }
    return {row["iso3"]: row["name_en"] for row in rows("countries")} | short


def last_day(row: Row, name: str) -> str:
    """The last day that a date may mean; of a month or year a text that sorts behind its days."""
    known = {"year": 4, "month": 7, "day": 10}[row[f"{name}_precision"]]
    return row[name][:known] + "-99"[: 0 if known == 10 else None]


@cache
def cited() -> dict[tuple[str, str], list[dict[str, str]]]:
    """By table and row: each source with how it is related: cites, supports, contradicts."""
    found: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for name, table in tables().items():
        if table.cites_sources:
            for row in rows(name):
                if row["source_id"]:
                    new = {"relation": "cites", "field": "", "stated_value": ""}
                    new |= {"source_id": row["source_id"], "locator": row.get("locator", "")}
                    found[name, row_id(name, row)].append(new)
    for row in rows("evidence"):
        found[row["table_name"], row["row_id"]].append(row)
    return found


def publishers(table: str, key: str, *relations: str) -> list[str]:
    """The publishers of a row's sources, each once, in order."""
    pages = by_id("sources")
    found = {
        pages[one["source_id"]]["publisher"]
        for one in cited()[table, key]
        if one["relation"] in relations
    }
    return sorted(found)


@cache
def spells() -> list[Row]:
    """Partnership frameworks with `valid_from`, `valid_to` (or blank), `step`, `rank`, `counts`."""
    found = []
    for iso3 in sorted({row["iso3"] for row in rows("partnership_upgrades")}):
        ladders: dict[str, list[Row]] = defaultdict(list)
        steps = [row for row in rows("partnership_upgrades") if row["iso3"] == iso3]
        for row in sorted(steps, key=lambda r: r["upgraded_on"]):
            if row["from_tier_id"] == row["to_tier_id"]:
                continue
            tier = by_id("partnership_tiers")[row["to_tier_id"]]
            counts = tier["in_official_total"] == "true"
            name = "counted" if counts else f"{row['to_tier_id']}:{row['sector']}"
            ladder = ladders[name]
            if ladder:
                ladder[-1]["valid_to"] = row["upgraded_on"]
                ladder[-1]["valid_to_precision"] = row["upgraded_on_precision"]
            own = {"valid_from": row["upgraded_on"], "valid_to": "", "step": str(len(ladder) + 1)}
            own["valid_to_precision"] = ""
            ladder.append(row | own | {"counts": counts, "rank": tier["rank"]})  # type: ignore[arg-type]
        found += [row for ladder in ladders.values() for row in ladder]
    return found


def partners(day: str) -> list[Row]:
    """The counted frameworks in force on a day."""
    return [
        s
        for s in spells()
        if s["counts"] and s["valid_from"] <= day and (not s["valid_to"] or s["valid_to"] > day)
    ]


def states(day: str) -> list[Row]:
    """The same, as officials count them: countries, and no union."""
    return [s for s in partners(day) if country(s["iso3"], "status") != "union"]


def owner(source_id: str) -> str | None:
    """Who owns the text of a page; nobody where the page carries a text of unknown origin."""
    page = by_id("sources")[source_id]
    origin = page["origin_group"]
    if origin.startswith("unknown: "):
        return None
    return origin or page["publisher_group"] or page["publisher"]


def is_full_year(row: Row) -> bool:
    year = row["ends_on"][:4]
    return (row["starts_on"], row["ends_on"]) == (f"{year}-01-01", f"{year}-12-31")


def decimals(row: Row) -> int:
    """How finely a figure is stated; counts are exact."""
    unit = by_id("indicators")[row["indicator_id"]]["unit"]
    if unit not in ("USD billion", "million persons", "percent", "times"):
        return 99
    return len(f"{float(row['value']):.10f}".rstrip("0").split(".")[1])


@cache
def best() -> dict[tuple[str, ...], Row]:
    """The best statement of each indicator, counterpart and period: see the view best_figures."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows("observations"):
        groups[series(row)].append(row)
    return {place: _best(group) for place, group in groups.items()}


def series(row: Row) -> tuple[str, ...]:
    parts = ("indicator_id", "counterpart_iso3", "starts_on", "ends_on")
    return tuple(row[part] for part in parts)


def _best(group: list[Row]) -> Row:
    group = sorted(group, key=lambda r: r["observation_id"])
    group.sort(key=lambda r: r["stated_on"], reverse=True)  # a blank comes last
    return min(
        group,
        key=lambda r: ("APEF".index(r["obs_status"]), r["qualifier"] != "exact", -decimals(r)),
    )


def yearly(indicator: str) -> dict[int, Row]:
    """The best figure of each whole year, of the world."""
    found = {
        int(end[:4]): row
        for (name, partner, _, end), row in best().items()
        if name == indicator and not partner and is_full_year(row)
    }
    return dict(sorted(found.items()))


def goods_trade(counterpart: str = "") -> dict[int, dict[str, Row]]:
    """By year and indicator, what one speaker states on one page: see the view goods_trade."""
    pages: dict[tuple[str, ...], dict[str, Row]] = defaultdict(dict)
    wanted = [
        row
        for row in rows("observations")
        if row["indicator_id"] in GOODS and row["counterpart_iso3"] == counterpart
    ]
    wanted = [row for row in wanted if row["obs_status"] != "F" and is_full_year(row)]
    for row in sorted(wanted, key=lambda r: (r["qualifier"] != "exact", r["observation_id"])):
        for said in cited()["observations", row["observation_id"]]:
            if said["relation"] != "contradicts" and not said["field"]:
                state = "APE".index(row["obs_status"])
                place = (row["ends_on"][:4], said["source_id"], row["stated_by"], str(state))
                pages[place].setdefault(row["indicator_id"], row)

    def rank(page: tuple[tuple[str, ...], dict[str, Row]]) -> tuple[Any, ...]:
        (_, source, speaker, state), figures = page
        is_part = not {"goods_exports", "goods_imports"} <= set(figures)
        words = any(row["qualifier"] != "exact" for row in figures.values())
        said = max(row["stated_on"] for row in figures.values()).replace("-", "")
        return is_part, state, -len(figures), words, -int(said or 0), source, speaker

    found: dict[int, dict[str, Row]] = {}
    for (year, *_), figures in sorted(pages.items(), key=rank):
        found.setdefault(int(year), figures)
    return dict(sorted(found.items()))


def quality(row: Row) -> str:
    qualifier = "" if row["qualifier"] == "exact" else f", {row['qualifier']}"
    return QUALITY[row["obs_status"]] + qualifier


def number(text: str) -> float | None:
    return float(text) if text else None


def day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def joined(names: Iterable[str], by: str = "; ") -> str | None:
    return by.join(names) or None


def check(name: str, expected: list[dict[str, Any]], **params: object) -> None:
    """The answer is what was expected, row by row and in order, in the columns expected."""
    assert expected, "nothing was expected"
    found = [{column: row[column] for column in expected[0]} for row in answer(name, **params)]
    for mine, theirs in zip(expected, found, strict=False):
        assert theirs == mine
    assert len(found) == len(expected)
