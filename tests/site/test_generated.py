"""What makes the site: the reconciliation says everything and always the same; `vfa docs`."""

from __future__ import annotations

import re
import sys
from html import unescape

import pytest

import vietnam_foreign_affairs as vfa
from vietnam_foreign_affairs import documentation
from vietnam_foreign_affairs.package import Package, PackageError

from ..conftest import ROOT, copy_package

sys.path.insert(0, str(ROOT / "docs" / "hooks"))
from vfa_site import messages, mutation, reconciliation, search, vendor
from vfa_site.model import Model
from vfa_site.render import Renderer, day, number, with_console_links


def _page(lang: str) -> str:
    model = Model()
    return reconciliation.markdown(model, Renderer(model, lang))


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_reconciliation_names_every_difference_and_explanation(lang):
    page = _page(lang)
    con = vfa.connect()
    differing = con.sql(
        "SELECT observation_id FROM reconciliation WHERE status <> 'agrees'"
    ).fetchall()
    assert differing
    for (observation_id,) in differing:
        assert f"observations.md#{observation_id})" in page
    explanations = con.sql("SELECT DISTINCT explanation FROM discrepancies").fetchall()
    for (explanation,) in explanations:
        assert messages.words(lang).gettext(explanation) in unescape(page)


def test_vietnamese_pages_write_figures_and_days_as_vietnamese_does():
    """A comma is the decimal mark; the day comes first."""
    assert [number(n, "vi") for n in (18042, 24.77, -1234.5)] == ["18.042", "24,77", "−1.234,5"]
    assert [day(d, "vi") for d in ("2025-03-10", "2025-03", "2025", None)] == [
        "10/3/2025",
        "3/2025",
        "2025",
        "",
    ]
    lines = _page("vi").splitlines()
    own = [re.sub(r"\]\([^)]*\)", "]", line) for line in lines if "finding-line" in line]
    assert own
    for line in own:
        words = unescape(re.sub(r"<[^>]*>", " ", line))
        assert not re.search(r"\d{4}-\d\d\b|\d[.]\d{1,2}\b", words), line


def test_reconciliation_is_the_same_each_time():
    assert _page("en") == _page("en")


def test_the_page_of_mutation_tests_says_what_is_missed_and_why():
    model = Model()
    page = mutation.pages(model, Renderer(model))["mutation.md"]
    data = mutation.results(model)["data"]
    lines = [unescape(line) for line in page.splitlines()]
    for table in data["tables"]:
        assert any(line.startswith(f"| <code>{table}</code> |") for line in lines), table
    for kind in data["missed"]:
        assert sum(line.startswith(f"| {kind} |") for line in lines) == 2, kind  # rate and miss


@pytest.mark.parametrize("content", [None, "{"])
def test_without_results_of_mutation_tests_a_sentence_says_how_to_get_them(content, tmp_path):
    model = Model(Package(copy_package(tmp_path / "package")))
    if content:
        (model.pkg.root / "tests/mutation").mkdir(parents=True)
        (model.pkg.root / "tests/mutation/results.json").write_text(content)
    with pytest.raises(PackageError, match=r"tests/mutation/results\.json .*run scripts/mutate"):
        mutation.pages(model, Renderer(model))


def test_folding_leaves_other_scripts_alone():
    assert search.fold("Đối tác chiến lược") == "Doi tac chien luoc"
    assert search.fold("김대중 한국") == "김대중 한국"


def test_only_sql_that_asks_is_linked_to_the_console():
    asks = "```sql\nSELECT 1\n```\n"
    makes = "```sql\nCREATE VIEW x AS SELECT 1\n```\n"
    assert "console/#q=SELECT%201" in with_console_links(asks, "../", "Open")
    assert with_console_links(makes, "../", "Open") == makes


def test_a_changed_asset_stops_the_build(tmp_path):
    (tmp_path / "a.js").write_text("1")
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  a.js\n")
    with pytest.raises(ValueError, match="is not what SHA256SUMS says"):
        vendor.check(tmp_path)


def test_docs_command_needs_a_checkout(tmp_path):
    with pytest.raises(PackageError, match="from a checkout"):
        documentation.build(_package(tmp_path))


def _package(root) -> Package:
    (root / "datapackage.json").write_text('{"name": "x", "version": "0", "resources": []}')
    return Package(root)
