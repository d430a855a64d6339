"""What the record says of a country, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from .messages import Words
from .model import Model
from .render import in_words, number

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
    arg_max(coalesce(l.name_vi, l.name_en), (starts_on, visit_id)) AS leader_vi,
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
SELECT counterpart_iso3 AS iso3, indicator_id, value, qualifier,
    ends_on::VARCHAR AS day
FROM best_figures
WHERE counterpart_iso3 IS NOT NULL AND obs_status <> 'F' AND (indicator_id = 'fdi_stock'
    OR indicator_id = 'overseas_vietnamese' OR (indicator_id = 'international_visitors'
        AND month(starts_on) = 1 AND month(ends_on) = 12))
QUALIFY row_number() OVER (PARTITION BY counterpart_iso3, indicator_id ORDER BY ends_on DESC) = 1
"""
MISSIONS = """
SELECT iso3, direction, kind, city,
    as_known(opened_on, opened_on_precision) AS day
FROM diplomatic_missions
WHERE kind IN ('embassy', 'consulate_general')
ORDER BY kind DESC, mission_id
"""
FORMER = """
SELECT iso3, t.name_en AS tier, t.name_vi AS tier_vi,
    as_known(valid_from, valid_from_precision) AS since
FROM partnership_spells s
JOIN partnership_tiers t USING (tier_id)
WHERE t.in_official_total AND valid_to IS NOT NULL
ORDER BY valid_from
"""


def portrait(model: Model, country: dict[str, Any], words: Words) -> list[str]:
    """Paragraphs on a country as `countries.py` reads it: relations, figures, missions."""
    iso3, name = country["iso3"], country[f"label_{words.lang}"]
    parts = (
        [*_relations(model, country, name, words), *_visits(model, iso3, words)],
        _figures(model, iso3, words),
        _missions(model, iso3, name, words),
    )
    return [text for text in map(" ".join, parts) if text]


def _relations(model: Model, c: dict[str, Any], name: str, words: Words) -> Iterator[str]:
    _, lang = words.gettext, words.lang
    if c["has_relations"] and c["established_on"]:
        since = in_words(c["established_on"], lang)
        text = _("Viet Nam and {country} have had diplomatic relations since {day}.")
        yield text.format(country=name, day=since)
    elif c["has_relations"]:
        text = _("Viet Nam and {country} have diplomatic relations; no page seen gives their day.")
        yield text.format(country=name)
    if not c["tier"]:
        return
    steps = [
        _("{framework} from {day}").format(
            framework=_framework(step, words), day=in_words(step["since"], lang)
        )
        for step in _of(model, FORMER).get(c["iso3"], [])
    ]
    text = _("Since {day} they are in {framework}, after {steps}.")
    if not steps:
        text = _("Since {day} they are in {framework}.")
    yield text.format(
        day=in_words(c["since"], lang), framework=_framework(c, words), steps=words.joined(steps)
    )


def _visits(model: Model, iso3: str, words: Words) -> Iterator[str]:
    visits = {row["direction"]: row for row in _of(model, VISITS).get(iso3, [])}
    parts = []
    for direction in ("outbound", "inbound"):
        if row := visits.get(direction):
            n = row["visits"]
            text = (
                words.ngettext(
                    "{n} visit there by leaders of Viet Nam, that of {leader} in {month}",
                    "{n} visits there by leaders of Viet Nam, the last of {leader} in {month}",
                    n,
                )
                if direction == "outbound"
                else words.ngettext(
                    "{n} visit to Viet Nam by its leaders, that of {leader} in {month}",
                    "{n} visits to Viet Nam by its leaders, the last of {leader} in {month}",
                    n,
                )
            )
            leader = row["leader_vi"] if words.lang == "vi" else row["leader"]
            parts.append(
                text.format(n=n, leader=leader, month=in_words(row["day"][:7], words.lang))
            )
    if parts:
        yield words.gettext("On record are {visits}.").format(visits=words.joined(parts, ";"))


def _figures(model: Model, iso3: str, words: Words) -> Iterator[str]:
    _, lang = words.gettext, words.lang

    def said(value: float, qualifier: str) -> str:
        word = "" if qualifier in ("", "exact") else f"{words.code(qualifier)} "
        return f"{word}{number(round(value, 4), lang)}"

    for row in _of(model, TRADE).get(iso3, []):
        by = f" ({row['stated_by']})" if row["stated_by"] else ""
        text = _("Trade in goods came to {value} billion US dollars in {year}{by}.")
        value = said(row["turnover"], row["turnover_qualifier"] or "")
        yield text.format(value=value, year=row["year"], by=by)
    figures = {row["indicator_id"]: row for row in _of(model, FIGURES).get(iso3, [])}
    for indicator, scale, text in (
        (
            "fdi_stock",
            1,
            _("Its registered investment in Viet Nam was {value} billion US dollars on {day}."),
        ),
        ("international_visitors", 1, _("{Value} million visitors came from it in {year}.")),
        ("overseas_vietnamese", 1e6, _("{Value} Vietnamese lived there, as stated in {year}.")),
    ):
        if row := figures.get(indicator):
            value = said(row["value"] * scale, row["qualifier"])
            yield text.format(
                value=value,
                Value=f"{value[0].upper()}{value[1:]}",
                day=in_words(row["day"], lang),
                year=row["day"][:4],
            )


def _missions(model: Model, iso3: str, name: str, words: Words) -> Iterator[str]:
    _ = words.gettext
    for direction, who in (("abroad", _("Viet Nam")), ("in_vietnam", name)):
        found = [
            _("{a_mission}{place}{since}").format(
                a_mission=_a(row["kind"], words),
                place=_(" in {city}").format(city=row["city"]) if row["city"] else "",
                since=_(" (since {day})").format(day=in_words(row["day"], words.lang))
                if row["day"]
                else "",
            )
            for row in _of(model, MISSIONS).get(iso3, [])
            if row["direction"] == direction
        ]
        if found:
            yield _("{country} has {missions}.").format(country=who, missions=words.joined(found))


def _framework(row: dict[str, Any], words: Words) -> str:
    if words.lang == "vi":
        return f"{row['tier_vi'][0].lower()}{row['tier_vi'][1:]}"
    return f"a {row['tier'][0].lower()}{row['tier'][1:]}"


def _a(kind: str, words: Words) -> str:
    if words.lang == "vi":
        return words.code(kind)
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind.replace('_', ' ')}"


@cache
def _of(model: Model, sql: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of a query by country."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in model.records(sql):
        found.setdefault(row["iso3"], []).append(row)
    return found
