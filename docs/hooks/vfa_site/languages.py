"""Languages of the site: a page has the same address in each, beneath the name of the language.

`years/2025.md` is in English, `vi/years/2025.md` in Vietnamese. What there is in English only is
linked from both.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from .messages import LANGUAGES, words

NAMES = {"en": "English", "vi": "Tiếng Việt"}
_TARGET = re.compile(r"(\]\()([^):#\s]+\.md)(?=[#)])")


def edition(uri: str, lang: str) -> str:
    """The source of a page in a language, from its source in English."""
    return uri if lang == "en" else f"{lang}/{uri}"


def language_of(uri: str) -> str:
    return next((lang for lang in LANGUAGES if uri.startswith(f"{lang}/")), "en")


def in_english(uri: str) -> str:
    return uri.removeprefix(f"{language_of(uri)}/")


def nav_of(items: list[Any], lang: str, pages: set[str]) -> list[Any]:
    """The navigation in another language: the pages that there are in it, under its words."""
    found = []
    for item in items:
        title, rest = next(iter(item.items())) if isinstance(item, dict) else (None, item)
        if isinstance(rest, list):
            rest = nav_of(rest, lang, pages)
        elif edition(rest, lang) in pages:
            rest = edition(rest, lang)
        else:
            rest = None
        if rest:
            found.append({words(lang).gettext(title): rest} if title else rest)
    return found


def linked(markdown: str, uri: str, pages: set[str]) -> str:
    """Links to pages that there are only in English lead there."""
    lang = language_of(uri)
    if lang == "en":
        return markdown
    folder = posixpath.dirname(uri)

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match[2]))
        if target in pages:
            return match[0]
        return f"{match[1]}{posixpath.relpath(in_english(target), folder)}"

    return _TARGET.sub(link, markdown)


class Navigations:
    """One navigation a language, of the one that MkDocs made of all."""

    def __init__(self, nav: Navigation):
        self.english = nav
        self.others: dict[str, Navigation] = {}
        for lang in LANGUAGES[1:]:
            section = next(i for i in nav.items if isinstance(i, Section) and i.title == lang)
            nav.items.remove(section)
            for child in section.children:
                child.parent = None
            pages = [page for page in nav.pages if language_of(page.file.src_uri) == lang]
            self.others[lang] = Navigation(section.children, pages)
            self.others[lang].homepage = pages[0]
        nav.pages[:] = [page for page in nav.pages if language_of(page.file.src_uri) == "en"]
        for each in (nav, *self.others.values()):  # the next page is one in the same language
            for before, page in zip([None, *each.pages], each.pages, strict=False):
                page.previous_page = before
                page.next_page = None
                if before:
                    before.next_page = page

    def localise(self, context: dict[str, Any], page: Page, pages: set[str]) -> dict[str, Any]:
        """Give a page the navigation in its language; say where its counterparts are."""
        lang, uri = language_of(page.file.src_uri), in_english(page.file.src_uri)
        context["nav"] = self.others.get(lang, self.english)
        context["say"] = words(lang).gettext
        other = next(other for other in LANGUAGES if other != lang)
        places = [uri, posixpath.join(posixpath.dirname(uri), "index.md"), "index.md"]
        there = next(p for p in places if edition(p, other) in pages)
        context["alternate"] = {
            "lang": other,
            "name": NAMES[other],
            "url": _url(edition(there, other)),
        }
        return context


def editions(uri: str, pages: set[str]) -> list[dict[str, str]]:
    """Each language that there is a page in, with its address; none for a page in one only."""
    found = [
        {"lang": lang, "url": _url(edition(in_english(uri), lang))}
        for lang in LANGUAGES
        if edition(in_english(uri), lang) in pages
    ]
    return found if len(found) > 1 else []


def _url(uri: str) -> str:
    stem = uri.removesuffix(".md")
    return stem.removesuffix("index") if stem.endswith("index") else f"{stem}/"
