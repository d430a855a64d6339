"""Four numbers for the home page, each with its source and whether the record agrees."""

from __future__ import annotations

from .model import Model
from .render import Renderer

SHOWN = ("partners_total", "diplomatic_partners", "goods_turnover", "unesco_titles")
LATEST = """
SELECT f.*, i.name_en, i.name_vi, s.title, s.url, s.publisher, f.ends_on::VARCHAR AS until,
    r.status, r.derived
FROM stated_figures f
JOIN indicators i USING (indicator_id)
JOIN sources s USING (source_id)
LEFT JOIN reconciliation r ON r.observation_id = f.observation_id AND r.check_id = 'stated_totals'
WHERE f.indicator_id = ? AND f.counterpart_iso3 IS NULL AND f.obs_status = 'A'
    AND (f.starts_on IS NULL OR (month(f.starts_on) = 1 AND month(f.ends_on) = 12))
    AND f.ends_on <= (SELECT max(ends_on) FROM stated_figures WHERE indicator_id = f.indicator_id
        AND month(ends_on) = 12 AND day(ends_on) = 31)
ORDER BY f.ends_on DESC, f.qualifier <> 'exact', f.stated_on DESC NULLS LAST, f.observation_id
LIMIT 1
"""


def add_fragments(model: Model, renderer: Renderer) -> None:
    def numbers(_: str, root: str) -> str:
        figures = []
        for indicator in SHOWN:
            result = model.con.execute(LATEST, [indicator])
            names = [column[0] for column in result.description]
            row = result.fetchone()
            if row:
                figures.append(dict(zip(names, row, strict=True)))
        return renderer.fragment(
            "numbers.html.j2", figures=figures, root=root, home=renderer.home(root)
        )

    renderer.fragments["numbers"] = numbers
