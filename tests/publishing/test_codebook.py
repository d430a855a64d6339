"""The codebook and the dictionary say of every column what the descriptor says."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pypdf
import pytest

from vietnam_foreign_affairs.publishing.files import all_tables
from vietnam_foreign_affairs.publishing.formats import bibliography, codebook, dictionary


class Text(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.words, self.ids, self.links = "", [], []
        self.feed(page)

    def handle_data(self, data):
        self.words += data

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []


def plain(text):
    """Letters only: a page breaks lines, joins letters and turns quotation marks as it likes."""
    return re.sub(r"[\W_]+", "", text)


@pytest.fixture(scope="module")
def read(dist):
    pdf = pypdf.PdfReader(dist / codebook.FILE)
    page = Text((dist / codebook.PAGE).read_text(encoding="utf-8"))
    return {
        "pdf": plain("".join(sheet.extract_text() for sheet in pdf.pages)),
        "html": plain(page.words),
        "page": page,
        "title": pdf.metadata.title,
    }


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_the_codebook_describes_every_table_and_column(kind, read, published):
    for table in all_tables(published):
        for text in (table.title, table.title_vi, table.description, table.coverage.description):
            assert plain(text) in read[kind], table.name
    if kind == "html":  # a page of the PDF may end within a description
        for table in all_tables(published):
            for field in table.fields:
                assert plain(field.description) in read[kind], (table.name, field.name)
                unit = plain(f"Unit: {field.unit}.") if field.unit else ""
                assert unit in read[kind], (table.name, field.name)


def test_the_page_has_a_place_for_each_table_and_no_broken_link(read, published):
    page = read["page"]
    assert {table.name for table in published.tables} <= set(page.ids)
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert read["title"] == f"{published.descriptor['title']}: codebook"


def test_the_dictionary_has_a_row_a_column(dist, published):
    with (dist / dictionary.FILE).open(encoding="utf-8", newline="") as file:
        rows = {(row["table_name"], row["column_name"]): row for row in csv.DictReader(file)}
    fields = {(t.name, f.name): f for t in all_tables(published) for f in t.fields}
    assert list(rows) == list(fields)
    for name, field in fields.items():
        assert rows[name]["description"] == field.description
        assert rows[name]["allowed_values"].split() == [
            word for value in field.constraints.get("enum", ()) for word in str(value).split()
        ]
    assert rows["partners", "iso3"]["refers_to"] == "countries.iso3"


def test_what_tex_would_obey_is_text_in_the_bibliography():
    assert bibliography.escape(r"50% of {A} & B_1 #2 $3 ~ ^ \input") == (
        r"50\% of \{A\} \& B\_1 \#2 \$3 \textasciitilde{} \textasciicircum{} \textbackslash{}input"
    )


def test_words_of_a_stranger_are_text_in_the_codebook(little, tmp_path):
    def edit(descriptor, schemas, rows):
        schemas["places"]["fields"][1]["description"] = "#set text(1pt) <b>$ *bold* @x</b>"
        for resource in descriptor["resources"]:
            resource["rows"] = 1

    codebook.write(little("p", edit=edit), tmp_path)
    page = (tmp_path / codebook.PAGE).read_text(encoding="utf-8")
    assert "#set text(1pt) <b>$ *bold* @x</b>" in Text(page).words
    assert "<b>$" not in page
    assert io.BytesIO((tmp_path / codebook.FILE).read_bytes()).read(4) == b"%PDF"
