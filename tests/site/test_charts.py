"""Charts: the slider, the legend, labels by keyboard, and how they look."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

import vietnam_foreign_affairs as vfa

from .conftest import ROOT

APPROVED = Path(__file__).parent / "approved"
CHARTS = sorted(path.stem for path in (ROOT / "docs" / "charts").glob("*.sql"))


def _partners(year: int) -> int:
    con = vfa.connect()
    return con.sql(f"SELECT count(*) FROM partners_as_of(DATE '{year}-12-31')").fetchone()[0]


def test_slider_works_by_keyboard(visit):
    with visit() as visitor:
        page = visitor.go("stories/map/")
        slider = page.get_by_role("slider", name="Year")
        slider.focus()
        page.keyboard.press("Home")
        first = int(slider.input_value())
        assert f"{first}: 0 partners" in page.locator(".slider output").inner_text()
        for _ in range(2013 - first):
            page.keyboard.press("ArrowRight")
        assert slider.input_value() == "2013"
        words = page.locator(".slider output").inner_text()
        assert words.startswith(f"2013: {_partners(2013)} partners")
        assert slider.get_attribute("aria-valuetext") == words
        china = page.locator('svg [data-l="CHN"]').first
        assert china.get_attribute("fill") == "var(--c-csp)"
        page.keyboard.press("End")
        assert page.locator('svg [data-l="IDN"]').first.get_attribute("fill") == "var(--c-csp)"


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
            page.get_by_role("slider").fill("2020")
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
