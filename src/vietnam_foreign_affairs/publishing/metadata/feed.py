"""An Atom feed: an entry a release, and one a correction of what a release said."""

from __future__ import annotations

from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...package import Package
from ..changelog import CORRECTIONS, Version, versions
from ..files import release_page
from .common import authors, full_title

FILE = "feed.atom"
_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 100  # letters of a title


def feed(pkg: Package, _: Path) -> str:
    d = pkg.descriptor
    known = [version for version in versions(pkg) if version.day]
    root = Element("feed", xmlns=_ATOM)
    _text(root, "id", f"{d['homepage']}release/{FILE}")
    _text(root, "title", full_title(pkg))
    _text(root, "subtitle", "Releases and corrections")
    _text(root, "updated", _time(max(version.day for version in known)))
    SubElement(root, "link", rel="self", href=f"{d['homepage']}release/{FILE}")
    SubElement(root, "link", rel="alternate", type="text/html", href=f"{d['homepage']}changelog/")
    for name in authors(pkg):
        _text(SubElement(root, "author"), "name", name)
    _text(root, "rights", d["licenses"][0]["title"])
    for version in known:
        page = release_page(pkg, version.version)
        _entry(root, page, f"Version {version.version}", version, page, "release", _all(version))
        for number, words in enumerate(version.parts.get(CORRECTIONS, ()), 1):
            title = words if len(words) <= _MOST else words[: _MOST - 1].rstrip() + "…"
            name = f"{page}#correction-{number}"
            _entry(root, name, title, version, page, "correction", f"<p>{escape(words)}</p>")
    indent(root)
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _entry(
    root: Element, name: str, title: str, version: Version, page: str, kind: str, html: str
) -> None:
    entry = SubElement(root, "entry")
    _text(entry, "id", name)
    _text(entry, "title", title)
    _text(entry, "updated", _time(version.day))
    SubElement(entry, "link", rel="alternate", type="text/html", href=page)
    SubElement(entry, "category", term=kind)
    _text(entry, "content", html).set("type", "html")


def _all(version: Version) -> str:
    html = ""
    for part, bullets in version.parts.items():
        items = "".join(f"<li>{escape(words)}</li>" for words in bullets)
        html += f"<h3>{escape(part)}</h3><ul>{items}</ul>"
    return html


def _text(parent: Element, tag: str, words: str) -> Element:
    element = SubElement(parent, tag)
    element.text = words
    return element


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"
