"""Rows explain themselves; tables and answers show what they are, in notebooks too."""

from __future__ import annotations

import dataclasses
import re

import pytest

import vietnam_foreign_affairs as vfa

DERIVED = [table for table in vfa.tables() if table.role == "derived"]


def test_a_row_names_its_sources_and_what_contradicts_it():
    con = vfa.connect()
    table, row_id, field, stated = con.sql(
        "SELECT table_name, row_id, field, stated_value FROM evidence "
        "WHERE relation = 'contradicts' AND field IS NOT NULL AND stated_value IS NOT NULL "
        "ORDER BY evidence_id LIMIT 1"
    ).fetchall()[0]
    found = vfa.explain(table, row_id)
    assert found.sources[0].relation == "cites"
    assert found.sources[0].url.startswith("http")
    assert (field, stated) in {(c.field, c.stated) for c in found.contradictions}
    assert all(c.source.publisher in repr(found) for c in found.contradictions)
    assert dataclasses.is_dataclass(found)


def test_a_row_says_how_exactly_it_is_known():
    upgrade = vfa.explain("partnership_upgrades", "2010-arg-cp")
    assert upgrade.precision == ("upgraded_on is known to the year only: 2010",)
    row_id, value = (
        vfa.connect()
        .sql(
            "SELECT observation_id, value FROM observations WHERE qualifier = 'nearly' "
            "AND phrase IS NOT NULL ORDER BY ALL LIMIT 1"
        )
        .fetchall()[0]
    )
    assert f"nearly {value:,.0f}" in " ".join(vfa.explain("observations", row_id).precision)


def test_a_row_has_the_account_of_its_discrepancies():
    subject, check = (
        vfa.connect()
        .sql("SELECT subject, check_id FROM discrepancies WHERE check_id = 'growth' LIMIT 1")
        .fetchall()[0]
    )
    found = vfa.explain("observations", subject).discrepancies
    assert check in {discrepancy.check_id for discrepancy in found}


def test_a_row_has_its_corrections():
    table, row_id, reason = (
        vfa.connect()
        .sql(
            "SELECT table_name, row_id, reason FROM corrections JOIN row_sources "
            "USING (table_name, row_id) WHERE field IS NOT NULL ORDER BY correction_id LIMIT 1"
        )
        .fetchall()[0]
    )
    found = vfa.explain(table, row_id)
    assert reason in {correction["reason"] for correction in found.corrections}
    assert reason in repr(found)


def test_a_derived_row_has_the_sources_of_the_rows_that_it_names():
    partner = vfa.explain("partners", "FRA")
    upgrade = vfa.explain("partnership_upgrades", partner.row["upgrade_id"])
    assert partner.sources == upgrade.sources
    assert set(upgrade.sources) < set(vfa.explain("country_years", "FRA/2024").sources)


def test_an_unknown_row_is_told_how_rows_are_named():
    with pytest.raises(vfa.PackageError, match="group_id/iso3, for example"):
        vfa.explain("country_groups", "nothing")
    with pytest.raises(vfa.PackageError, match="partners"):
        vfa.explain("partner", "FRA")
    with pytest.raises(vfa.PackageError, match="evidence has no row '7'"):
        vfa.explain("evidence", 7)


@pytest.mark.xdist_group("dist")
@pytest.mark.parametrize("table", DERIVED, ids=lambda table: table.name)
def test_a_derived_table_is_the_file_of_the_release(table, dist):
    from vietnam_foreign_affairs.database import scan_sql
    from vietnam_foreign_affairs.package import Package

    published = Package(dist).table(table.name)
    assert published._replace(path=table.path) == table
    con = vfa.connect()
    file = con.sql(f"FROM {scan_sql(published)}")
    relation = vfa.read(table.name)
    assert (relation.columns, relation.types) == (file.columns, file.types)
    assert relation.fetchall() == file.fetchall()


def test_tables_show_what_they_are():
    tables = vfa.tables()
    assert len(tables) == len(vfa.connect().sql("FROM duckdb_tables()").fetchall()) + len(DERIVED)
    assert re.search(r"^partners +derived +Partners today$", repr(tables), re.M)
    assert "value" in repr(next(t for t in tables if t.name == "observations"))
    assert "<td>partners</td>" in tables._repr_html_()


def test_html_escapes_what_cells_hold_and_links_addresses_only():
    found = vfa.explain("partners", "FRA")
    evil = dataclasses.replace(found, row={"name": "<script>alert(1)</script>"}, row_id='"><b>')
    assert "<script>" not in evil._repr_html_()
    assert "<b>&quot;" not in evil._repr_html_().replace("<b>partners &quot;", "")
    field = vfa.tables()[0].fields[0]._replace(description="javascript:alert(1) <i>")
    page = vfa.tables()[0]._replace(fields=(field,))._repr_html_()
    assert "<i>" not in page
    assert "href" not in page


def test_a_notebook_shows_an_answer_as_a_table():
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.io import capture_output

    shell = InteractiveShell.instance()
    try:
        with capture_output() as shown:
            shell.run_cell(
                "import vietnam_foreign_affairs as vfa\nvfa.read('partners')", silent=False
            )
            data, _ = shell.display_formatter.format(vfa.read("partners"))
        assert "<td>Argentina</td>" in data["text/html"]
        assert "Argentina" in data["text/plain"]
        assert shown
    finally:
        InteractiveShell.clear_instance()


def test_a_data_frame_says_what_it_is():
    frame = vfa.read("trade_agreements", format="pandas")
    assert frame.attrs["license"] == "CC-BY-4.0"
    assert frame.attrs["citation"] == vfa.cite(table="trade_agreements")
    assert vfa.read("observations", format="pandas").attrs["units"]["value"]
    assert frame[frame.columns[:2]].attrs == frame.attrs
    asked = vfa.query("partners_as_of", format="pandas")
    assert asked.attrs["citation"] == vfa.cite()


@pytest.mark.parametrize("style", ["text", "bibtex", "apa", "ris"])
def test_a_table_is_cited_in_every_style(style):
    whole, part = vfa.cite(style), vfa.cite(style, table="partnership_upgrades")
    for text in (whole, part):
        assert vfa.__version__ in text
        assert "Vietnam Foreign Affairs contributors" in text
        assert "2026" in text
    assert "Partnership upgrades" in part
    assert "Partnership upgrades" not in whole
    assert "/tables/partnership_upgrades/" in part


def test_ris_and_bibtex_are_as_their_readers_want_them():
    lines = vfa.cite("ris", table="partners").split("\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-1] == "ER  - "
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    entry = vfa.cite("bibtex", table="partnership_upgrades")
    assert entry.count("{") == entry.count("}")
    assert r"partnership\_upgrades" in entry
