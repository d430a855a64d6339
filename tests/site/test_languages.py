"""Two languages from one source: what is said in English is said in Vietnamese, page by page."""

from __future__ import annotations

import re
import sys

import pytest

from ..conftest import ROOT
from .test_readers import searched

sys.path.insert(0, str(ROOT / "docs" / "hooks"))
from vfa_site import blocks, catalogue, languages, messages
from vfa_site.model import Model

ONCE = ("tables/", "schemas/", "changelog/", "commands/", "contributing/", "mutation/", "panel/",
        "programs/", "releasing/", "threat-model/", "reference/rules/", "reference/views/",
        "release/")  # fmt: skip
VALUES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\w*\}|%\(\w+\)[sd]|\]\([^)]*\)|</?\w+")


@pytest.fixture(scope="module")
def vietnamese():
    return messages.words("vi").catalogue


def test_the_catalogue_holds_what_the_site_says_and_nothing_else(vietnamese):
    """`scripts/messages` brings it up to date."""
    said = {m if isinstance(m, str) else m[0] for m, _ in catalogue.found(Model()) if m}
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in vietnamese if m.id}
    assert known == said


def test_every_message_is_translated_with_its_values_tags_and_links(vietnamese):
    assert list(catalogue.blank(vietnamese)) == []
    for message in vietnamese:
        if message.id:
            one = isinstance(message.id, str)
            english, other = (message.id, message.string) if one else (
                message.id[1], message.string[0]
            )  # fmt: skip
            assert sorted(VALUES.findall(english)) == sorted(VALUES.findall(other)), english


def test_every_page_is_there_in_both_languages_but_for_those_that_are_one(paths):
    pages = set(paths)
    for path in paths:
        english = path.removeprefix("vi/")
        if english != path:
            assert english in pages
        elif not path.startswith(ONCE) or path == "tables/":
            assert f"vi/{path}" in pages, path


def test_a_page_names_its_editions_for_search_engines(site, paths):
    for path in ("", "countries/FRA/", "vi/years/2025/", "tables/events/"):
        text = (site / path / "index.html").read_text(encoding="utf-8")
        found = dict(
            re.findall(
                r'<link rel="alternate " hreflang="(\w+)" href="[^"]*?affairs/([^"]*)"', text
            )
        )
        english = path.removeprefix("vi/")
        want = {} if english == "tables/events/" else {"en": english, "vi": f"vi/{english}"}
        assert found == want
        map_of_site = (site / "sitemap.xml").read_text(encoding="utf-8")
        assert all(f'href="{p}' in map_of_site or p in map_of_site for p in want.values())


def test_titles_and_descriptions_are_one_of_a_kind(site, paths):
    found: dict[str, str] = {}
    for path in paths:
        head = (site / path / "index.html").read_text(encoding="utf-8").split("</head>")[0]
        title = re.search(r"<title>(.*?)</title>", head, re.S)[1]
        about = re.search(r'<meta name="description" content="([^"]*)"', head)
        lang = languages.language_of(path)
        assert found.setdefault(f"{lang} {title}", path) == path
        assert about, path
        assert found.setdefault(f"{lang} {about[1]}", path) == path


@pytest.mark.parametrize(
    ("typed", "first"), [("Pháp", "vi/countries/FRA/"), ("han quoc", "vi/countries/KOR/")]
)
def test_the_search_of_a_vietnamese_page_finds_vietnamese_pages(visit, typed, first):
    with visit() as visitor:
        links = searched(visitor.go("vi/"), typed)
        assert first in links[0], links
        assert not [link for link in links if "/countries/" in link and "/vi/" not in link]
        assert not visitor.problems


def test_the_search_of_an_english_page_finds_english_pages(visit):
    with visit() as visitor:
        links = searched(visitor.go("countries/"), "France")
        assert links
        assert not [link for link in links if "/vi/" in link]


def test_a_vietnamese_page_leaves_no_english_sentence(visit):
    """The generated words of a country's page; what others wrote and titles of pages stay."""
    with visit() as visitor:
        for path in ("vi/countries/FRA/", "vi/", "vi/stories/trade/", "vi/downloads/"):
            page = visitor.go(path)
            page.evaluate(
                "document.querySelectorAll('ul.facts, ol.ladder, table, pre, blockquote, code, "
                "details').forEach((e) => e.remove())"
            )
            words = page.locator("article").inner_text()
            if path == "vi/":  # the citation
                words = words.split("Trích dẫn")[0]
            assert not re.search(r"\b(the|and|of|with|since|from|is|are)\b", words), words


def test_what_is_code_value_or_structure_is_no_message():
    source = """---
title: A page
hide: [toc]
---
# Heading

{% for x in y %}
A paragraph that goes on
over a line with `code`.

| Head | {{ value | n }} |
| --- | --- |
{% endfor %}

```sql
SELECT words FROM nowhere
```

- an item
> a quotation
"""
    said = []
    text = blocks.translated(source, lambda message: said.append(message) or message.upper())
    paragraph = "A paragraph that goes on over a line with `code`."
    assert said == ["A page", "Heading", paragraph, "Head", "an item", "a quotation"]
    assert "SELECT words FROM nowhere" in text
    assert "# HEADING {#heading}" in text
    assert "| HEAD | {{ value | n }} |" in text
