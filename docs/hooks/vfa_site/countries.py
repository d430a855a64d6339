"""A page a country: its ladder, and every row that refers to it."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from typing import Any

from . import escape, timelines
from .escape import printed
from .facts import fact
from .model import Model
from .portraits import GROUPS, portrait
from .render import Renderer
from .search import fold

# Shown elsewhere on the page: groups and names above, steps in the ladder.
APART = ("country_groups", "country_names", "partnership_upgrades")

LADDER = """
SELECT s.iso3, t.name_en AS tier, t.name_vi AS tier_vi, t.tier_id, s.sector,
    as_known(s.valid_from, s.valid_from_precision) AS since,
    as_known(s.valid_to, s.valid_to_precision) AS until,
    u.framework, u.occasion, u.place, u.confidence, s.upgrade_id
FROM partnership_spells s
JOIN partnership_tiers t USING (tier_id)
JOIN partnership_upgrades u USING (upgrade_id)
ORDER BY s.valid_from, s.upgrade_id
"""
VISITS = """
SELECT v.iso3, direction, as_known(starts_on, starts_on_precision) AS day, l.name_en AS leader,
    coalesce(l.name_vi, l.name_en) AS leader_vi
FROM high_level_visits v
JOIN leaders l USING (leader_id)
ORDER BY starts_on, visit_id
"""
TODAY = """
SELECT c.*, l.label_en, l.label_vi, l.other_names, p.tier, p.tier_id, t.name_vi AS tier_vi, t.rank,
    as_known(p.since, p.since_precision) AS since,
    as_known(d.established_on, d.established_on_precision) AS established_on,
    d.iso3 IS NOT NULL AS has_relations
FROM countries c
JOIN country_labels l USING (iso3)
LEFT JOIN partners p USING (iso3)
LEFT JOIN partnership_tiers t USING (tier_id)
LEFT JOIN diplomatic_relations d USING (iso3)
ORDER BY c.iso3
"""


def pages(model: Model, renderer: Renderer) -> dict[str, str]:
    words, today = renderer.words, _today(model, renderer.lang)
    groups: dict[str, list[str]] = {}
    for row in model.rows["country_groups"]:
        groups.setdefault(row["iso3"], []).append(row["group_id"])
    found = {"countries/index.md": renderer.page("countries.md.j2", countries=today)}
    for n, country in enumerate(today):
        sections = [
            table.name
            for table, field in model.country_keys()
            if table.name not in APART
            and any(row[field] == country["iso3"] for row in model.rows[table.name])
        ]
        found[f"countries/{escape.name(country['iso3'])}.md"] = renderer.page(
            "country.md.j2",
            c=country,
            groups=[words.gettext(GROUPS.get(g, g)) for g in groups.get(country["iso3"], [])],
            paragraphs=portrait(model, country, words),
            before=today[n - 1] if n else None,
            after=today[n + 1] if n + 1 < len(today) else None,
            sections=[model.tables[name] for name in dict.fromkeys(sections)],
            has_ladder=any(s["iso3"] == country["iso3"] for s in _ladder(model)),
        )
    return found


def files(model: Model) -> dict[str, str]:
    """Each country as CSV and JSON, beside its page."""
    found: dict[str, str] = {}
    for row in model.rows["countries"]:
        found |= _downloads(model, row["iso3"])
    return found


def _downloads(model: Model, iso3: str) -> dict[str, str]:
    """What the question country_file answers of a country, as CSV and JSON."""
    query = next(q for q in model.queries if q.name == "country_file")
    model.con.execute("SET VARIABLE country = $1", [iso3])
    rows = model.records(query.sql.strip().removesuffix(";"))
    model.con.execute("RESET VARIABLE country")
    rows = [{name: printed(value) for name, value in row.items() if name != "part"} for row in rows]
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    text = json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n"
    return {f"countries/{iso3}.csv": out.getvalue(), f"countries/{iso3}.json": text}


def add_fragments(model: Model, renderer: Renderer) -> None:
    lang, words = renderer.lang, renderer.words

    def ladder(iso3: str, root: str) -> str:
        steps = [dict(s) for s in _ladder(model) if s["iso3"] == iso3]
        for step in steps:
            key = ("partnership_upgrades", step["upgrade_id"])
            step["url"] = model.row_url(*key, root)
            step["report"] = model.report_url(*key)
            step["citations"] = model.citations.get(key, [])
            step["corrections"] = model.corrections.get(key, [])
        return renderer.fragment("ladder.html.j2", steps=steps, root=root)

    def facts(argument: str, root: str) -> str:
        iso3, name = argument.split(":")
        table = model.tables[name]
        fields = [f for t, f in model.country_keys() if t.name == name]
        rows = [r for r in model.rows[name] if iso3 in (r[f] for f in fields)]
        found = [fact(model, table, row, root, words, without="countries") for row in rows]
        return renderer.fragment("facts.html.j2", facts=sorted(found, key=lambda f: f.first))

    def timeline(iso3: str, root: str) -> str:
        country = next(c for c in _today(model, lang) if c["iso3"] == iso3)
        spells = [s for s in _ladder(model) if s["iso3"] == iso3]
        visits = [v for v in _visits(model) if v["iso3"] == iso3]
        today = model.tables["partnership_upgrades"].coverage.ends_on
        since = country["established_on"] or ""
        drawing = timelines.draw(country[f"label_{lang}"], since, spells, visits, today, words)
        return renderer.fragment("timeline.html.j2", drawing=drawing)

    def index(_: str, root: str) -> str:
        home = renderer.home(root)
        return renderer.fragment("countries.html.j2", countries=_today(model, lang), home=home)

    renderer.fragments |= {"ladder": ladder, "country": facts, "countries": index}
    renderer.fragments["timeline"] = timeline


@cache
def _visits(model: Model) -> list[dict[str, Any]]:
    return model.records(VISITS)


@cache
def _ladder(model: Model) -> list[dict[str, Any]]:
    return model.records(LADDER)


@cache
def _today(model: Model, lang: str) -> list[dict[str, Any]]:
    """The countries in the order of their names in the language."""
    rows = model.records(TODAY)
    return sorted(rows, key=lambda row: fold(row[f"label_{lang}"]))
