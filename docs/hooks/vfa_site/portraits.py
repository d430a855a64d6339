"""What the record says of a country, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from .model import Model
from .render import number

GROUPS = {
    "apec": "APEC",
    "asean": "ASEAN",
    "cptpp": "CPTPP",
    "eu": "European Union",
    "g7": "G7",
    "g20": "G20",
    "middle_east_and_africa": "Middle East and Africa",
    "rcep": "RCEP",
    "unsc_permanent": "permanent member of the Security Council",
}
VISITS = """
SELECT v.iso3, direction, count(*) AS visits, arg_max(l.name_en, (starts_on, visit_id)) AS leader,
    arg_max(as_known(starts_on, starts_on_precision), (starts_on, visit_id)) AS day
FROM high_level_visits v
JOIN leaders l USING (leader_id)
GROUP BY v.iso3, direction
"""
TRADE = """
SELECT counterpart_iso3 AS iso3, year, turnover, turnover_qualifier, stated_by
FROM goods_trade
WHERE counterpart_iso3 IS NOT NULL AND turnover IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY counterpart_iso3 ORDER BY year DESC) = 1
"""
FIGURES = """
SELECT counterpart_iso3 AS iso3, indicator_id, value, replace(qualifier, '_', ' ') AS qualifier,
    ends_on::VARCHAR AS day
FROM best_figures
WHERE counterpart_iso3 IS NOT NULL AND obs_status <> 'F' AND (indicator_id = 'fdi_stock'
    OR indicator_id = 'overseas_vietnamese' OR (indicator_id = 'international_visitors'
        AND month(starts_on) = 1 AND month(ends_on) = 12))
QUALIFY row_number() OVER (PARTITION BY counterpart_iso3, indicator_id ORDER BY ends_on DESC) = 1
"""
MISSIONS = """
SELECT iso3, direction, replace(kind, '_', ' ') AS kind, city,
    as_known(opened_on, opened_on_precision) AS day
FROM diplomatic_missions
WHERE kind IN ('embassy', 'consulate_general')
ORDER BY kind DESC, mission_id
"""
FORMER = """
SELECT iso3, t.name_en AS tier, as_known(valid_from, valid_from_precision) AS since
FROM partnership_spells s
JOIN partnership_tiers t USING (tier_id)
WHERE t.in_official_total AND valid_to IS NOT NULL
ORDER BY valid_from
"""


def portrait(model: Model, country: dict[str, Any]) -> list[str]:
    """Paragraphs on a country as `countries.py` reads it: relations, figures, missions."""
    iso3, name = country["iso3"], country["label_en"]
    parts = (
        [*_relations(model, country, iso3, name), *_visits(model, iso3)],
        _figures(model, iso3),
        _missions(model, iso3, name),
    )
    return [text for text in map(" ".join, parts) if text]


def words_of_day(day: str) -> str:
    """2024-10-07 as 7 October 2024, 2024-10 as October 2024, 2024 as it is."""
    first = date.fromisoformat(day + "-01-01"[len(day) - 4 :])
    return {4: day, 7: f"{first:%B} {first.year}"}.get(
        len(day), f"{first.day} {first:%B} {first.year}"
    )


def _relations(model: Model, c: dict[str, Any], iso3: str, name: str) -> Iterator[str]:
    if c["has_relations"] and c["established_on"]:
        since = words_of_day(c["established_on"])
        yield f"Viet Nam and {name} have had diplomatic relations since {since}."
    elif c["has_relations"]:
        yield f"Viet Nam and {name} have diplomatic relations; no page seen gives their day."
    if c["tier"]:
        steps = [
            f"{_article(s['tier'])} from {words_of_day(s['since'])}"
            for s in _of(model, FORMER).get(iso3, [])
        ]
        before = f", after {_joined(steps)}" if steps else ""
        yield f"Since {words_of_day(c['since'])} they are in {_article(c['tier'])}{before}."


def _visits(model: Model, iso3: str) -> Iterator[str]:
    visits = {row["direction"]: row for row in _of(model, VISITS).get(iso3, [])}
    parts = []
    for direction, where in (
        ("outbound", "there by leaders of Viet Nam"),
        ("inbound", "to Viet Nam by its leaders"),
    ):
        if row := visits.get(direction):
            count = f"{row['visits']} visit{'s' if row['visits'] > 1 else ''} {where}"
            word = "the last" if row["visits"] > 1 else "that"
            parts.append(f"{count}, {word} of {row['leader']} in {words_of_day(row['day'][:7])}")
    if parts:
        yield f"On record are {_joined(parts, ';')}."


def _figures(model: Model, iso3: str) -> Iterator[str]:
    for row in _of(model, TRADE).get(iso3, []):
        word = f"{row['turnover_qualifier']} " if row["turnover_qualifier"] else ""
        by = f" ({row['stated_by']})" if row["stated_by"] else ""
        value = f"{word}{number(row['turnover'])} billion US dollars"
        yield f"Trade in goods came to {value} in {row['year']}{by}."
    figures = {row["indicator_id"]: row for row in _of(model, FIGURES).get(iso3, [])}

    def said(indicator: str, scale: float) -> str:
        row = figures[indicator]
        word = "" if row["qualifier"] == "exact" else f"{row['qualifier']} "
        return f"{word}{number(round(row['value'] * scale, 4))}"

    if "fdi_stock" in figures:
        value, day = said("fdi_stock", 1), words_of_day(figures["fdi_stock"]["day"])
        yield f"Its registered investment in Viet Nam was {value} billion US dollars on {day}."
    if "international_visitors" in figures:
        value, day = said("international_visitors", 1), figures["international_visitors"]["day"]
        yield f"{value[0].upper()}{value[1:]} million visitors came from it in {day[:4]}."
    if "overseas_vietnamese" in figures:
        value, day = said("overseas_vietnamese", 1e6), figures["overseas_vietnamese"]["day"]
        yield f"{value[0].upper()}{value[1:]} Vietnamese lived there, as stated in {day[:4]}."


def _missions(model: Model, iso3: str, name: str) -> Iterator[str]:
    for direction, who in (("abroad", "Viet Nam"), ("in_vietnam", name)):
        found = [
            f"{'an' if row['kind'][0] in 'aeiou' else 'a'} {row['kind']}"
            + (f" in {row['city']}" if row["city"] else "")
            + (f" (since {words_of_day(row['day'])})" if row["day"] else "")
            for row in _of(model, MISSIONS).get(iso3, [])
            if row["direction"] == direction
        ]
        if found:
            yield f"{who} has {_joined(found)}."


def _article(tier: str) -> str:
    return f"a {tier[0].lower()}{tier[1:]}"


def _joined(parts: list[str], mark: str = ",") -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{f'{mark} '.join(parts[:-1])}{mark if mark == ';' else ''} and {parts[-1]}"


@cache
def _of(model: Model, sql: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of a query by country."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in model.records(sql):
        found.setdefault(row["iso3"], []).append(row)
    return found
