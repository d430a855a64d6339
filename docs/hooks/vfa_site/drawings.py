"""Vega-Lite specifications as SVG: for the page, for a phone, and as files of their own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import vl_convert

VEGA_LITE = "6.4"
PHONE = 345  # pixels that a drawing may take on a phone
SPEC_PARTS = ("vconcat", "hconcat", "concat", "layer", "spec")
# Colours of the specifications -> CSS custom properties, so that a drawing follows dark and light.
COLOURS = {
    "#6b0f1a": "csp",
    "#c4481f": "sp",
    "#dd8a12": "cp",
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
NUMBERS = {"vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]}}


def draw(spec: dict[str, Any], theme: dict[str, Any], lang: str = "en") -> str:
    """A Vega-Lite specification as an SVG element that the page can style."""
    svg = vl_convert.vegalite_to_svg(
        spec, vl_version=VEGA_LITE, config=theme, format_locale=NUMBERS.get(lang)
    )
    svg = svg[svg.index("<svg") :]
    # A tenth of a pixel is enough; figures in words and labels stay as they are.
    svg = _GEOMETRY.sub(lambda m: _FRACTION.sub(r"\1", m[0]), svg)
    svg = re.sub(r' (?:role|aria-roledescription|aria-hidden)="[^"]*"', "", svg)
    svg = re.sub(r' aria-label="([^"|]*)\|([^"]*)"', r' data-s="\1" data-l="\2"', svg)
    svg = re.sub(r' aria-label="[^"]*"', "", svg)
    for colour, name in COLOURS.items():
        svg = svg.replace(f'"{colour}"', f'"var(--c-{name})"')
    return re.sub(r' xmlns(:xlink)?="[^"]*"| version="1.1"', "", svg)


def alone(svg: str) -> str:
    """A drawing as a file of its own."""
    return svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


def coloured(svg: str) -> str:
    """A drawing with colours of its own, for places without this site's style."""
    names = {name: colour for colour, name in COLOURS.items()}
    svg = re.sub(r"var\(--c-(\w+)\)", lambda m: names[m[1]], svg)
    return svg.replace("currentColor", "#1d1d1f").replace(
        ">", f'><rect width="100%" height="100%" fill="{names["paper"]}"/>', 1
    )


def narrow(spec: dict[str, Any], theme: dict[str, Any], lang: str) -> str:
    """The same drawing for a phone: its panels as much narrower as its labels leave room for."""
    wide = draw(spec, theme, lang)
    panels = max(_widths(spec))
    rest = float(re.search(r' width="([0-9.]+)"', wide)[1]) - panels
    return draw(_scaled(spec, max(PHONE - rest, PHONE / 2) / panels), theme, lang)


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


def add_world(spec: dict[str, Any], folder: Path, countries: list[dict[str, Any]]) -> None:
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
