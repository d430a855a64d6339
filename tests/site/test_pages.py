"""Every page: no errors, nothing from other hosts, light, still, and links that lead somewhere."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from vietnam_foreign_affairs.package import package

from .conftest import BASE, kinds

SHARES = 6
FIRST_VISIT = 300_000


def opened(paths: list[str]) -> list[str]:
    """Every page in English, every page of a kind of its own, and one in ten of the others.

    The pages of countries and years are made of the same template in both languages.
    """
    many = [p for p in paths if p.startswith(("vi/countries/", "vi/years/"))]
    few = {*many} - {*many[::10]}
    return [path for path in paths if path not in few]


@pytest.mark.parametrize("share", range(SHARES))
def test_pages_load_without_errors_from_this_host_within_their_weight(visit, paths, share):
    wrong = []
    with visit() as visitor:
        for path in opened(paths)[share::SHARES]:
            visitor.go(path)
            visitor.page.wait_for_selector("html.js")
            wrong += [f"{path}: {problem}" for problem in visitor.problems]
            wrong += [f"{path}: asks {address}" for address in visitor.elsewhere]
            if visitor.weight > FIRST_VISIT and "console" not in path:
                wrong.append(f"{path}: weighs {visitor.weight:,} bytes")
    assert not wrong, "\n".join(wrong)


def test_nothing_moves_while_a_page_loads(visit):
    shifts = {}
    with visit() as visitor:
        for path in kinds():
            if path == "404.html":
                continue
            page = visitor.go(path)
            page.wait_for_timeout(150)
            moved = page.evaluate(
                """() => new Promise((done) => {
                    let sum = 0;
                    const watch = new PerformanceObserver((list) =>
                        list.getEntries().forEach((entry) => { sum += entry.value; }));
                    watch.observe({ type: "layout-shift", buffered: true });
                    setTimeout(() => done(sum), 60);
                })"""
            )
            if moved > 0.005:
                shifts[path] = moved
    assert not shifts


class _Anchors(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.structured: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(found["id"])
        name = {"a": "href", "link": "href", "img": "src", "script": "src"}.get(tag)
        if name and found.get(name):
            self.links.append(found[name])
        self._in_data = tag == "script" and found.get("type") == "application/ld+json"

    def handle_data(self, data):
        if self._in_data:
            self.structured.append(data)
            self._in_data = False


@cache
def _anchors(file: Path) -> _Anchors:
    parser = _Anchors()
    parser.feed(file.read_text(encoding="utf-8"))
    return parser


def test_links_and_anchors_lead_somewhere(site, paths):
    broken = set()
    later = _rows_that_come_later()
    for path in [*paths, "404.html"]:
        file = site / path / "index.html" if path != "404.html" else site / path
        for link in _anchors(file).links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = urlsplit(urljoin(BASE + path, link))
            if not target.path.startswith(BASE):
                broken.add(f"{path}: {link}")
                continue
            there = site / unquote(target.path.removeprefix(BASE))
            there = there / "index.html" if there.is_dir() else there
            if not there.is_file():
                broken.add(f"{path}: {link}")
            elif target.fragment and not target.fragment.startswith("q="):
                anchor = unquote(target.fragment)
                if anchor not in _anchors(there).ids and anchor not in later.get(
                    there.parent.name, ()
                ):
                    broken.add(f"{path}: {link}")
    assert not broken, "\n".join(sorted(broken)[:40])


def _rows_that_come_later() -> dict[str, set[str]]:
    """Rows that a page fetches when a link asks for one; see test_readers.py."""
    found = {}
    for table in package().tables:
        lines = table.path.read_text(encoding="utf-8").splitlines()[1:]
        found[table.name] = {line.split(",")[0] for line in lines}
    return found


def test_no_page_has_an_id_twice(site, paths):
    twice = {}
    for path in paths:
        ids = Counter(_anchors(site / path / "index.html").ids)
        if again := [name for name, times in ids.items() if times > 1]:
            twice[path] = again
    assert not twice


def test_each_table_and_row_has_its_place(site):
    for table in package().tables:
        page = (site / "tables" / table.name / "index.html").read_text(encoding="utf-8")
        for field in table.fields:
            assert f'id="field-{field.name}"' in page
        assert (site / "tables" / table.path.name).read_bytes() == table.path.read_bytes()


def test_pages_carry_the_schema_org_data_of_the_release_word_for_word(site):
    release = json.loads((site / "release/schema-org.jsonld").read_text(encoding="utf-8"))
    home = package().descriptor["homepage"]
    nodes = {node["@id"].removeprefix(home): node for node in release["@graph"]}
    pages = ["", "vi/", *(f"tables/{table.name}/" for table in package().tables)]
    for path in pages:
        (text,) = _anchors(site / path / "index.html").structured
        found = json.loads(text)
        assert found.pop("@context") == release["@context"]
        assert found == nodes[path if path != "vi/" else ""]


def test_the_iri_of_a_row_and_of_a_column_is_its_address(site):
    """What csv-metadata.json calls a row, a table and a column is a place of this site."""
    home = package().descriptor["homepage"]
    content = json.loads((site / "release/csv-metadata.json").read_text(encoding="utf-8"))
    later = _rows_that_come_later()
    for table in content["tables"]:
        if not table["url"].startswith("tables/"):
            continue
        schema = table["tableSchema"]
        page, anchor = schema["aboutUrl"].removeprefix(home).split("#")
        ids = {*_anchors(site / page / "index.html").ids}
        for column in schema["columns"]:
            if not column.get("virtual"):
                assert column["propertyUrl"] == f"{home}{page}#field-{column['name']}"
                assert f"field-{column['name']}" in ids
        with (site / "release" / table["url"]).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                row_id = anchor.format(**row)
                assert row_id in ids or row_id.split("/")[0] in later[Path(page).name], row_id


def test_the_downloads_page_offers_every_file_with_its_size_and_sum(site):
    path = site / "downloads/index.html"
    page = path.read_text(encoding="utf-8")
    links = {urljoin(f"{BASE}downloads/", link) for link in _anchors(path).links}
    found = json.loads((site / "release/versions.json").read_text(encoding="utf-8"))
    for file in found["versions"][0]["files"]:
        lasting = file["path"].replace(f"-{found['latest']}", "")
        size = f"{round(file['bytes'] / 1024, 1):,}".removesuffix(".0")
        assert f"{BASE}release/{lasting}" in links
        assert f"{size} kB" in page, lasting
        assert file["sha256"] in page, lasting
        assert (site / "release" / lasting).stat().st_size == file["bytes"]


def test_sitemap_names_every_page(site, paths):
    tree = ElementTree.parse(site / "sitemap.xml")
    named = {e.text.split(BASE, 1)[1] for e in tree.iter() if e.tag.endswith("}loc")}
    assert named == set(paths)


def test_a_page_that_does_not_exist_says_so(visit):
    with visit() as visitor:
        page = visitor.go("tables/nonsense/")
        assert page.locator("h1").inner_text() == "There is no such page"
        page.get_by_role("link", name="data dictionary").click()
        assert page.locator("h1").inner_text().startswith("Data dictionary")


def test_pages_say_what_other_sites_may_show_of_them(site):
    page = (site / "index.html").read_text(encoding="utf-8")
    assert re.search(r'property="og:image" content="https://[^"]+/assets/social-card.png"', page)
    assert (site / "assets" / "social-card.png").read_bytes()[:4] == b"\x89PNG"
    assert "favicon.svg" in page
