"""Charts: an SVG at build time, its data as a table and as CSV, its words.

A chart is `docs/charts/<name>.sql` (its data, and a sentence that says what is seen) and
`docs/charts/<name>.vl.json` (Vega-Lite; what is not drawing stands in `usermeta`). A mark's
description is `series|label`: assets/js/charts.js shows labels and singles series out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import vl_convert
from markupsafe import Markup

from .escape import printed, script_data
from .model import Model
from .render import Renderer

VEGA_LITE = "6.4"
PHONE = 345  # pixels that a drawing may take on a phone
SPEC_PARTS = ("vconcat", "hconcat", "concat", "layer", "spec")
# Colours of the specifications -> CSS custom properties, so that a drawing follows dark and light.
COLOURS = {
    "#b3261e": "csp",
    "#d9682a": "sp",
    "#b58900": "cp",
    "#6a3d9a": "special",
    "#cfcac2": "land",
    "#3a5a78": "ink",
    "#2e7d4f": "good",
    "#ffffff": "paper",
}
_GEOMETRY = re.compile(
    r' (?:d|transform|points|viewBox|width|height|[xyr]|[xy][12]|[cdr][xy])="[^"]*"'
)
_FRACTION = re.compile(r"(\d+\.\d)\d+")
_BLOCK = re.compile(r"^-- (data: (?P<name>\w+)|summary)\n(?P<sql>.*?;)\s*$", re.M | re.S)


class Chart(NamedTuple):
    name: str
    meta: dict[str, Any]
    data: dict[str, list[dict[str, Any]]]
    summary: dict[str, str | None]
    svg: str
    narrow: str  # for a phone; blank where the drawing fits any width

    def columns(self, lang: str) -> dict[str, str]:
        return self.meta.get(f"columns_{lang}", self.meta["columns"])


class Charts:
    """Every chart, drawn on first use."""

    def __init__(self, docs: Path, model: Model, renderer: Renderer):
        self.folder, self.model, self.renderer = docs / "charts", model, renderer
        self.world = docs / "assets" / "vendor" / "world"
        self.theme = json.loads((self.folder / "theme.json").read_text(encoding="utf-8"))

    @cached_property
    def all(self) -> dict[str, Chart]:
        return {p.stem: self._chart(p) for p in sorted(self.folder.glob("*.sql"))}

    def add_fragments(self) -> None:
        self.renderer.fragments["chart"] = self.figure

    def files(self) -> dict[str, str]:
        found = {f"charts/{name}.csv": _csv(chart) for name, chart in self.all.items()}
        for name, chart in self.all.items():
            if chart.narrow:
                for lang in ("en", "vi"):
                    drawing = _labelled(chart, lang, chart.narrow)
                    found[f"charts/{name}-narrow-{lang}.svg"] = drawing.replace(
                        "<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1
                    )
        return found

    def figure(self, name: str, root: str, lang: str) -> str:
        """The chart with its legend, controls, caption and table."""
        chart = self.all[name]
        return self.renderer.fragment(
            "chart.html.j2",
            chart=chart,
            svg=Markup(_labelled(chart, lang, chart.svg)),
            states=_states(chart) if chart.meta.get("slider") else None,
            lang=lang,
            root=root,
        )

    def _chart(self, path: Path) -> Chart:
        data, summary = {}, {}
        for block in _BLOCK.finditer(path.read_text(encoding="utf-8")):
            if block["name"]:
                rows = self.model.records(block["sql"])
                data[block["name"]] = [{k: printed(v) for k, v in row.items()} for row in rows]
            else:
                summary = self.model.records(block["sql"])[0]
        text = path.with_suffix("").with_suffix(".vl.json").read_text(encoding="utf-8")
        spec = json.loads(text)
        meta = spec.pop("usermeta")
        spec["datasets"] = {**data}
        if '"world"' in text:
            _add_world(spec, self.world, data["countries"])
        narrow = "" if '"world"' in text else _narrow(spec, self.theme)
        return Chart(path.stem, meta, data, summary, draw(spec, self.theme), narrow)


def draw(spec: dict[str, Any], theme: dict[str, Any]) -> str:
    """A Vega-Lite specification as an SVG element that the page can style."""
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, config=theme)
    svg = svg[svg.index("<svg") :]
    # A tenth of a pixel is enough; figures in words and labels stay as they are.
    svg = _GEOMETRY.sub(lambda m: _FRACTION.sub(r"\1", m[0]), svg)
    svg = re.sub(r' (?:role|aria-roledescription|aria-hidden)="[^"]*"', "", svg)
    svg = re.sub(r' aria-label="([^"|]*)\|([^"]*)"', r' data-s="\1" data-l="\2"', svg)
    svg = re.sub(r' aria-label="[^"]*"', "", svg)
    for colour, name in COLOURS.items():
        svg = svg.replace(f'"{colour}"', f'"var(--c-{name})"')
    return re.sub(r' xmlns(:xlink)?="[^"]*"| version="1.1"', "", svg)


def _narrow(spec: dict[str, Any], theme: dict[str, Any]) -> str:
    """The same drawing for a phone: its panels as much narrower as its labels leave room for."""
    wide = draw(spec, theme)
    panels = max(_widths(spec))
    rest = float(re.search(r' width="([0-9.]+)"', wide)[1]) - panels
    return draw(_scaled(spec, max(PHONE - rest, PHONE / 2) / panels), theme)


def _widths(node: Any) -> list[float]:
    if isinstance(node, list):
        return [width for child in node for width in _widths(child)]
    if not isinstance(node, dict):
        return []
    own = [node["width"]] if isinstance(node.get("width"), int) else []
    return own + [w for key in SPEC_PARTS if key in node for w in _widths(node[key])]


def _scaled(node: Any, factor: float) -> Any:
    if isinstance(node, list):
        return [_scaled(child, factor) for child in node]
    if not isinstance(node, dict):
        return node
    found = {k: _scaled(v, factor) if k in SPEC_PARTS else v for k, v in node.items()}
    if isinstance(found.get("width"), int):
        found["width"] = round(found["width"] * factor)
    return found


def _add_world(spec: dict[str, Any], folder: Path, countries: list[dict[str, Any]]) -> None:
    """Put the shapes and the points of small states where the specification names them."""
    topology = json.loads((folder / "countries-110m.json").read_text(encoding="utf-8"))
    points = json.loads((folder / "small-states.json").read_text(encoding="utf-8"))
    spec["datasets"]["small"] = [
        {**c, "lon": points[c["m49"]][0], "lat": points[c["m49"]][1]}
        for c in countries
        if c["m49"] in points
    ]
    for layer in spec["layer"]:
        if layer["data"] == {"name": "world"}:
            shapes = {"type": "topojson", "feature": "countries"}
            layer["data"] = {"values": topology, "format": shapes}


def _labelled(chart: Chart, lang: str, svg: str) -> str:
    words = chart.summary.get(lang) or chart.summary["en"]
    title = chart.meta.get(f"title_{lang}", chart.meta["title"])
    label = Markup("{}. {}").format(title, words)
    return svg.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)


def _states(chart: Chart) -> Markup:
    """What the slider needs: names, and of each country since when it has which framework."""
    names = {c["iso3"]: [c["name"], c["name_vi"]] for c in chart.data["countries"]}
    steps: dict[str, list[list[str]]] = {}
    for row in chart.data["rows"]:
        names.setdefault(row["iso3"], [row["country"], row["country_vi"]])
        steps.setdefault(row["iso3"], []).append([row["since"], row["until"], row["tier_id"]])
    return script_data({"names": names, "steps": steps})


def _csv(chart: Chart) -> str:
    out = io.StringIO()
    hidden = {"x", "x2", "place", "label", "label_all", "slot", "short_year", "outcome", "rank"}
    names = [name for name in chart.data["rows"][0] if name not in hidden]
    writer = csv.DictWriter(out, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(chart.data["rows"])
    return out.getvalue()
