"""What people come for, in three steps at most and without SQL."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

import vietnam_foreign_affairs as vfa

from .test_readers import searched


@pytest.mark.parametrize(
    ("home", "country", "words"),
    [("", "Japan", "strategic partner"), ("vi/", "Nhật Bản", "đối tác chiến lược")],
)
def test_partners_on_a_day_and_who_says_so(visit, home, country, words):
    """Step 1: the day on the map; 2: the list; 3: the country, with the sources of its steps."""
    partners = vfa.query("partners_as_of", day="2023-10-01")
    with visit() as visitor:
        page = visitor.go(f"{home}stories/map/")
        page.locator(".slider input[type=date]").fill("2023-10-01")
        page.locator(".on-day summary").click()
        listed = page.locator(".on-day li")
        special = "FROM partnership_spells WHERE tier_id = 'special' AND valid_to IS NULL"
        assert listed.count() >= len(partners.fetchall())
        assert vfa.connect().sql(f"SELECT count(*) {special}").fetchone()[0] >= 1
        row = listed.filter(has_text=country)
        assert words in row.inner_text()
        row.get_by_role("link").click()
        page.wait_for_url("**/countries/JPN/#partnership")
        sources = page.locator("ol.ladder details.sources").first
        sources.locator("summary").click()
        assert sources.locator("li a").first.get_attribute("href").startswith("http")


def test_the_relations_with_brazil_and_how_certain_they_are(visit):
    with visit() as visitor:
        page = visitor.go("")
        links = searched(page, "Brazil")
        assert links[0].endswith("/countries/BRA/")
        page.locator(".md-search-result__item > a").first.click()
        page.wait_for_url("**/countries/BRA/**")
        ladder = page.locator("ol.ladder")
        rows = vfa.read("partnership_upgrades").filter("iso3 = 'BRA'").project("confidence")
        for (confidence,) in rows.fetchall():
            assert f"confidence: {confidence}" in ladder.inner_text()


def test_the_seventeen_upgrades_of_2025(visit):
    with visit() as visitor:
        page = visitor.go("")
        page.get_by_role("link", name="2025 item by item").click()
        item = page.get_by_role("link", name=re.compile("Partnerships and diplomatic relations"))
        item.first.click()
        words = page.locator("main").inner_text()
        assert "The record names sixteen" in words
        for name in ("Algeria", "Switzerland", "Thailand", "Sweden"):
            assert name in words


def test_trade_as_a_file_and_as_a_picture(visit):
    with visit() as visitor:
        page = visitor.go("stories/")
        page.locator("article").get_by_role("link", name=re.compile("^Exports grew")).click()
        with page.expect_download() as csv:
            page.locator(".chart-files").get_by_role("link", name="CSV").click()
        lines = csv.value.path().read_text(encoding="utf-8").splitlines()
        years = {line.split(",")[0] for line in lines[1:]}
        assert {str(year) for year in range(2016, 2026)} <= years
        with page.expect_download() as picture:
            page.locator(".chart-files").get_by_role("link", name="PNG").click()
        assert picture.value.path().read_bytes()[:4] == b"\x89PNG"


def test_every_row_about_cuba(visit):
    with visit() as visitor:
        page = visitor.go("countries/")
        page.locator(".rows input[type=search]").fill("Cuba")
        page.locator(".rows").get_by_role("link", name="Cuba", exact=True).click()
        page.wait_for_url("**/countries/CUB/")
        with page.expect_download() as file:
            page.get_by_role("link", name="CSV", exact=True).click()
        lines = file.value.path().read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(vfa.query("country_file", country="CUB").fetchall()) + 1


def test_what_nearly_means(visit):
    with visit() as visitor:
        page = visitor.go("")
        searched(page, "nearly qualifier")
        page.locator(".md-search-result__item > a").filter(
            has_text=re.compile("ualifier")
        ).first.click()
        page.wait_for_load_state()
        expect(page.get_by_text("up to ten per cent less").first).to_be_visible()


def test_an_error_in_a_row_is_reported(visit):
    with visit() as visitor:
        page = visitor.go("tables/unesco_titles/#yen-tu")
        row = page.locator("tr#yen-tu")
        row.locator("summary").click()
        address = row.get_by_role("link", name="Report an error in this row").get_attribute("href")
        fields = parse_qs(urlsplit(address).query)
        assert fields["row"] == ["unesco_titles, yen-tu"]
        assert fields["template"] == ["wrong-or-missing-fact.yml"]


def test_an_answer_and_a_row_are_shared(visit):
    with visit() as visitor:
        page = visitor.go("console/")
        page.get_by_label("Named queries, tables and views").select_option(label="Events")
        page.wait_for_selector(".console-result tbody tr", timeout=30_000)
        link = page.url
        assert "#q=" in link
        page = visitor.go(link.removeprefix(visitor.url))
        page.wait_for_selector(".console-result tbody tr", timeout=30_000)
        page = visitor.go("tables/events/")
        row = page.locator("table.data tbody tr").nth(1)
        row.get_by_role("link", name=re.compile("^Link to ")).click()
        assert page.url.endswith(f"#{row.get_attribute('id')}")


def test_a_table_is_cited(visit):
    with visit() as visitor:
        page = visitor.go("tables/events/")
        page.get_by_role("link", name="Cite it").click()
        quotation = page.locator("#cite-it ~ blockquote").inner_text()
        assert "Events" in quotation
        assert "/tables/events/" in quotation
