"""For every reader: assistive technology, small screens, no JavaScript, Vietnamese."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

import vietnam_foreign_affairs as vfa
from vietnam_foreign_affairs.package import package

from .conftest import ROOT, kinds

VENDOR = Path(__file__).parent / "vendor"
AXE = """async (rules) => {
    const result = await axe.run(document, {
        runOnly: rules ?? ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        resultTypes: ["violations"],
    });
    const some = (nodes) => nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ");
    return result.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.length}) ${some(v.nodes)}`);
}"""


@pytest.mark.parametrize(
    ("scheme", "rules"), [("light", None), ("dark", ["color-contrast", "link-in-text-block"])]
)
@pytest.mark.parametrize("share", range(3))
def test_no_accessibility_violations(visit, scheme, rules, share):
    """All rules; in the dark those that the colours can break."""
    wrong = []
    with visit(color_scheme=scheme, bypass_csp=True) as visitor:
        for path in kinds()[share::3]:
            page = visitor.go(path)
            page.add_script_tag(path=VENDOR / "axe.min.js")
            page.evaluate(
                "document.querySelectorAll('figure details').forEach((d) => d.open = true)"
            )
            wrong += [f"{path} ({scheme}): {v}" for v in page.evaluate(AXE, rules)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_is_accessible_too(visit, scheme):
    """The search with its results, sources and folded parts, the navigation of a phone."""
    wrong = []
    with visit(color_scheme=scheme, bypass_csp=True) as visitor:
        for path in ("", "vi/"):
            page = visitor.go(path)
            searched(page, "Lao")
            page.add_script_tag(path=VENDOR / "axe.min.js")
            wrong += [f"{path} search: {v}" for v in page.evaluate(AXE)]
        for path in ("countries/CUB/", "tables/unesco_titles/", "reconciliation/", "stories/map/"):
            page = visitor.go(path)
            page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
            page.add_script_tag(path=VENDOR / "axe.min.js")
            wrong += [f"{path} unfolded: {v}" for v in page.evaluate(AXE)]
    with visit(width=390, height=800, color_scheme=scheme, bypass_csp=True) as visitor:
        page = visitor.go("tables/events/")
        page.locator("label.md-header__button[for=__drawer]").click()
        page.add_script_tag(path=VENDOR / "axe.min.js")
        wrong += [f"navigation of a phone: {v}" for v in page.evaluate(AXE)]
    assert not wrong, "\n".join(wrong)


def test_console_with_an_answer_is_accessible(visit):
    with visit(bypass_csp=True) as visitor:
        page = visitor.go("console/#q=FROM%20partners")
        page.wait_for_selector(".console-result tbody tr", timeout=15_000)
        page.add_script_tag(path=VENDOR / "axe.min.js")
        assert page.evaluate(AXE) == []


def test_no_page_scrolls_sideways_on_a_small_screen(visit):
    wide = {}
    with visit(width=360, height=740) as visitor:
        for path in kinds():
            page = visitor.go(path)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 360:
                wide[path] = width
    assert not wide


def test_without_javascript_tables_and_charts_are_there(visit):
    with visit(java_script_enabled=False) as visitor:
        page = visitor.go("stories/map/")
        assert page.locator("figure.chart svg path").count() > 150
        assert not page.locator(".slider").is_visible()
        page = visitor.go("tables/partnership_upgrades/")
        rows = package().table("partnership_upgrades").path.read_text().count("\n") - 1
        assert page.locator(".rows tbody tr").count() == rows
        first = page.locator(".rows tbody tr").first
        first.locator("summary").click()
        assert first.get_by_role("link", name="Report an error").is_visible()
        page = visitor.go("tables/sources/")
        assert page.get_by_role("link", name="All rows as CSV").is_visible()
        page = visitor.go("console/")
        assert "needs JavaScript" in page.locator("noscript, .console").first.inner_text()


def test_print_leaves_controls_out(visit):
    with visit() as visitor:
        page = visitor.go("stories/map/")
        page.emulate_media(media="print")
        for control in (".slider", ".md-header", ".open-sql"):
            assert not page.locator(control).first.is_visible()
        assert page.locator("figure.chart svg").is_visible()


def test_rows_are_sorted_and_filtered(visit):
    with visit() as visitor:
        page = visitor.go("tables/unesco_titles/")
        head = page.locator('.rows th[data-name="inscribed_on"]')
        head.get_by_role("button", name="Inscribed on").click()
        assert head.get_attribute("aria-sort") == "ascending"
        place = head.evaluate("(head) => head.cellIndex") + 1
        dates = page.locator(f".rows tbody tr td:nth-child({place})").all_inner_texts()
        known = [text for text in dates if text]
        assert len(known) > 50
        assert known == sorted(known)
        every = page.locator(".rows output").inner_text()
        page.locator(".rows input[type=search]").fill("ha long")
        expect(page.locator(".rows output")).not_to_have_text(every)
        visible = page.locator(".rows tbody tr:visible").all_inner_texts()
        assert visible
        assert all("Long" in row for row in visible)


def test_a_link_to_a_row_of_a_large_table_shows_it(visit):
    table = package().table("sources")
    last = table.path.read_text(encoding="utf-8").splitlines()[-1].split(",")[0]
    with visit() as visitor:
        page = visitor.go(f"tables/sources/#{last}")
        expect(page.locator(f'[id="{last}"]')).to_be_in_viewport()
        total = f"{table.path.read_text().count(chr(10)) - 1:,}"
        assert page.locator(".rows-pager output").inner_text().endswith(f"of {total}")
        assert not visitor.problems


def test_a_large_table_is_read_a_page_at_a_time(visit):
    ids = [row.split(",")[0] for row in package().table("sources").path.read_text().split("\n")[1:]]
    with visit() as visitor:
        page = visitor.go("tables/sources/")
        page.get_by_role("button", name="Next rows").click()
        page.wait_for_selector(f'[id="{ids[200]}"]')
        assert page.locator(".rows tbody tr").count() == 200
        page.get_by_role("button", name="Previous rows").click()
        expect(page.locator(".rows tbody tr").first).to_have_attribute("id", ids[0])
        # A row that came later has its cells and its links as one that was there.
        page.locator(".rows input[type=search]").fill(ids[-2])
        expect(page.locator(".rows tbody tr")).to_have_count(1)
        row = page.locator(f'[id="{ids[-2]}"]')
        assert row.get_by_role("link", name=f"Report an error in {ids[-2]}").is_visible()
        assert not visitor.problems


def test_rows_are_chosen_by_a_value(visit):
    rows = vfa.read("high_level_visits").filter("direction = 'inbound' AND kind = 'state'")
    with visit() as visitor:
        page = visitor.go("tables/high_level_visits/")
        page.get_by_label("Direction").select_option("inbound")
        page.get_by_label("Kind").select_option("state")
        expect(page.locator(".rows-bar output")).to_have_text(f"{len(rows)} rows")
        assert page.locator(".rows tbody tr").count() == len(rows)


@pytest.mark.parametrize("width", [1280, 390])
def test_rows_show_what_they_are_about_first(visit, width):
    """Names instead of ids; the heading stays, and the sideways bar is on the screen."""
    first = {
        "high_level_visits": ["Leader", "Starts on", "Ends on", "Country"],
        "observations": ["Indicator", "Period starts on", "Period ends on", "Stated on", "Value"],
        "diplomatic_relations": ["Country", "Established on"],
        "countries": ["Name (English)"],
    }
    with visit(width=width, height=800) as visitor:
        for name, columns in first.items():
            page = visitor.go(f"tables/{name}/")
            heads = page.locator(".rows thead th")
            assert heads.all_inner_texts()[: len(columns)] == columns
            box = page.locator(".rows .scroll")
            box.scroll_into_view_if_needed()
            box.evaluate("(box) => { box.scrollTop = 2000; box.scrollIntoView({block: 'end'}) }")
            place, head = box.bounding_box(), heads.first.bounding_box()
            assert abs(head["y"] - place["y"]) < 3
            assert place["y"] + place["height"] <= 801
        page = visitor.go("tables/high_level_visits/")
        assert page.locator(".rows thead th").last.get_attribute("data-name") == "visit_id"
        row = page.locator(".rows tbody tr", has_text="Tô Lâm").first
        shown = [cell.inner_text() for cell in row.locator("td").all()[:3]]
        assert row.locator(".name").inner_text() == "Tô Lâm"
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", shown[0])
        assert not re.fullmatch("[A-Z]{3}", shown[2])


def test_a_row_shows_its_sources_and_what_contradicts_it(visit):
    with visit() as visitor:
        page = visitor.go("tables/diplomatic_relations/")
        row = page.locator(".rows tbody tr", has=page.locator(".against")).first
        row.locator("summary").click()
        assert row.get_by_text("Contradicts").first.is_visible()
        report = row.get_by_role("link", name="Report an error")
        fields = parse_qs(urlsplit(report.get_attribute("href")).query)
        form = ROOT / ".github/ISSUE_TEMPLATE" / fields.pop("template")[0]
        known = set(re.findall(r"^    id: (\w+)$", form.read_text(encoding="utf-8"), re.M))
        assert set(fields) - {"title"} <= known
        assert fields["row"][0] == f"diplomatic_relations, {row.get_attribute('id')}"


def searched(page, typed: str) -> list[str]:
    """Where the results of a search lead, the first first."""
    page.locator(".md-search__input").click()
    page.keyboard.type(typed)
    page.wait_for_selector(".md-search-result__link")
    page.wait_for_timeout(300)
    return page.locator(".md-search-result__item > a").evaluate_all(
        "(links) => links.map((link) => link.href)"
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("đối tác chiến lược", "countries/|tables/|stories/|glossary/|vi/"),
        ("doi tac chien luoc toan dien", "tables/partnership_tiers/|glossary/|vi/|stories/"),
        ("vinh ha long", "tables/unesco_titles/"),
        ("Tuvalu", "countries/TUV/"),
        ("han quoc", "countries/KOR/"),
    ],
)
def test_search_finds_vietnamese_with_and_without_marks(visit, typed, found):
    with visit() as visitor:
        page = visitor.go("")
        assert not [u for u in visitor.requested if "search_index" in u]
        links = searched(page, typed)[:5]
        assert [link for link in links if any(part in link for part in found.split("|"))], links
        assert not visitor.problems


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Hoa Kỳ", "countries/USA/"),
        ("Mỹ", "countries/USA/"),
        ("UK", "countries/GBR/"),
        ("Turkey", "countries/TUR/"),
        ("South Korea", "countries/KOR/"),
        ("Laos", "countries/LAO/"),
        ("Miến Điện", "countries/MMR/"),
        ("mien dien", "countries/MMR/"),
        ("To Lam", "tables/leaders/"),
    ],
)
def test_the_first_that_search_finds_is_what_is_called_so(visit, typed, first):
    with visit() as visitor:
        links = searched(visitor.go(""), typed)
        assert first in links[0], links


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Turkey", "TUR"), ("Laos", "LAO"), ("South Korea", "KOR"), ("my", "USA"), ("UK", "GBR"),
     ("Hoa Kỳ", "USA"), ("Burma", "MMR"), ("Gia Nã Đại", "CAN"), ("GBR", "GBR")],
)  # fmt: skip
def test_countries_are_found_by_every_name(visit, typed, code):
    with visit() as visitor:
        page = visitor.go("countries/")
        page.locator(".rows input[type=search]").fill(typed)
        expect(page.locator(f'.rows a[href$="/{code}/"]')).to_be_visible()
        expect(page.locator('.rows a[href$="/BRA/"]')).to_be_hidden()


def test_language_switch_leads_to_the_counterpart_and_back(visit):
    with visit() as visitor:
        page = visitor.go("reconciliation/")
        page.get_by_role("link", name="Tiếng Việt").click()
        assert page.url.endswith("/vi/reconciliation/")
        assert page.locator("html").get_attribute("lang") == "vi"
        assert page.get_by_role("heading", level=1).inner_text().startswith("Số liệu công bố")
        page.get_by_role("link", name="Biểu đồ", exact=True).first.click()
        page.get_by_role("link", name="Bản đồ đối tác").first.click()
        assert page.url.endswith("/vi/stories/map/")
        assert "đối tác chiến lược toàn diện" in page.locator("article").inner_text()
        page.get_by_role("link", name="English").click()
        assert page.url.endswith("/stories/map/")
        assert page.locator("html").get_attribute("lang") == "en"


def test_vendored_files_are_what_their_sums_say():
    for folder in (VENDOR, ROOT / "docs" / "assets" / "vendor"):
        listed = {}
        for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
            digest, name = line.split("  ", 1)
            listed[name] = digest
        found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        assert found == listed.keys() | {"SHA256SUMS"}
        for name, digest in listed.items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        assert any("LICENSE" in name for name in found)


def test_a_country_is_told_in_words(visit):
    """Sentences, no codes; each figure is that of the record."""
    with visit() as visitor:
        page = visitor.go("countries/FRA/")
        words = page.locator("main").inner_text()
        assert "have had diplomatic relations since 12 April 1973" in words
        assert "they are in a comprehensive strategic partnership" in words
        con = vfa.connect()
        visits = (
            "SELECT count(*) FROM high_level_visits WHERE iso3 = 'FRA' AND direction = 'outbound'"
        )
        assert f"{con.sql(visits).fetchone()[0]} visits there by leaders of Viet Nam" in words
        for code in ("drv", "outbound", "inbound", "head_of", "unsc_permanent", "none_found"):
            assert code not in words
        assert not re.search(r"^(exact|about|over|nearly)\b", words, re.M)
        assert not visitor.problems


def test_a_country_has_its_time_line_its_file_and_its_neighbours(visit, site):
    with visit() as visitor:
        page = visitor.go("countries/JPN/")
        page.locator('figure[data-chart="timeline"] .chart-view').focus()
        page.keyboard.press("ArrowRight")
        assert "1973-09-21" in page.locator(".chart-tip").inner_text()
        rows = json.loads((site / "countries/JPN.json").read_text(encoding="utf-8"))
        ours = vfa.query("country_file", country="JPN").fetchall()
        assert [row["row_id"] for row in rows] == [row[2] for row in ours]
        lines = (site / "countries/JPN.csv").read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(ours) + 1
        page.get_by_role("link", name="Jordan →").click()
        assert page.url.endswith("/countries/JOR/")


def test_a_country_without_relations_says_so(visit):
    with visit() as visitor:
        page = visitor.go("countries/IND/")
        assert page.get_by_role("heading", name="India").is_visible()
        names = [
            name
            for (name,) in vfa.connect()
            .sql(
                "SELECT iso3 FROM countries ANTI JOIN diplomatic_relations USING (iso3) "
                "WHERE iso3 NOT IN (SELECT iso3 FROM partnership_upgrades) LIMIT 3"
            )
            .fetchall()
        ]
        for iso3 in names:
            page = visitor.go(f"countries/{iso3}/")
            assert "have had diplomatic relations" not in page.locator("main").inner_text()
