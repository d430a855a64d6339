"""Who were the comprehensive strategic partners at the end of 2024, and who says so?

Each format answers, read with the tool of those who use it.
"""

from __future__ import annotations

import csv
import json
import sqlite3

import bibtexparser
import duckdb
import pandas
import polars
import pyreadstat
import pytest

from vietnam_foreign_affairs import questions
from vietnam_foreign_affairs.database import connect

DAY = "2024-12-31"


def of_csv(dist, name):
    folder = "derived" if name == "partnership_spells" else "tables"
    with (dist / folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_jsonl(dist, name):
    lines = (dist / f"jsonl/{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def of_parquet_with_polars(dist, name):
    return polars.read_parquet(dist / f"parquet/{name}.parquet").to_dicts()


def of_parquet_with_duckdb(dist, name):
    con = duckdb.connect()
    found = con.sql(f"FROM '{dist}/parquet/{name}.parquet'")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def of_stata_with_pyreadstat(dist, name):
    frame, _ = pyreadstat.read_dta(dist / f"stata/{name}.dta")
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def of_stata_with_pandas(dist, name):
    frame = pandas.read_stata(dist / f"stata/{name}.dta")
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def of_xlsx_with_pandas(dist, name):
    frame = pandas.read_excel(
        dist / "vietnam-foreign-affairs.xlsx",
        name,
        keep_default_na=False,
        na_values=[""],
        engine_kwargs={"read_only": True},
    )
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


READERS = [
    of_csv,
    of_jsonl,
    of_parquet_with_polars,
    of_parquet_with_duckdb,
    of_stata_with_pyreadstat,
    of_stata_with_pandas,
    of_xlsx_with_pandas,
]


@pytest.fixture(scope="module")
def answer(published):
    """Country and page, as the named question has it."""
    con = connect(published)
    found = questions.run(
        con, questions.find(published, "comprehensive_strategic_partners"), day=DAY
    )
    places = [found.columns.index(name) for name in ("iso3", "url")]
    rows = {tuple(row[place] for place in places) for row in found.fetchall()}
    assert len(rows) == 9
    return rows


@pytest.mark.parametrize("read", READERS)
def test_files_of_tables_answer(read, dist, answer):
    pages = {row["source_id"]: row["url"] for row in read(dist, "sources")}
    held = {
        (row["iso3"], pages[row["source_id"]])
        for row in read(dist, "partnership_spells")
        if row["tier_id"] == "csp"
        and str(row["valid_from"])[:10] <= DAY
        and (not row["valid_to"] or str(row["valid_to"])[:10] > DAY)
    }
    assert held == answer


def test_the_panel_answers(dist, answer):
    panel = pandas.read_stata(dist / "stata/country_years.dta")
    held = panel[(panel.year == 2024) & (panel.tier_id == "csp")]
    steps = pandas.read_stata(dist / "stata/partnership_upgrades.dta")[["upgrade_id", "source_id"]]
    pages = pandas.read_stata(dist / "stata/sources.dta")[["source_id", "url"]]
    held = held.merge(steps, on="upgrade_id").merge(pages, on="source_id")
    assert set(zip(held.iso3, held.url, strict=True)) == answer


def test_the_database_files_answer(dist, published, answer):
    sql = (
        "SELECT s.iso3, p.url FROM partnership_spells s JOIN sources p USING (source_id) WHERE "
        f"tier_id = 'csp' AND valid_from <= '{DAY}' AND (valid_to IS NULL OR valid_to > '{DAY}')"
    )
    with duckdb.connect(str(dist / f"{published.name}.duckdb"), read_only=True) as con:
        assert set(con.execute(sql).fetchall()) == answer
    con = sqlite3.connect(dist / f"{published.name}.sqlite")
    assert set(con.execute(sql).fetchall()) == answer
    con.close()


def test_the_bibliography_has_every_page_under_the_id_that_rows_cite(dist, published, answer):
    library = bibtexparser.parse_file(str(dist / "sources.bib"), encoding="utf-8")
    assert library.failed_blocks == []
    found = {entry.key: entry.fields_dict for entry in library.entries}
    sources = {row["source_id"]: row for row in of_csv(dist, "sources")}
    assert found.keys() == sources.keys()
    for key, fields in found.items():
        assert fields["url"].value == sources[key]["url"].replace("{", "%7B").replace("}", "%7D")
        assert fields["urldate"].value == sources[key]["accessed_on"]
        assert ("date" in fields) == bool(sources[key]["published_on"])
    assert {url for _, url in answer} <= {fields["url"].value for fields in found.values()}
