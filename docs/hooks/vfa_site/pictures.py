"""The picture that other sites show with a link to this one: the title and the map."""

from __future__ import annotations

from html import escape
from pathlib import Path

import vl_convert

from .charts import Charts
from .drawings import coloured
from .escape import printed

_CARD = """<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">
<rect width="1200" height="630" fill="#ffffff"/><rect width="1200" height="14" fill="#a4161a"/>
<g transform="translate(150 190) scale(1.18)">{map}</g>
<g font-family="Arial, sans-serif" fill="#1d1d1f">
<text x="60" y="96" font-size="54" font-weight="bold">{title}</text>
<text x="60" y="146" font-size="29">{subtitle}</text></g></svg>"""


def files(docs: Path, charts: Charts) -> dict[str, str | bytes]:
    d = charts.model.descriptor
    drawing = coloured(charts.all["map"].svg)
    title, subtitle = (escape(printed(d[name])) for name in ("title", "subtitle"))
    svg = _CARD.format(map=drawing, title=title, subtitle=subtitle)
    return {"assets/social-card.png": vl_convert.svg_to_png(svg)}
