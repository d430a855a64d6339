"""English and Vietnamese: two navigations, and a switch between a page and its counterpart."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

SECTION = "Tiếng Việt"
_vietnamese: Navigation | None = None


def split(nav: Navigation) -> Navigation:
    """Take the Vietnamese section out of the navigation and make it one of its own."""
    global _vietnamese
    section = next(i for i in nav.items if isinstance(i, Section) and i.title == SECTION)
    nav.items.remove(section)
    for page in section.children:
        page.parent = None
    _vietnamese = Navigation(section.children, [p for p in section.children if p.is_page])
    _vietnamese.homepage = _vietnamese.pages[0]
    return nav


def localise(context: dict[str, Any], page: Page, nav: Navigation) -> dict[str, Any]:
    """Give a Vietnamese page the Vietnamese navigation; say where the counterpart is."""
    here, there = page.file.src_uri, page.meta.get("alternate")
    if page.meta.get("lang") == "vi":
        context["nav"] = _vietnamese
        context["alternate"] = {"lang": "en", "name": "English", "uri": there or "index.md"}
    else:
        context["alternate"] = {"lang": "vi", "name": "Tiếng Việt", "uri": there or "vi/index.md"}
    context["alternate"]["exact"] = bool(there) or here == "index.md"
    context["alternate"]["url"] = _url(context["alternate"]["uri"])
    return context


def _url(uri: str) -> str:
    stem = uri.removesuffix(".md")
    return stem.removesuffix("index") if stem.endswith("index") else f"{stem}/"
