"""Charts: an SVG at build time, its data as a table and as CSV, its words.

A chart is `docs/charts/<name>.sql` (its data, a sentence that says what is seen, and one that says
what was found) and `docs/charts/<name>.vl.json` (Vega-Lite; what is not drawing stands in
`usermeta`). A mark's description is `series|label`: assets/js/charts.js shows labels and singles
series out. In SQL `said('...')` is a message, `named(en, vi)` a name and `figure(n)` a number in
the language of the page.
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

from . import drawings
from .escape import printed, script_data
from .model import Model
from .render import Renderer

COUNTED = ("csp", "sp", "cp")
SAID = re.compile(r"\bsaid\(((?:[^()']|'(?:[^']|'')*')*)\)")  # what said('...') is given
_BLOCK = re.compile(r"^-- (data: (?P<name>\w+)|summary)\n(?P<sql>.*?;)\s*$", re.M | re.S)
MACROS = """
CREATE OR REPLACE TEMP MACRO said(message) AS coalesce(getvariable('messages')[message], message);
CREATE OR REPLACE TEMP MACRO named(en, vi) AS if(getvariable('lang') = 'vi', coalesce(vi, en), en);
CREATE OR REPLACE TEMP MACRO figure(value) AS replace(
    regexp_replace(value::VARCHAR, '\\.0$', ''), '.', if(getvariable('lang') = 'vi', ',', '.'));
"""


class Chart(NamedTuple):
    name: str
    meta: dict[str, Any]
    data: dict[str, list[dict[str, Any]]]
    words: str  # what is seen
    finding: str  # what was found
    svg: str
    narrow: str  # for a phone; blank where the drawing fits any width

    @property
    def columns(self) -> dict[str, str]:
        return self.meta["columns"]


class Charts:
    """Every chart in one language, drawn on first use."""

    def __init__(self, docs: Path, model: Model, renderer: Renderer):
        self.folder, self.model, self.renderer = docs / "charts", model, renderer
        self.world = docs / "assets" / "vendor" / "world"
        self.theme = json.loads((self.folder / "theme.json").read_text(encoding="utf-8"))

    @cached_property
    def all(self) -> dict[str, Chart]:
        messages = self.renderer.words.all
        con = self.model.con
        con.execute(MACROS)
        con.execute("SET VARIABLE lang = $1", [self.renderer.lang])
        con.execute(
            "SET VARIABLE messages = MAP($1::VARCHAR[], $2::VARCHAR[])",
            [[*messages], [*messages.values()]],
        )
        return {p.stem: self._chart(p) for p in sorted(self.folder.glob("*.sql"))}

    def add_fragments(self) -> None:
        self.renderer.fragments["chart"] = self.figure
        self.renderer.markdown.globals["finding"] = lambda name: self.all[name].finding

    def files(self) -> dict[str, str | bytes]:
        """Of each chart its data as CSV, and drawings for a phone and for other places."""
        lang = self.renderer.lang
        found: dict[str, str | bytes] = {}
        for name, chart in self.all.items():
            if lang == "en":
                found[f"charts/{name}.csv"] = _csv(chart)
            if chart.narrow:
                found[f"charts/{name}-narrow-{lang}.svg"] = drawings.alone(
                    self._labelled(chart, chart.narrow)
                )
            picture = drawings.coloured(drawings.alone(self._labelled(chart, chart.svg)))
            found[f"charts/{name}-{lang}.svg"] = picture
            found[f"charts/{name}-{lang}.png"] = vl_convert.svg_to_png(picture, scale=2)
        return found

    def figure(self, name: str, root: str) -> str:
        """The chart with its legend, controls, caption, files and table."""
        chart, home = self.all[name], self.model.descriptor["homepage"]
        checked = max(self.model.tables[t].coverage.last_checked for t in chart.meta["tables"])
        image = f"{home}charts/{name}-{self.renderer.lang}.svg"
        embedded = (f"{self.renderer.home(home)}stories/{name}/", image, chart.finding)
        return self.renderer.fragment(
            "chart.html.j2",
            chart=chart,
            svg=Markup(self._labelled(chart, chart.svg)),
            states=_states(chart) if chart.meta.get("slider") else None,
            checked=checked,
            home=self.renderer.home(root),
            # As text: the page shows it, and does not do it.
            embed=str(Markup('<a href="{}"><img src="{}" alt="{}"></a>').format(*embedded)),
            root=root,
        )

    def _chart(self, path: Path) -> Chart:
        data, said = {}, {}
        for block in _BLOCK.finditer(path.read_text(encoding="utf-8")):
            if block["name"]:
                rows = self.model.records(block["sql"])
                data[block["name"]] = [{k: printed(v) for k, v in row.items()} for row in rows]
            else:
                said = self.model.records(block["sql"])[0]
        text = path.with_suffix("").with_suffix(".vl.json").read_text(encoding="utf-8")
        spec = json.loads(text)
        meta = spec.pop("usermeta")
        spec = self._translated(spec)
        spec["datasets"] = {**data}
        if '"world"' in text:
            drawings.add_world(spec, self.world, data["countries"])
        lang = self.renderer.lang
        narrow = "" if '"world"' in text else drawings.narrow(spec, self.theme, lang)
        words, found = (printed(said[name]) for name in ("words", "finding"))
        return Chart(
            path.stem, meta, data, words, found, drawings.draw(spec, self.theme, lang), narrow
        )

    def _translated(self, node: Any) -> Any:
        """The specification with its titles in the language."""
        if isinstance(node, list):
            return [self._translated(child) for child in node]
        if not isinstance(node, dict):
            return node
        say = self.renderer.words.gettext
        return {
            key: say(child)
            if key == "title" and isinstance(child, str)
            else self._translated(child)
            for key, child in node.items()
        }

    def _labelled(self, chart: Chart, svg: str) -> str:
        title = self.renderer.words.gettext(chart.meta["title"])
        label = Markup("{}. {}").format(title, chart.words)
        return svg.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)


def _states(chart: Chart) -> dict[str, Any]:
    """What the map's day needs: names, since when each country has which framework, and the days.

    The days are those on which something changed, as exactly as they are known.
    """
    names = {c["iso3"]: c["name"] for c in chart.data["countries"]}
    steps: dict[str, list[list[str]]] = {}
    for row in chart.data["rows"]:
        names.setdefault(row["iso3"], row["country"])
        steps.setdefault(row["iso3"], []).append([row["since"], row["until"], row["tier_id"]])
    counted = {row["since"] for row in chart.data["rows"] if row["tier_id"] in COUNTED}
    days = sorted(counted)
    text = script_data({"names": names, "steps": steps, "days": days})
    return {"json": text, "first": days[0], "last": len(days) - 1}


def _csv(chart: Chart) -> str:
    out = io.StringIO()
    hidden = {"x", "x2", "place", "slot", "short_year", "year_shown", "shown", "outcome", "rank"}
    names = [n for n in chart.data["rows"][0] if n not in hidden and "label" not in n]
    writer = csv.DictWriter(out, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(chart.data["rows"])
    return out.getvalue()
