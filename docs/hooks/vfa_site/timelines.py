"""A country's time line: relations, frameworks and visits, drawn as an SVG."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup

from .messages import Words
from .render import day

WIDTH, LEFT, RIGHT = 480, 8, 8
ROWS = {"outbound": 26, "bar": 44, "inbound": 72}


def draw(
    name: str,
    since: str,
    spells: list[dict[str, Any]],
    visits: list[dict[str, Any]],
    today: str,
    words: Words,
) -> Markup:
    """Days are ISO texts as they are known. Marks carry what assets/js/charts.js shows."""
    _, lang = words.gettext, words.lang
    days = [d for d in [since, *(s["since"] for s in spells), *(v["day"] for v in visits)] if d]
    first = min(1990, *(int(d[:4]) for d in days)) // 10 * 10 if days else 1990
    last = int(today[:4]) + 1

    def x(known: str) -> str:
        whole = date.fromisoformat(known + "-01-01"[len(known) - 4 :])
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
                'data-l="{}"/>'
            ).format(
                x(since),
                x(today),
                _("Diplomatic relations since {day}").format(day=day(since, lang)),
            )
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
                _("{framework}: {start} to {end}").format(
                    framework=spell["tier_vi" if lang == "vi" else "tier"],
                    start=day(spell["since"], lang),
                    end=day(spell["until"], lang) or _("today"),
                ),
            )
        )
    for visit in visits:
        parts.append(
            Markup('<circle cx="{}" cy="{}" r="3" fill="var(--c-good)" data-l="{}"/>').format(
                x(visit["day"]),
                ROWS[visit["direction"]],
                f"{day(visit['day'], lang)}: {visit['leader_vi' if lang == 'vi' else 'leader']}",
            )
        )
    labels = Markup('<text x="{0}" y="11">{2}</text><text x="{0}" y="{1}">{3}</text>').format(
        LEFT, 108, _("Leaders of Viet Nam there"), _("Its leaders in Viet Nam")
    )
    title = _("Time line of Viet Nam and {country}: relations, frameworks and {n} visits.")
    return Markup(
        '<svg viewBox="0 0 {} 114" role="img" aria-label="{}" font-size="10" fill="currentColor">'
        "{}{}</svg>"
    ).format(WIDTH, title.format(country=name, n=len(visits)), labels, Markup("").join(parts))
