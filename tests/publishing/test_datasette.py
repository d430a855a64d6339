"""Datasette over the SQLite file, started as the page says and asked as a browser asks."""

from __future__ import annotations

import json
import re
import shlex
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import yaml

from tests.conftest import ROOT
from vietnam_foreign_affairs import questions
from vietnam_foreign_affairs.database import connect
from vietnam_foreign_affairs.publishing.files import all_tables
from vietnam_foreign_affairs.publishing.formats.sqlite import gives_the_same

NAME = "vietnam-foreign-affairs"
PAGE = (ROOT / "docs/releasing.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def words(dist):
    return yaml.safe_load((dist / "datasette.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def ask(dist, tmp_path_factory):
    """Ask a server for a path; its JSON or its page."""
    command = shlex.split(re.search(r"^datasette .+$", PAGE, re.M)[0])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("datasette") / "log"
    program = Path(sys.executable).parent / command[0]
    with log.open("w") as out:
        server = subprocess.Popen(
            [program, *command[1:], "--port", str(port)], cwd=dist, stdout=out, stderr=out
        )

    def get(path, **params):
        query = f"?{urlencode(params)}" if params else ""
        with urlopen(f"http://127.0.0.1:{port}/{path}{query}", timeout=60) as answer:
            body = answer.read().decode()
        return json.loads(body) if path.endswith(".json") else body

    try:
        for _ in range(300):
            try:
                get("-/versions.json")
                break
            except URLError:
                assert server.poll() is None, log.read_text()
                time.sleep(0.2)
        yield get
    finally:
        server.terminate()
        server.wait(30)


def test_it_says_what_the_descriptor_says(ask, published):
    assert published.descriptor["title"] in ask("")
    for table in (published.table("sources"), published.table("country_years")):
        page = ask(f"{NAME}/{table.name}", _size=1)
        assert table.description.replace("'", "&#39;") in page
        assert published.descriptor["homepage"] in page
    found = ask(f"{NAME}/observations.json", _size=1, _shape="array")
    assert len(found) == 1


def test_every_table_is_there_with_its_rows(ask, published, csv_rows):
    tables = {table["name"]: table for table in ask(f"{NAME}.json")["tables"]}
    for table in all_tables(published):
        assert tables[table.name]["count"] == len(csv_rows[table.name])


def test_a_row_leads_to_its_source_by_name(ask):
    page = ask(f"{NAME}/partners", iso3="JPN")
    source = ask(f"{NAME}/partners.json", iso3="JPN", _shape="array")[0]["source_id"]
    title = ask(f"{NAME}/sources.json", source_id=source, _shape="array")[0]["title"]
    assert title[:20].replace("&", "&amp;").replace("'", "&#39;") in page


def test_search_and_facets_work(ask):
    found = ask(f"{NAME}/sources.json", _search="đoi tac chien luoc", _shape="array")
    assert found
    assert "Đối tác chiến lược".lower() in found[0]["title"].lower()
    facets = ask(f"{NAME}/high_level_visits.json", _size=1)["facet_results"]
    assert {"direction", "kind"} <= facets.keys()


def test_the_question_is_answered(ask, published):
    asked = ask(f"{NAME}/comprehensive_strategic_partners.json", day="2024-12-31", _shape="array")
    query = questions.find(published, "comprehensive_strategic_partners")
    wanted = questions.run(connect(published), query, day="2024-12-31")
    assert [row["iso3"] for row in asked] == [row[1] for row in wanted.fetchall()]
    assert all(row["url"].startswith("http") and row["said_by"] for row in asked)


OTHERS = {"day": "2012-06-30", "year": "2001", "country": "JPN", "indicator": "partners_total"}


def test_questions_give_the_rows_of_duckdb_with_other_values_too(dist, published, words):
    offered = words["databases"][NAME]["queries"]
    con, duck = sqlite3.connect(dist / f"{NAME}.sqlite"), connect(published)
    asked = 0
    for query in questions.queries(published):
        if query.name not in offered:
            continue
        params = {p.name: OTHERS.get(p.name, p.default) for p in query.parameters}
        rows = questions.run(duck, query, **params).fetchall()
        assert gives_the_same(con, offered[query.name]["sql"], lambda rows=rows: rows, **params), (
            query.name
        )
        asked += bool(rows)
    con.close()
    assert asked >= 20
    for name in ("partners_as_of", "country_ladder", "year_explained", "sources_of_country"):
        assert name in offered


def test_what_it_does_not_offer_is_named_in_the_file_and_on_the_page(dist, published, words):
    second = (dist / "datasette.yaml").read_text(encoding="utf-8").splitlines()[1]
    missing = {q.name for q in questions.queries(published)} - set(
        words["databases"][NAME]["queries"]
    )
    assert set(second.split(": ")[1].rstrip(".").split(", ")) == missing
    section = PAGE.split("## Datasette")[1].split("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", section.split("but")[1])) == missing
