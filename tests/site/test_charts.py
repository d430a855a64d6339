"""Charts: the slider, the legend, labels by keyboard, and how they look."""

from __future__ import annotations

import csv
import io
import itertools
import math
import os
import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

import vietnam_foreign_affairs as vfa

from .conftest import ROOT

APPROVED = Path(__file__).parent / "approved"
CHARTS = sorted(path.stem for path in (ROOT / "docs" / "charts").glob("*.sql"))


def _partners(day: str) -> int:
    con = vfa.connect()
    states = f"FROM partners_as_of(DATE '{day}') WHERE iso3 <> 'EUU'"
    return con.sql(f"SELECT count(*) {states}").fetchone()[0]


def test_the_map_goes_from_change_to_change_by_keyboard(visit):
    with visit() as visitor:
        page = visitor.go("stories/map/")
        slider = page.get_by_role("slider", name="From change to change")
        slider.focus()
        page.keyboard.press("Home")
        words = page.locator(".slider output")
        assert words.inner_text().startswith("2001-03-01: 1 partner states")
        page.keyboard.press("ArrowRight")
        day = page.get_by_label("Day", exact=True).input_value()
        assert day > "2001-03-01"
        assert words.inner_text().startswith(f"{day}: {_partners(day)} partner states")
        assert slider.get_attribute("aria-valuetext") == words.inner_text()
        page.keyboard.press("End")
        assert page.locator('svg [data-l="IDN"]').first.get_attribute("fill") == "var(--c-csp)"


@pytest.mark.parametrize("day", ["2001-03-01", "2008-06-01", "2013-09-25", "2023-10-01"])
def test_the_map_shows_any_day_as_the_data_have_it(visit, day):
    with visit() as visitor:
        page = visitor.go("stories/map/")
        page.get_by_label("Day", exact=True).fill(day)
        words = page.locator(".slider output").inner_text()
        assert words.startswith(f"{day}: {_partners(day)} partner states")
        page.locator('svg [data-l="CHN"]').first.hover()
        assert ("since 2008-06-01" in page.locator(".chart-tip").inner_text()) == (
            day >= "2008-06-01"
        )


def test_a_country_of_the_map_leads_to_its_page(visit):
    with visit() as visitor:
        page = visitor.go("stories/map/")
        page.locator('svg [data-l="AUS"]').first.click()
        page.wait_for_url("**/countries/AUS/")
        page = visitor.go("vi/stories/map/")
        page.locator(".chart-view").focus()
        page.keyboard.press("ArrowRight")
        iso3 = page.locator("svg .current").get_attribute("data-l")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/vi/countries/{iso3}/")


def test_each_chart_says_what_was_found_and_can_be_taken_along(site, visit):
    """The heading is a finding; source, last check, files and an address to embed stand below."""
    with visit(java_script_enabled=False) as visitor:
        for lang in ("", "vi/"):
            for name in CHARTS:
                page = visitor.go(f"{lang}stories/{name}/")
                heading = page.locator("h1").inner_text()
                assert re.search(r"\d", heading), heading
                about = page.locator("figure.chart .chart-about").inner_text()
                assert re.search(r"\d{4}", about)
                assert page.locator("figure.chart .chart-about a").count() >= 1
                code = page.locator("figure.chart .embed code").text_content()
                assert f"{lang}stories/{name}/" in code
                image = re.search(r"charts/[\w-]+\.svg", code)[0]
                svg = (site / image).read_text(encoding="utf-8")
                assert "var(" not in svg
                assert "currentColor" not in svg
                picture = Image.open((site / image).with_suffix(".png"))
                assert picture.width > 500


def test_the_tiers_are_told_apart_by_those_who_see_no_red_or_green(visit):
    """Colours as deuteranopes see them (Machado and others, 2009) differ by 15 or more in CIELAB,
    and the higher tier is the stronger contrast with the page."""
    for scheme in ("light", "dark"):
        with visit(color_scheme=scheme) as visitor:
            page = visitor.go("stories/map/")
            named = "getComputedStyle(document.body).getPropertyValue"
            seen = {
                name: _seen(page.evaluate(f"{named}('--c-{name}')").strip())
                for name in ("csp", "sp", "cp", "special", "land")
            }
            ground = 100 if scheme == "light" else 0
        for one, other in itertools.combinations(seen.values(), 2):
            assert math.dist(one, other) >= 15
        contrast = [abs(ground - seen[name][0]) for name in ("csp", "sp", "cp")]
        assert contrast == sorted(contrast, reverse=True)


