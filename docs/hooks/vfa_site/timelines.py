"""A country's time line: relations, frameworks and visits, drawn as an SVG."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup

WIDTH, LEFT, RIGHT = 480, 8, 8
ROWS = {"outbound": 26, "bar": 44, "inbound": 72}


def draw(
    name: str, since: str, spells: list[dict[str, Any]], visits: list[dict[str, Any]], today: str
) -> Markup:
    """Days are ISO texts as they are known. Marks carry what assets/js/charts.js shows."""
    days = [
        day for day in [since, *(s["since"] for s in spells), *(v["day"] for v in visits)] if day
    ]
    first = min(1990, *(int(day[:4]) for day in days)) // 10 * 10 if days else 1990
    last = int(today[:4]) + 1

    def x(day: str) -> str:
        whole = date.fromisoformat(day + "-01-01"[len(day) - 4 :])
        years = whole.year - first + (whole.timetuple().tm_yday - 1) / 366
        return f"{LEFT + years / (last - first) * (WIDTH - LEFT - RIGHT):.1f}"

    parts = []
    for year in range(first, last + 1, 10):
        at = x(f"{year}")
        parts.append(
            Markup(
                '<line x1="{0}" x2="{0}" y1="14" y2="84" stroke="currentColor" '
                'stroke-opacity=".15"/><text x="{0}" y="95" text-anchor="{2}">{1}</text>'
            ).format(at, year, "start" if year == first else "middle")
        )
    if since:
        parts.append(
            Markup(
                '<line x1="{}" x2="{}" y1="50" y2="50" stroke="var(--c-ink)" stroke-width="2" '
                'data-l="Diplomatic relations since {}"/>'
            ).format(x(since), x(today), since)
        )
    for spell in spells:
        start, end = x(spell["since"]), x(spell["until"] or today)
        parts.append(
            Markup(
                '<rect x="{}" y="{}" width="{:.1f}" height="12" fill="var(--c-{})" data-l="{}"/>'
            ).format(
                start,
                ROWS["bar"],
                max(float(end) - float(start), 2),
                spell["tier_id"] if spell["tier_id"] != "sectoral" else "land",
                f"{spell['tier']}: {spell['since']} to {spell['until'] or 'today'}",
            )
        )
    for visit in visits:
        parts.append(
            Markup('<circle cx="{}" cy="{}" r="3" fill="var(--c-good)" data-l="{}"/>').format(
                x(visit["day"]), ROWS[visit["direction"]], f"{visit['day']}: {visit['leader']}"
            )
        )
    labels = Markup(
        '<text x="{0}" y="11">Leaders of Viet Nam there</text>'
        '<text x="{0}" y="{1}">Its leaders in Viet Nam</text>'
    ).format(LEFT, 108)
    words = f"Time line of Viet Nam and {name}: relations, frameworks and {len(visits)} visits."
    return Markup(
        '<svg viewBox="0 0 {} 114" role="img" aria-label="{}" font-size="10" fill="currentColor">'
        "{}{}</svg>"
    ).format(WIDTH, words, labels, Markup("").join(parts))
