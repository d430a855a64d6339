"""Templates: Markdown pages and the HTML fragments that are set into them.

A page says `<!-- vfa: rows partnership_upgrades -->`; after Markdown has run, the comment is
replaced with the fragment. So large tables and drawings never pass through the Markdown parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from babel.dates import format_skeleton
from babel.numbers import format_decimal

from . import escape
from .model import Model

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
MARKER = re.compile(r"<!-- vfa: (\w+)(?: (\S+))? -->")
SQL_BLOCK = re.compile(r"^```sql\n(.*?)^```$", re.M | re.S)
Fragment = Callable[[str, str, str], str]  # argument, path to the site's root, language -> HTML


class Renderer:
    """Jinja environments for Markdown and for HTML. In both, what is printed is escaped."""

    def __init__(self, model: Model):
        loader = jinja2.FileSystemLoader(TEMPLATES)
        options: dict[str, Any] = {
            "loader": loader,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "undefined": jinja2.StrictUndefined,
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
            env.globals.update(m=model, pkg=model.pkg, d=model.descriptor, console=console_url)
            env.filters.update(n=number, day=day)
        self.fragments: dict[str, Fragment] = {}

    def page(self, template: str, **values: Any) -> str:
        return self.markdown.get_template(f"pages/{template}").render(**values)

    def text(self, markdown: str, **values: Any) -> str:
        """A page that was written by hand, and never one that holds values."""
        return self.markdown.from_string(markdown).render(**values)

    def fragment(self, template: str, **values: Any) -> str:
        return self.html.get_template(f"fragments/{template}").render(**values)

    def fill(self, html: str, root: str, lang: str) -> str:
        """Replace every marker. An unknown one is an error."""
        return MARKER.sub(lambda m: self.fragments[m[1]](m[2] or "", root, lang), html)


def number(value: Any, lang: str = "en") -> str:
    """A figure for people, without needless zeros: 1,234.5, in Vietnamese 1.234,5."""
    if value is None:
        return ""
    if not isinstance(value, (int, float)):
        return str(value)
    return format_decimal(value, format="#,##0.####", locale=lang).replace("-", "−")


def day(value: str | None, lang: str = "en") -> str:
    """A date as it is known: 2025-03-10 or 2025-03, in Vietnamese 10/3/2025 or 3/2025."""
    if not value or lang == "en":
        return value or ""
    skeleton = {4: "y", 7: "yM"}.get(len(value), "yMd")
    first = date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    return format_skeleton(skeleton, first, locale=lang)


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
