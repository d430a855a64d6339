"""The SQL console: it answers as the Python API does, and cannot be made to reach out."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import expect

import vietnam_foreign_affairs as vfa

ASK = """async ([module, sql]) => {
    const { ask } = await import(module);
    try { return await ask(sql); } catch (error) { return { error: String(error.message) }; }
}"""


@pytest.fixture(scope="module")
def console(visit):
    with visit() as visitor:
        visitor.go("console/")
        visitor.ask = lambda sql: visitor.page.evaluate(
            ASK, [f"{visitor.url}assets/js/console.js", sql]
        )
        yield visitor


def _same(ours, theirs) -> bool:
    """A value of Python and its text in the browser."""
    if ours is None or theirs is None:
        return ours is None and theirs is None
    if isinstance(ours, bool):
        return theirs == str(ours).lower()
    if isinstance(ours, (int, float, Decimal)):
        return math.isclose(float(ours), float(theirs), rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(ours, datetime):
        return theirs == ours.isoformat(" ")
    if isinstance(ours, date):
        return theirs == ours.isoformat()
    if isinstance(ours, (list, dict)):
        return json.loads(theirs) == json.loads(json.dumps(ours, default=str))
    return theirs == str(ours)


def _compare(relation, answer) -> None:
    assert "error" not in answer, answer["error"]
    assert answer["columns"] == relation.columns
    ours = relation.fetchall()
    assert len(answer["rows"]) == len(ours)
    for expected, found in zip(ours, answer["rows"], strict=True):
        different = [
            (column, a, b)
            for column, a, b in zip(relation.columns, expected, found, strict=True)
            if not _same(a, b)
        ]
        assert not different


@pytest.mark.parametrize("query", vfa.queries(), ids=lambda query: query.name)
def test_named_queries_answer_as_in_python(console, query):
    _compare(vfa.query(query.name), console.ask(query.sql))


def test_tables_and_views_hold_the_same_rows_as_in_python(console):
    con = vfa.connect()
    views = con.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    names = [table.name for table in vfa.tables()] + sorted(name for (name,) in views)
    for name in names:
        sql = f"SELECT count(*) AS n, count(DISTINCT t::VARCHAR) AS d FROM {name} t"
        _compare(con.sql(sql), console.ask(sql))
    types = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '{}' ORDER BY 1"
    for table in vfa.tables():
        sql = types.format(table.name)
        _compare(con.sql(sql), console.ask(sql))


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_csv('{url}tables/countries.csv')",
        "FROM read_text('{url}index.html')",
        "FROM '{url}tables/countries.csv'",
        "FROM read_csv('https://example.org/x.csv')",
        "ATTACH '{url}x.duckdb'",
        "COPY countries TO 'x.csv'",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET lock_configuration",
    ],
)
def test_typed_queries_cannot_reach_the_network_or_change_the_lock(console, sql):
    console.ask("SELECT 1")
    console.requested.clear()
    answer = console.ask(sql.format(url=console.url))
    assert "error" in answer
    assert not [u for u in console.requested if not u.startswith("blob:")]


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE sources",
        "DELETE FROM observations",
        "UPDATE observations SET value = 0",
        "CREATE VIEW nothing AS SELECT 1",
        "COMMIT; DELETE FROM observations",
        "SELECT 1; DELETE FROM observations",
        "ROLLBACK; DROP VIEW partners",
    ],
)
def test_no_query_changes_what_others_show(console, sql):
    assert "error" in console.ask(sql)
    rows = len(vfa.read("observations"))
    assert console.ask("SELECT count(*) FROM observations")["rows"] == [[str(rows)]]
    assert "error" not in console.ask("SELECT * FROM partners")


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TEMP TABLE partners AS SELECT 'none' AS iso3",
        "SET VARIABLE day = DATE '1950-01-01'",
        "COMMIT",
    ],
)
def test_what_one_query_sets_is_gone_for_the_next(console, sql):
    console.ask(sql)
    assert console.ask("SELECT getvariable('day') AS day")["rows"] == [[None]]
    (row,) = console.ask("SELECT count(*) FROM partners")["rows"]
    assert int(row[0]) > 40


@pytest.mark.parametrize(
    "sql",
    ["SELECT ';' AS mark", "SELECT 7 AS seven;", "SUMMARIZE qualifiers", "-- a note\nSELECT 1;\n"],
)
def test_what_reads_is_answered(console, sql):
    assert console.ask(sql)["rows"]


def test_a_long_query_can_be_stopped_and_the_next_one_runs(visit):
    long = (
        "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range % 7 = b.range % 11"
    )
    with visit() as visitor:
        page = visitor.go("console/")
        status, stop = page.locator(".console-status"), page.get_by_role("button", name="Stop")
        assert stop.is_disabled()
        page.fill("textarea", long)
        page.get_by_role("button", name="Run").click()
        expect(status).to_have_text(re.compile("^Running"), timeout=30_000)
        stop.click()
        expect(status).to_have_text("Stopped.")
        assert stop.is_disabled()
        page.eval_on_selector(".console", "box => { box.dataset.seconds = 1 }")
        page.get_by_role("button", name="Run").click()
        expect(status).to_have_text("Stopped after 1 s.", timeout=30_000)
        page.eval_on_selector(".console", "box => { delete box.dataset.seconds }")
        page.fill("textarea", "SELECT 7 AS seven")
        page.get_by_role("button", name="Run").click()
        page.wait_for_selector(".console-result tbody td", timeout=20_000)
        assert status.inner_text().startswith("1 row")
        page.get_by_role("button", name="Reset").click()
        assert "partners_as_of" in page.input_value("textarea")
        assert page.url.endswith("/console/")


def test_installing_an_extension_fetches_nothing(console):
    console.ask("SELECT 1")
    console.requested.clear()
    console.ask("INSTALL httpfs")
    assert "error" in console.ask("LOAD httpfs")
    assert not [u for u in console.requested if not u.startswith("blob:")]


def test_reader_asks_sees_the_answer_and_can_share_it(visit):
    sql = "SELECT iso3, upgraded_on FROM partnership_upgrades ORDER BY 2, 1 LIMIT 3"
    with visit() as visitor:
        page = visitor.go("console/")
        page.fill("textarea", sql)
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".console-result tbody tr", timeout=15_000)
        assert page.locator(".console-result tbody tr").count() == 3
        assert page.locator(".console-status").inner_text().startswith("3 rows")
        shared = page.url
        assert unquote(shared).endswith(f"#q={sql}")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download CSV").click()
        text = download.value.path().read_text(encoding="utf-8-sig")
        assert text.splitlines()[0] == "iso3,upgraded_on"
        assert not visitor.elsewhere
        assert not visitor.problems
        assert visitor.weight < 10_000_000
        first = page.locator(".console-result tbody").inner_text()
        page.goto("about:blank")
        page.goto(shared)
        page.wait_for_selector(".console-result tbody tr", timeout=15_000)
        assert page.locator(".console-result tbody").inner_text() == first


def test_a_wrong_query_shows_its_error(visit):
    with visit() as visitor:
        page = visitor.go("console/#q=" + quote("SELECT nothing FROM partners"))
        alert = page.get_by_role("alert")
        alert.wait_for(timeout=15_000)
        assert 'Referenced column "nothing" not found' in alert.inner_text()
        assert page.locator(".console-status").inner_text() == "The query did not run."
        page.fill("textarea", "SELECT 7 AS seven")
        page.get_by_role("button", name="Run").click()
        page.wait_for_selector(".console-result tbody td")
        assert page.locator(".console-result td").inner_text() == "7"


def test_snippets_open_in_the_console(visit):
    with visit() as visitor:
        page = visitor.go("stories/upgrades/")
        page.get_by_role("link", name="Open in the SQL console").click()
        page.wait_for_selector(".console-result tbody tr", timeout=15_000)
        assert "upgrades_by_year" in page.input_value("textarea")
        assert page.locator(".console-result tbody tr").count() > 10


def test_a_named_query_is_chosen_in_vietnamese(visit):
    query = vfa.queries()[0]
    with visit() as visitor:
        page = visitor.go("vi/console/")
        page.get_by_label("Chọn câu hỏi có sẵn").select_option(label=query.title_vi)
        page.wait_for_selector(".console-result tbody tr", timeout=15_000)
        assert page.input_value("textarea").strip() == query.sql.strip()
        assert " dòng trong " in page.locator(".console-status").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_run_button_can_be_read_at_rest_and_when_it_is_about_to_be_pressed(visit, scheme):
    contrast = """button => {
        const light = colour => {
            const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(c => c / 255)
                .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const { color, backgroundColor } = getComputedStyle(button);
        const [low, high] = [light(color), light(backgroundColor)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    }"""
    with visit(color_scheme=scheme) as visitor:
        page = visitor.go("console/")
        button = page.locator(".console .md-button--primary").first
        button.evaluate("button => { button.disabled = false; button.style.transition = 'none' }")
        assert button.evaluate(contrast) >= 4.5
        button.hover()
        assert button.evaluate(contrast) >= 4.5
        page.mouse.move(0, 0)
        button.focus()
        assert button.evaluate(contrast) >= 4.5


def ready(page) -> None:
    page.wait_for_selector(".console-result tbody tr", timeout=30_000)


def test_a_question_asks_for_its_parameters_in_a_form_and_has_a_short_address(visit):
    ours = vfa.query("partners_as_of", day="2013-12-31").fetchall()
    query = next(q for q in vfa.queries() if q.name == "partners_as_of")
    with visit() as visitor:
        page = visitor.go("console/")
        page.get_by_label("Named queries, tables and views").select_option(label=query.title)
        ready(page)
        assert page.get_by_label("day").get_attribute("type") == "date"
        page.get_by_label("day").fill("2013-12-31")
        page.get_by_role("button", name="Run").click()
        expect(page.locator(".console-status")).to_contain_text(f"{len(ours)} rows in")
        assert page.url.endswith("#ask=partners_as_of&day=2013-12-31")
        shared = page.url
        page.goto("about:blank")
        page.goto(shared)
        status = page.locator(".console-status")
        expect(status).to_contain_text(f"{len(ours)} rows in", timeout=30_000)
        assert page.get_by_label("day").input_value() == "2013-12-31"
        page = visitor.go("console/#ask=country_file&country=CUB")
        ready(page)
        countries = page.get_by_label("country")
        assert countries.get_attribute("list") == "console-countries"
        assert page.locator('#console-countries option[value="CUB"]').count() == 1
        assert not visitor.problems


def test_a_parameter_is_a_value_whatever_it_holds(visit):
    with visit() as visitor:
        page = visitor.go("console/#ask=country_file&country=" + quote("FRA') OR ('1'='1"))
        expect(page.locator(".console-status")).to_contain_text("0 rows in", timeout=30_000)


def test_what_was_typed_is_there_again(visit):
    sql = "SELECT 41 + 1 AS answer"
    with visit() as visitor:
        page = visitor.go("console/")
        page.fill("textarea", sql)
        pick = page.get_by_label("Named queries, tables and views")
        pick.select_option(label="Events")
        ready(page)
        assert page.input_value("textarea") != sql
        page = visitor.go("console/")
        pick = page.get_by_label("Named queries, tables and views")
        pick.select_option(label="What you typed last")
        assert page.input_value("textarea") == sql


def test_an_answer_is_sorted_by_a_heading_and_its_links_lead_on(visit):
    sql = "SELECT * FROM (VALUES ('FRA', 10), ('JPN', 9), ('CUB', NULL)) t (iso3, n)"
    with visit() as visitor:
        page = visitor.go("console/#q=" + quote(sql))
        ready(page)
        first = page.locator(".console-result tbody tr td:first-child")
        head = page.locator(".console-result").get_by_role("button", name="n", exact=True)
        head.click()
        assert first.all_inner_texts() == ["JPN", "FRA", "CUB"]
        head.click()
        assert first.all_inner_texts() == ["FRA", "JPN", "CUB"]
        first.first.get_by_role("link").click()
        page.wait_for_url("**/countries/FRA/")


def test_the_engine_is_fetched_by_the_first_question_and_not_before(visit):
    with visit() as visitor:
        page = visitor.go("console/")
        page.locator("textarea").hover()
        page.locator("textarea").focus()
        page.wait_for_timeout(500)
        assert not [url for url in visitor.requested if "duckdb" in url]
        page.get_by_role("button", name="Run").click()
        ready(page)
        assert [url for url in visitor.requested if "duckdb" in url]