def _seen(colour: str) -> tuple[float, float, float]:
    """A colour as a deuteranope sees it, in CIELAB."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    loss = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
            (-0.01182, 0.04294, 0.968881))  # fmt: skip
    mixed = (sum(a * b for a, b in zip(row, linear, strict=True)) for row in loss)
    red, green, blue = (min(1, max(0, part)) for part in mixed)
    white = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1),
             (0.0193, 0.1192, 0.9505, 1.089))  # fmt: skip
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in ((r * red + g * green + b * blue) / w for r, g, b, w in white)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_marks_tell_what_they_are_by_keyboard_and_pointer(visit):
    with visit() as visitor:
        page = visitor.go("stories/upgrades/")
        page.locator(".chart-view").focus()
        page.keyboard.press("ArrowRight")
        assert page.locator(".chart-tip").inner_text().startswith("2001, new entrants: ")
        page = visitor.go("stories/map/")
        page.locator('svg [data-l="AUS"]').first.hover()
        assert page.locator(".chart-tip").inner_text().startswith("Australia: comprehensive strat")


def test_legend_singles_a_series_out(visit):
    with visit() as visitor:
        page = visitor.go("stories/ladder/")
        button = page.get_by_role("button", name="Comprehensive strategic partnership")
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        dimmed = page.locator('svg [data-s="cp"]').first
        page.wait_for_timeout(200)
        assert dimmed.evaluate("(mark) => getComputedStyle(mark).opacity") == "0.12"
        button.click()
        assert page.locator("figure.single").count() == 0


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_has_words_a_table_and_a_csv(site, visit, name):
    with visit(java_script_enabled=False) as visitor:
        page = visitor.go(f"stories/{name}/")
        picture = page.locator("figure.chart svg")
        assert picture.get_attribute("role") == "img"
        assert len(picture.get_attribute("aria-label")) > 40
        assert picture.bounding_box()["height"] > 150
        page.get_by_text("The data as a table").click()
        rows = page.locator("figure.chart tbody tr").count()
        assert rows > 5
    lines = (site / "charts" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == rows + 1


def test_a_mark_states_the_figure_that_the_table_has(site, visit):
    """No decimal is cut: 24.77 is not drawn as 24.7."""
    rows = list(csv.DictReader((site / "charts/trade.csv").open(encoding="utf-8")))
    with visit(java_script_enabled=False) as visitor:
        page = visitor.go("stories/trade/")
        words = page.eval_on_selector_all("svg [data-l]", "all => all.map(m => m.dataset.l)")
    for row in rows:
        balance = f"{float(row['balance']):.6f}".rstrip("0").rstrip(".")
        said = f"{row['balance_qualifier']} " if row["balance_qualifier"] else ""
        assert f"{row['year']}: balance {said}{balance} billion US dollars" in words


def test_the_figures_of_a_year_of_trade_are_those_of_one_page(site):
    for row in csv.DictReader((site / "charts/trade.csv").open(encoding="utf-8")):
        assert row["url"]
        assert row["publisher"]
        assert row["status"]
        assert row["unit"]
        parts = [row[name] for name in ("exports", "imports", "balance")]
        if all(parts) and not any(row[f"{n}_qualifier"] for n in ("exports", "imports", "balance")):
            exports, imports, balance = map(float, parts)
            assert exports - imports == pytest.approx(balance, abs=0.1)


def test_days_are_drawn_as_they_are_known(site):
    ladder = list(csv.DictReader((site / "charts/ladder.csv").open(encoding="utf-8")))
    since = {row["country"]: row["since"] for row in ladder}
    assert since["Venezuela"] == "2007-05"
    assert since["Argentina"] == "2010"
    index = (site / "countries/index.html").read_text(encoding="utf-8")
    assert "2007-05-01" not in index
    assert "2010-01-01" not in index


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("map", "light"), ("map", "dark"), ("upgrades", "light"), ("trade", "dark")],
)
def test_looks_as_approved(visit, name, scheme):
    """Compared small and with tolerance: fonts differ by machine, a row more is no failure.

    APPROVE=1 pytest tests/site/test_charts.py writes the pictures; look at them before you commit.
    """
    with visit(color_scheme=scheme) as visitor:
        page = visitor.go(f"stories/{name}/")
        if name == "map":
            page.get_by_label("Day", exact=True).fill("2020-12-31")
        page.wait_for_timeout(250)
        shot = page.locator("figure.chart .chart-view").screenshot()
    found = Image.open(io.BytesIO(shot)).convert("RGB")
    file = APPROVED / f"{name}-{scheme}.png"
    if os.environ.get("APPROVE"):
        found.save(file, optimize=True)
    approved = Image.open(file).convert("RGB")
    assert abs(found.width / found.height - approved.width / approved.height) < 0.1
    size = (160, 90)
    difference = ImageChops.difference(found.resize(size), approved.resize(size))
    assert sum(ImageStat.Stat(difference).mean) / 3 < 4


def test_on_a_phone_a_chart_is_drawn_for_its_width(visit, site):
    """Nothing of it lies outside the screen; marks and legend work as on the wide one."""
    with visit(width=390, height=800) as visitor:
        for path in sorted((site / "charts").glob("*-narrow-en.svg")):
            name = path.name.removesuffix("-narrow-en.svg")
            page = visitor.go(f"stories/{name}/")
            page.wait_for_selector("figure.chart.narrow")
            view, drawing = page.locator(".chart-view"), page.locator("figure.chart svg")
            assert drawing.bounding_box()["width"] <= view.bounding_box()["width"] + 1, name
            assert drawing.get_attribute("aria-label")
            view.focus()
            page.keyboard.press("ArrowRight")
            assert page.locator(".chart-tip").inner_text(), name
        page = visitor.go("stories/ladder/")
        page.wait_for_selector("figure.chart.narrow")
        page.get_by_role("button", name="Comprehensive partnership").click()
        assert page.locator("figure.chart svg [data-s].on").count() > 10
        assert not visitor.problems
