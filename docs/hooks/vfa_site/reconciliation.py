"""The reconciliation page: every official total against the record, in plain language.

It says what the view `reconciliation` and the table `discrepancies` hold, and nothing else; the
same data always give the same page.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import Any

from vietnam_foreign_affairs.validation import sql_checks

from .messages import Words
from .model import Model
from .render import Renderer, day, number

VIEW = """
SELECT r.* REPLACE (concat_ws(', ', r.indicator, c.label_en) AS indicator),
    o.stated_by, o.note, i.unit, i.derivation,
    concat_ws(', ', i.name_vi, c.label_vi) AS indicator_vi, o.obs_status <> 'A' AS is_early,
    s.title, s.url, s.publisher,
    r.ends_on::VARCHAR AS until, r.starts_on::VARCHAR AS since,
    as_known(r.stated_on, r.stated_on_precision) AS said,
    x.discrepancy_id
FROM reconciliation r
JOIN observations o USING (observation_id)
JOIN indicators i ON i.indicator_id = r.indicator_id
JOIN sources s ON s.source_id = r.source_id
LEFT JOIN country_labels c ON c.iso3 = r.counterpart_iso3
LEFT JOIN discrepancies x ON x.check_id = r.check_id AND x.subject = r.observation_id
ORDER BY r.check_id, r.indicator, r.ends_on, r.stated_on, r.observation_id
"""
OTHER = """
SELECT x.* FROM discrepancies x
WHERE NOT EXISTS (
    FROM reconciliation r WHERE r.check_id = x.check_id AND r.observation_id = x.subject
)
ORDER BY x.check_id, x.explanation, x.subject
"""
STATUSES = ("open", "explained", "inferred", "incomplete", "agrees")


def pages(model: Model, renderer: Renderer) -> dict[str, str]:
    return {"reconciliation.md": markdown(model, renderer)}


def add_fragments(model: Model, renderer: Renderer) -> None:
    """All text of the page is Markdown; it has no fragments."""


def markdown(model: Model, renderer: Renderer) -> str:
    """The page: what differs, the totals that are quoted first, then what agrees, by check."""
    words = renderer.words
    titles = {check.rule.id: check.rule.title for check in sql_checks.checks(model.pkg)}
    lines = model.records(VIEW)
    for line in lines:
        if line["status"] == "incomplete":
            line["table"] = model.tables[line["derivation"]]
        line["indicator"] = line["indicator" if renderer.lang == "en" else "indicator_vi"]
    differing = [line for line in lines if line["status"] != "agrees"]
    differing.sort(key=lambda r: r["until"], reverse=True)  # the newest first
    parts = {
        "totals": [r for r in differing if _is_total(r) and not r["is_early"]],
        "arithmetic": [r for r in differing if not _is_total(r) and not r["is_early"]],
        "early": [r for r in differing if r["is_early"]],
    }
    agreeing = groupby((r for r in lines if r["status"] == "agrees"), key=lambda r: r["check_id"])
    others = groupby(model.records(OTHER), key=lambda r: r["check_id"])
    counts = {s: sum(r["status"] == s for r in lines) for s in STATUSES}
    return renderer.page(
        "reconciliation.md.j2",
        parts={name: _by_explanation(rows) for name, rows in parts.items() if rows},
        agreeing=[(key, words.gettext(titles[key]), list(rows)) for key, rows in agreeing],
        others=[(words.gettext(titles[key]), list(rows)) for key, rows in others],
        counts={s: n for s, n in counts.items() if n},
        total=len(lines),
        topics=sorted({r["indicator"] for r in differing}),
        years=sorted({r["until"][:4] for r in differing}, reverse=True),
        statuses={
            "agrees": words.gettext("agrees"),
            "explained": words.gettext("differs, explained by a source"),
            "inferred": words.gettext("differs, with our reading"),
            "open": words.gettext("differs, unexplained"),
            "incomplete": words.gettext("the record is incomplete"),
        },
        when=partial(when, lang=renderer.lang),
        derived=partial(derived, lang=renderer.lang),
        stated=partial(stated, words=words),
    )


def _is_total(row: dict[str, Any]) -> bool:
    return row["check_id"] in ("stated_totals", "activities", "multiple", "tiers", "stock_and_flow")


def _by_explanation(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Differences with one explanation, or one incomplete table, stand together.

    They come in the order of the first of them.
    """
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        table = row["table"].name if "table" in row else ""
        found.setdefault((row["explanation"] or "", table), []).append(row)
    return [(explanation, group) for (explanation, _), group in found.items()]


def when(row: dict[str, Any], lang: str = "en") -> str:
    """The day or period that a figure is about: 2025, 2025-01-01 to 2025-06-30, 2025-12-31."""
    since, until = row["since"], row["until"]
    if not since:
        return day(until, lang)
    if since.endswith("-01-01") and until == f"{since[:4]}-12-31":
        return since[:4]
    return f"{day(since, lang)} – {day(until, lang)}"


def stated(row: dict[str, Any], words: Words) -> str:
    """The figure as stated: 'over 920'."""
    qualifier = "" if row["qualifier"] == "exact" else f"{words.code(row['qualifier'])} "
    return f"{qualifier}{number(row['stated'], words.lang)}"


def derived(row: dict[str, Any], lang: str = "en") -> str:
    """What follows from the record, as an interval where it is one."""
    low, high = row["derived_low"], row["derived_high"]
    if low is None or high is None or low == high:
        return number(row["derived"], lang)
    return f"{number(round(low, 2), lang)} – {number(round(high, 2), lang)}"
