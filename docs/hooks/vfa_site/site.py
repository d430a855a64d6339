"""The site: which pages there are, and the fragments that they hold."""

from __future__ import annotations

import json
from functools import cached_property, partial
from pathlib import Path

from vietnam_foreign_affairs.citation import cite

from . import charts, console, countries, home, mutation, pictures, reconciliation, tables, years
from .languages import edition
from .messages import LANGUAGES
from .model import Model
from .release import Release
from .render import Renderer, with_console_links

# Pages written by hand that there are in every language.
BY_HAND = (
    *("index.md", "console.md", "glossary.md", "methodology.md", "downloads.md", "citing.md"),
    "stories/*.md",
)

CHANGELOG = "---\ntitle: Changelog\ndescription: What each release changed.\n---\n"


class Site:
    """All that the hooks ask for. Made once a build."""

    def __init__(self, docs: Path):
        self.docs = docs
        self.model = Model()
        self.release = Release(self.model.pkg)
        self.renderers = {lang: Renderer(self.model, lang) for lang in LANGUAGES}
        self.charts: dict[str, charts.Charts] = {}
        for lang, renderer in self.renderers.items():
            renderer.markdown.globals["cite"] = partial(cite, self.model.pkg)
            self.charts[lang] = charts.Charts(docs, self.model, renderer)
            self.charts[lang].add_fragments()
            for module in (tables, countries, years, reconciliation, console, home):
                module.add_fragments(self.model, renderer)
            self.release.add_fragments(renderer)

    @cached_property
    def generated(self) -> dict[str, str | bytes]:
        """Every file that nobody wrote by hand: its path in the site's sources, its content."""
        model, english = self.model, self.renderers["en"]
        files: dict[str, str | bytes] = {}
        for lang, renderer in self.renderers.items():
            pages: dict[str, str] = {}
            for module in (tables, countries, years, reconciliation):
                pages |= module.pages(model, renderer)
            if lang != "en":
                pages |= {uri: self.by_hand(text, lang) for uri, text in self._written().items()}
            files |= {edition(uri, lang): text for uri, text in pages.items()}
            files |= self.charts[lang].files()
        files |= tables.english(model, english)
        files |= mutation.pages(model, english)
        files |= countries.files(model)
        files["changelog.md"] = CHANGELOG  # its text is set in as HTML, see changelog.py
        files |= pictures.files(self.docs, self.charts["en"])
        paths = [p for name in model.tables for p in (f"tables/{name}.csv", f"schemas/{name}.json")]
        files |= {path: model.file(path) for path in [*paths, "datapackage.json"]}
        files["console/package.json"] = json.dumps(console.package_of(model), ensure_ascii=False)
        return files

    @cached_property
    def pages(self) -> set[str]:
        """The sources of all pages."""
        written = {p.relative_to(self.docs).as_posix() for p in self.docs.rglob("*.md")}
        return written | {uri for uri in self.generated if uri.endswith(".md")}

    def by_hand(self, markdown: str, lang: str) -> str:
        """A page that was written by hand: a template. Generated ones hold values and are none."""
        return self.renderers[lang].text(markdown)

    def filled(self, html: str, root: str, lang: str, *, is_last: bool = False) -> str:
        """A page's HTML with its fragments set in: at first those that are searched."""
        return self.renderers[lang].fill(html, root, is_last=is_last)

    def with_links(self, markdown: str, root: str, lang: str) -> str:
        """A page's Markdown with its SQL linked to the console."""
        renderer = self.renderers[lang]
        words = renderer.words.gettext("Open in the SQL console")
        return with_console_links(markdown, renderer.home(root), words)

    def _written(self) -> dict[str, str]:
        return {
            path.relative_to(self.docs).as_posix(): path.read_text(encoding="utf-8")
            for pattern in BY_HAND
            for path in sorted(self.docs.glob(pattern))
        }
