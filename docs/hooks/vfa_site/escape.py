"""Values made safe for where they stand, in Markdown and in HTML.

What a template prints is text: HTML templates escape all that is not `Markup`, Markdown templates
all that is not `Markdown`. Only the functions below make either of a value, each for one place.
A value that cannot stand in its place (a name that is no name) is a `PackageError`.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from vietnam_foreign_affairs.package import PackageError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.A)
# To the web by http, or from a page of this site to another: no other scheme can stand here.
_LINK = re.compile(r"https?://[^\s<>\"'`\\]+|(\.{1,2}/|#)[^\s<>\"'`\\]*", re.I)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9./:_?=&%#~+-]+")
_MARKS = re.compile(r"[!-/:-@\[-`{-~]")  # every printed character of ASCII but letters and digits
# Blanks and line breaks, and what no document may hold: controls, halves of pairs, non-characters.
_BLANKS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_UNPRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]+")


class Markdown(str):
    """Markdown that is set into a page as it is."""

    __slots__ = ()


def printed(value: Any) -> Any:
    """A value without characters that XML, YAML and readers of them refuse."""
    return _UNPRINTED.sub(" ", value) if isinstance(value, str) else value


def text(value: Any) -> Markdown:
    """Words in a line of Markdown: of a paragraph, a heading, a table, a link, HTML, an attribute.

    No character keeps a meaning, in Markdown or in HTML: all are character references.
    """
    if isinstance(value, Markdown):
        return value
    words = "" if value is None else printed(str(value))
    return Markdown(_MARKS.sub(lambda m: f"&#{ord(m[0])};", _BLANKS.sub(" ", words)))


def code(value: Any) -> Markdown:
    """A code span of Markdown."""
    return Markdown(f"<code>{text(value)}</code>")


def name(value: Any) -> Markdown:
    """A name of the package, of which paths, ids and SQL are made."""
    if not _NAME.fullmatch(str(value)):
        raise PackageError(f"{value!r} is not a name: only letters, digits, '_' and '-' make one")
    return Markdown(value)


def anchor(row_id: str) -> str:
    """The id of a row in its page. Raises `PackageError` for one of the theme's own elements."""
    if row_id.startswith("__"):
        raise PackageError(f"{row_id!r} cannot be the id of a row: the page has elements named so")
    return row_id


def slug(value: Any) -> Markdown:
    """The id of a heading: names as they are, everything else with '-' in it."""
    return Markdown(re.sub(r"[^\w-]+", "-", str(value).replace("_", "-"), flags=re.A))


def path(value: Any) -> Markdown:
    """A part of an address, behind a '/' or a '#'."""
    return Markdown(quote(printed(str(value)), safe=""))


def address(value: Any) -> Markdown:
    """A plain web address of the descriptor, as it is."""
    if not _ADDRESS.fullmatch(str(value)):
        raise PackageError(f"{value!r} is not a web address in plain characters")
    return Markdown(value)


def block(value: Any, language: str, indent: int = 0) -> Markdown:
    """A block of code, in a fence that nothing in it closes."""
    body = printed(str(value)).strip("\n")
    longest = max(map(len, re.findall(r"`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    lines = [f"{fence}{language}", *re.split(r"[\n\x85\u2028\u2029]", body), fence]
    return Markdown("\n".join(" " * indent + line for line in lines))


def string(value: Any) -> Markdown:
    """A string of the YAML in front of a page."""
    words = _BLANKS.sub(" ", printed(str(value)))
    return Markdown(json.dumps(words, ensure_ascii=False))


def leads(url: Any) -> bool:
    """Whether a link may lead there."""
    return bool(_LINK.fullmatch(str(url)))


def markdown_link(words: Any, url: Any) -> Markdown:
    """A link in a page of Markdown; the words alone where no link may lead."""
    if not leads(url):
        return text(words)
    return Markdown(f'<a href="{text(url)}">{text(words)}</a>')


def html_link(words: Any, url: Any, **attributes: str) -> Markup:
    """A link in a page of HTML; the words alone where no link may lead."""
    if not leads(url):
        return escape(words)
    more = Markup("").join(
        Markup(' {}="{}"').format(key.replace("_", "-"), value) for key, value in attributes.items()
    )
    return Markup('<a href="{}"{}>{}</a>').format(url, more, words)


def script_data(value: Any) -> Markup:
    """JSON in a script element: no `<`, `>`, `&` or `'` is left in it."""
    return htmlsafe_json_dumps(value, dumps=json.dumps, ensure_ascii=False, separators=(",", ":"))
