"""An Atom feed: an entry a release, and one for what a release corrects in a table."""

from __future__ import annotations

import csv
from collections import Counter
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...package import Package
from ...visible import visible
from ..changelog import versions
from ..corrections import TABLE as LEDGER
from ..files import release_page
from .common import authors, full_title, page

FILE = "feed.atom"
SHOWN = 20  # corrections of an entry; the ledger has them all


class Entry(NamedTuple):
    kind: str
    name: str
    title: str
    day: str
    link: str
    html: str


def feed(pkg: Package, _: Path) -> str:
    d = pkg.descriptor
    entries = [*_releases(pkg), *_corrections(pkg)]
    entries.sort(key=lambda entry: entry.day, reverse=True)
    root = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _text(root, "id", f"{d['homepage']}release/{FILE}")
    _text(root, "title", full_title(pkg))
    _text(root, "subtitle", "Releases and corrections")
    _text(root, "updated", f"{entries[0].day}T00:00:00Z")
    SubElement(root, "link", rel="self", href=f"{d['homepage']}release/{FILE}")
    SubElement(root, "link", rel="alternate", type="text/html", href=f"{d['homepage']}changelog/")
    for name in authors(pkg):
        _text(SubElement(root, "author"), "name", name)
    _text(root, "rights", d["licenses"][0]["title"])
    for entry in entries:
        element = SubElement(root, "entry")
        _text(element, "id", entry.name)
        _text(element, "title", entry.title)
        _text(element, "updated", f"{entry.day}T00:00:00Z")
        SubElement(element, "link", rel="alternate", type="text/html", href=entry.link)
        SubElement(element, "category", term=entry.kind)
        _text(element, "content", entry.html).set("type", "html")
    for element in root.iter():  # XML holds no control characters
        element.text = element.text and visible(element.text)
        element.attrib.update({key: visible(value) for key, value in element.items()})
    indent(root)
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _releases(pkg: Package) -> list[Entry]:
    found = []
    for version in versions(pkg):
        link = release_page(pkg, version.version)
        html = "".join(
            f"<h3>{escape(part)}</h3>{_list([escape(words) for words in bullets])}"
            for part, bullets in version.parts.items()
        )
        if version.day:
            title = f"Version {version.version}"
            found.append(Entry("release", link, title, version.day, link, html))
    return found


def _corrections(pkg: Package) -> list[Entry]:
    """What the ledger says, where the package has one: an entry a version and table."""
    tables = {table.name: table for table in pkg.tables}
    if LEDGER not in tables:
        return []
    with tables[LEDGER].path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (row["version"], row["table_name"]))
    found = []
    for (version, name), group in groupby(rows, lambda row: (row["version"], row["table_name"])):
        corrections = list(group)
        place = page(pkg, tables[name]) if name in tables else page(pkg, tables[LEDGER])
        kinds = Counter(row["kind"] for row in corrections)
        words = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
        items = [_correction(row, place) for row in corrections[:SHOWN]]
        if len(corrections) > SHOWN:
            items.append(f"and {len(corrections) - SHOWN:,} more")
        link = page(pkg, tables[LEDGER])
        found.append(
            Entry(
                "correction",
                f"{link}#{quote(version)}/{quote(name)}",
                f"{tables[name].title if name in tables else name}: {words}",
                max(row["corrected_on"] for row in corrections),
                link,
                f"<p>Version {escape(version)}</p>{_list(items)}",
            )
        )
    return found


def _correction(row: dict[str, str], place: str) -> str:
    address = escape(f"{place}#{quote(row['row_id'], safe='/')}")
    what, was = escape(row["field"] or "the row"), row["was"]
    before = f" (was: {escape(was)})" if was else ""
    row_link = f'<a href="{address}">{escape(row["row_id"])}</a>'
    return f"{row_link}, {what}, {escape(row['kind'])}{before}: {escape(row['reason'])}"


def _list(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _text(parent: Element, tag: str, words: str) -> Element:
    element = SubElement(parent, tag)
    element.text = words
    return element
