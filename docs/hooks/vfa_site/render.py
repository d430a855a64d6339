"""Templates: Markdown pages and the HTML fragments that are set into them.

A page says `<!-- vfa: rows partnership_upgrades -->`; after Markdown has run, the comment is
replaced with the fragment. So large tables and drawings never pass through the Markdown parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from babel.dates import format_skeleton
from babel.numbers import format_decimal

from . import escape
from .messages import Words, words
from .model import Model

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
MARKER = re.compile(r"<!-- vfa: (\w+)(?: (\S+))? -->")
# Large, and left out of the search, which would read them in vain: set in when it is done.
UNSEARCHED = frozenset({"rows", "chart", "timeline", "all_fields"})
SQL_BLOCK = re.compile(r"^```sql\n(.*?)^```$", re.M | re.S)
Fragment = Callable[[str, str], str]  # argument, path to the site's root -> HTML


class _Templates(jinja2.FileSystemLoader):
    """Templates of pages come in the language of the pages."""

    def __init__(self, words: Words):
        super().__init__(TEMPLATES)
        self.words = words

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        text, *rest = super().get_source(environment, template)
        return self.words.markdown(text) if template.endswith(".md.j2") else text, *rest


class Renderer:
    """Jinja environments for Markdown and for HTML in one language.

    In both, what is printed is escaped.
    """

    def __init__(self, model: Model, lang: str = "en"):
        self.lang, self.words = lang, words(lang)
        options: dict[str, Any] = {
            "loader": _Templates(self.words),
            "trim_blocks": True,
            "lstrip_blocks": True,
            "undefined": jinja2.StrictUndefined,
            "extensions": ["jinja2.ext.i18n"],
        }
        # `{#id}` names a heading in Markdown: comments need other marks there.
        self.markdown = jinja2.Environment(
            comment_start_string="<%#", comment_end_string="#%>", finalize=escape.text, **options
        )
        self.markdown.globals.update(link=escape.markdown_link)
        self.markdown.filters.update(
            address=escape.address,
            block=escape.block,
            code=escape.code,
            name=escape.name,
            path=escape.path,
            slug=escape.slug,
            yaml=escape.string,
        )
        self.html = jinja2.Environment(autoescape=True, **options)
        self.html.globals.update(link=escape.html_link)
        for env in (self.markdown, self.html):
            env.install_gettext_callables(self.words.gettext, self.words.ngettext, newstyle=True)
            env.globals.update(m=model, pkg=model.pkg, d=model.descriptor, console=console_url)
            env.globals.update(lang=lang, words=self.words)
            env.filters.update(n=partial(number, lang=lang), day=partial(day, lang=lang))
            # `_("...")` is for what stands in a template; what stands in data is escaped.
            env.filters.update(said=self.words.gettext, titled=self.titled)
            env.filters.update(code_words=self.words.code)
        self.fragments: dict[str, Fragment] = {}

    def page(self, template: str, **values: Any) -> str:
        return self.markdown.get_template(f"pages/{template}").render(**values)

    def text(self, markdown: str, **values: Any) -> str:
        """A page that was written by hand, and never one that holds values."""
        return self.markdown.from_string(self.words.markdown(markdown)).render(**values)

    def fragment(self, template: str, **values: Any) -> str:
        return self.html.get_template(f"fragments/{template}").render(**values)

    def fill(self, html: str, root: str, *, is_last: bool = False) -> str:
        """Replace every marker; those of `UNSEARCHED` at last. An unknown one is an error."""

        def filled(marker: re.Match[str]) -> str:
            if marker[1] in UNSEARCHED and not is_last:
                return marker[0]
            return self.fragments[marker[1]](marker[2] or "", root)

        return MARKER.sub(filled, html)

    def titled(self, thing: Any) -> str:
        """The title of a table, a field or a question."""
        return getattr(thing, "title_vi", None) or thing.title if self.lang == "vi" else thing.title

    def home(self, root: str) -> str:
        """The path to the pages in this language."""
        return root if self.lang == "en" else f"{root}{self.lang}/"


def number(value: Any, lang: str = "en", digits: int = 4) -> str:
    """A figure for people, without needless zeros: 1,234.5, in Vietnamese 1.234,5."""
    if value is None:
        return ""
    if not isinstance(value, (int, float)):
        return str(value)
    found = format_decimal(value, format=f"#,##0.{'#' * digits}", locale=lang)
    return found.replace("-", "−")


def day(value: str | None, lang: str = "en") -> str:
    """A date as it is known: 2025-03-10 or 2025-03, in Vietnamese 10/3/2025 or 3/2025."""
    if not value or lang == "en":
        return value or ""
    skeleton = {4: "y", 7: "yM"}.get(len(value), "yMd")
    first = date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    return format_skeleton(skeleton, first, locale=lang)


def in_words(value: str, lang: str = "en") -> str:
    """2024-10-07 as 7 October 2024, in Vietnamese ngày 7/10/2024; 2024-10 as October 2024."""
    if lang == "vi":
        return " ".join([{4: "năm", 7: "tháng", 10: "ngày"}[len(value)], day(value, lang)])
    first = date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    return {4: value, 7: f"{first:%B} {first.year}"}.get(
        len(value), f"{first.day} {first:%B} {first.year}"
    )


def console_url(sql: str, root: str) -> str:
    """The console with a query filled in."""
    return f"{root}console/#q={quote(sql.strip(), safe='')}"


def with_console_links(markdown: str, root: str, words: str) -> str:
    """Put a link that opens it in the console under every block of SQL that asks a question."""

    def link(match: re.Match[str]) -> str:
        if not re.match(r"(--[^\n]*\n)*\s*(SELECT|FROM|WITH|SUMMARIZE|DESCRIBE)\b", match[1], re.I):
            return match[0]
        url = console_url(match[1], root)
        return f'{match[0]}\n\n<p class="open-sql"><a href="{url}">{words}</a></p>\n'

    return SQL_BLOCK.sub(link, markdown)
