"""The reconciliation page: every official total against the record, in plain language.

It says what the view `reconciliation` and the table `discrepancies` hold, and nothing else; the
same data always give the same page.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from vietnam_foreign_affairs.validation import sql_checks

from .model import Model
from .render import Renderer, day, number

VIEW = """
SELECT r.* REPLACE (concat_ws(', ', r.indicator, c.label_en) AS indicator),
    o.phrase, o.stated_by, o.note, i.unit, i.derivation,
    concat_ws(', ', i.name_vi, c.label_vi) AS indicator_vi,
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
FIRST = ("stated_totals", "stock_and_flow")
STATUSES = ("agrees", "explained", "inferred", "open", "incomplete")
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "agrees": "agrees",
        "explained": "differs, explained by a source",
        "inferred": "differs, with our reading",
        "open": "differs, unexplained",
        "incomplete": "the record is incomplete",
    },
    "vi": {
        "agrees": "khớp",
        "explained": "khác, có nguồn giải thích",
        "inferred": "khác, theo suy luận của chúng tôi",
        "open": "khác, chưa giải thích được",
        "incomplete": "dữ liệu chưa đầy đủ",
        "about": "khoảng",
        "nearly": "gần",
        "over": "hơn",
        "rounded": "đạt",
        "thousands": "hàng nghìn:",
        "up_to": "tới",
        "stated_totals": "Tổng số chính thức so với sự kiện đã ghi nhận",
        "stock_and_flow": "Số lũy kế bằng số năm trước cộng số tăng thêm",
        "activities": "Hoạt động cấp cao bằng số chuyến thăm và số đoàn đón tiếp",
        "balance": "Cán cân thương mại bằng xuất khẩu trừ nhập khẩu",
        "growth": "Tốc độ tăng trưởng khớp với số liệu của hai năm",
        "multiple": "Số lần so với năm trước khớp với số liệu của hai năm",
        "rival_statements": "Các nguồn không nêu số liệu loại trừ nhau",
        "surplus_years": "Số năm xuất siêu liên tiếp",
        "tiers": "Tổng số đối tác bằng tổng ba khuôn khổ",
        "turnover": "Kim ngạch bằng xuất khẩu cộng nhập khẩu",
        "highlights_have_evidence": "Mỗi nội dung của báo cáo tổng kết đều có dữ liệu",
    },
}


def pages(model: Model, renderer: Renderer) -> dict[str, str]:
    return {
        "reconciliation.md": markdown(model, renderer, "en"),
        "vi/reconciliation.md": markdown(model, renderer, "vi"),
    }


def add_fragments(model: Model, renderer: Renderer) -> None:
    """All text of the page is Markdown; it has no fragments."""


def markdown(model: Model, renderer: Renderer, lang: str) -> str:
    """The page in one language."""
    titles = {check.rule.id: check.rule.title for check in sql_checks.checks(model.pkg)}
    words = WORDS[lang]
    lines = model.records(VIEW)
    for line in lines:
        if line["status"] == "incomplete":
            line["table"] = model.tables[line["derivation"]]
    lines.sort(key=lambda r: FIRST.index(r["check_id"]) if r["check_id"] in FIRST else len(FIRST))
    sections = []
    for check_id, group in groupby(lines, key=lambda r: r["check_id"]):
        rows = list(group)
        differing = [r for r in rows if r["status"] != "agrees"]
        sections.append(
            {
                "id": check_id,
                "title": words.get(check_id, titles[check_id]),
                "rows": rows,
                "explained": _by_explanation(differing),
                "agrees": len(rows) - len(differing),
            }
        )
    others = [
        {"id": key, "title": words.get(key, titles[key]), "rows": list(group)}
        for key, group in groupby(model.records(OTHER), key=lambda r: r["check_id"])
    ]
    counts = {s: sum(r["status"] == s for r in lines) for s in STATUSES}
    return renderer.page(
        "reconciliation.md.j2" if lang == "en" else "vi-reconciliation.md.j2",
        sections=sections,
        others=others,
        counts={s: n for s, n in counts.items() if n},
        total=len(lines),
        words=words,
        when=when,
        derived=derived,
        stated=stated,
    )


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


def stated(row: dict[str, Any], lang: str = "en") -> str:
    """The figure as stated: 'over 920'."""
    words = WORDS[lang].get(row["qualifier"], row["qualifier"].replace("_", " "))
    qualifier = "" if row["qualifier"] == "exact" else f"{words} "
    return f"{qualifier}{number(row['stated'], lang)}"


def derived(row: dict[str, Any], lang: str = "en") -> str:
    """What follows from the record, as an interval where it is one."""
    low, high = row["derived_low"], row["derived_high"]
    if low is None or high is None or low == high:
        return number(row["derived"], lang)
    return f"{number(round(low, 2), lang)} – {number(round(high, 2), lang)}"
