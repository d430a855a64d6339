"""The site: which pages there are, and the fragments that they hold."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from vietnam_foreign_affairs.citation import cite

from . import charts, console, countries, home, mutation, pictures, reconciliation, tables, years
from .model import Model
from .release import Release
from .render import Renderer, with_console_links

OPEN = {"en": "Open in the SQL console", "vi": "Mở trong ô truy vấn SQL"}


class Site:
    """All that the hooks ask for. Made once a build."""

    def __init__(self, docs: Path):
        self.docs = docs
        self.model = Model()
        self.release = Release(self.model.pkg)
        self.renderer = Renderer(self.model)
        self.renderer.markdown.globals["cite"] = partial(cite, self.model.pkg)
        self.charts = charts.Charts(docs, self.model, self.renderer)
        for module in (tables, countries, years, reconciliation, console, home):
            module.add_fragments(self.model, self.renderer)
        self.charts.add_fragments()
        self.release.add_fragments(self.renderer)

    def generated(self) -> dict[str, str | bytes]:
        """Every file that nobody wrote by hand: its path in the site's sources, its content."""
        model, renderer = self.model, self.renderer
        files: dict[str, str | bytes] = {}
        for module in (tables, countries, years, reconciliation, mutation):
            files |= module.pages(model, renderer)
        files["changelog.md"] = ""  # set in as HTML, see changelog.py
        files |= self.charts.files()
        files |= pictures.files(self.docs, self.charts)
        paths = [p for name in model.tables for p in (f"tables/{name}.csv", f"schemas/{name}.json")]
        files |= {path: model.file(path) for path in [*paths, "datapackage.json"]}
        files["console/package.json"] = json.dumps(console.package_of(model), ensure_ascii=False)
        return files

    def by_hand(self, markdown: str, lang: str) -> str:
        """A page that was written by hand: a template. Generated ones hold values and are none."""
        return self.renderer.text(markdown, lang=lang)

    def with_links(self, markdown: str, root: str, lang: str) -> str:
        """A page's Markdown with its SQL linked to the console."""
        prefix = f"{root}vi/" if lang == "vi" else root
        return with_console_links(markdown, prefix, OPEN[lang])
