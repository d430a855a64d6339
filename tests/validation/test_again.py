"""What did not change is not read again, and what is kept for that never makes a report wrong."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import vietnam_foreign_affairs as vfa
from vietnam_foreign_affairs.validation import second_opinion


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """The rules compiled, which takes seconds, and nothing else kept."""
    home = tmp_path_factory.mktemp("compiled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home))
        vfa.validate(quick=True)
    kept = home / "vietnam-foreign-affairs"
    for path in kept.iterdir():
        if not path.name.startswith("plan-"):
            path.unlink()
    return kept


@pytest.fixture
def cache(compiled, tmp_path, monkeypatch):
    home = tmp_path / "cache/vietnam-foreign-affairs"
    shutil.copytree(compiled, home)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return home


def places(report):
    return [(f.rule, f.file, f.line, f.column) for f in report.failures]


def test_a_change_is_found_after_the_package_was_found_sound(cache, workbook):
    assert vfa.validate(workbook.root, quick=True).valid
    _, line = workbook.change("countries", lambda r: r["iso3"] == "CUB", cow_code="1040")
    broken = vfa.validate(workbook.root, quick=True)
    assert ("maximum", "tables/countries.csv", line, "cow_code") in places(broken)
    assert places(vfa.validate(workbook.root, quick=True)) == places(broken)


def test_a_change_elsewhere_is_found_in_what_did_not_change(cache, workbook):
    assert vfa.validate(workbook.root, quick=True).valid
    workbook.remove("leaders", lambda r: r["leader_id"] == "emmanuel-macron")
    report = vfa.validate(workbook.root, quick=True)
    assert "tables/high_level_visits.csv" in {f.file for f in report.failures}


@pytest.mark.parametrize(
    ("table", "key", "cells", "place"),
    [
        ("diplomatic_relations", {"iso3": "BRA"}, {"established_on": "2020-01-01"}, "partnership"),
        ("leaders", {"leader_id": "emmanuel-macron"}, {"iso3": "DEU"}, "high_level_visits"),
        ("indicators", {"indicator_id": "partners_total"}, {"kind": "flow"}, "observations"),
    ],
)
def test_a_column_that_another_table_rests_on_is_read_again(
    cache, workbook, table, key, cells, place
):
    assert vfa.validate(workbook.root, quick=True).valid
    workbook.change(table, lambda r: key.items() <= r.items(), **cells)
    report = vfa.validate(workbook.root, quick=True)
    assert any(f.file.startswith(f"tables/{place}") for f in report.failures)


def test_a_discrepancy_is_compared_with_what_was_known_to_fail(cache, workbook):
    assert vfa.validate(workbook.root, quick=True).valid
    row = workbook.remove("discrepancies", lambda r: True)
    found = vfa.validate(workbook.root, quick=True).failures
    assert row["check_id"] in {f.rule for f in found}


def test_a_change_of_a_schema_is_found_in_what_did_not_change(cache, workbook):
    assert vfa.validate(workbook.root, quick=True).valid
    path = workbook.root / "schemas/events.json"
    path.write_text(path.read_text().replace('"conference",', "", 1))
    found = vfa.validate(workbook.root, quick=True).failures
    assert ("enum", "tables/events.csv", "kind") in {(f.rule, f.file, f.column) for f in found}


def test_a_check_that_does_not_run_is_said_again(cache, workbook):
    """It finds nothing, and is not taken for sound because of that."""
    path = workbook.root / "scripts/sql/checks/tiers.sql"
    path.write_text(path.read_text().replace("stated AS value", "never_stated AS value"))
    first = vfa.validate(workbook.root, quick=True)
    assert [f.rule for f in first.failures] == ["sql"]
    assert vfa.validate(workbook.root, quick=True).failures == first.failures


def test_a_second_opinion_on_a_broken_table_is_given_again(cache, workbook):
    workbook.change("countries", lambda r: r["iso3"] == "CUB", cow_code="1040")
    first = list(second_opinion.failures(workbook.root))
    assert first
    assert list(second_opinion.failures(workbook.root)) == first


def test_the_same_report_comes_from_a_full_cache_and_from_none(cache, workbook, monkeypatch):
    first = vfa.validate(workbook.root)
    assert vfa.validate(workbook.root) == first
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert vfa.validate(workbook.root) == first


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", None])
def test_a_damaged_cache_is_made_anew(cache, workbook, damage):
    vfa.validate(workbook.root, quick=True)
    kept = sorted(cache.iterdir())
    for path in kept:
        data = path.read_bytes()
        path.write_bytes(damage if damage is not None else data[:-1])
    workbook.change("countries", lambda r: r["iso3"] == "CUB", cow_code="1040")
    assert "maximum" in {f.rule for f in vfa.validate(workbook.root, quick=True).failures}
    rules = [path for path in kept if path.name.startswith("plan-")]
    assert rules
    assert all(path.stat().st_size > 100 for path in rules)


def test_sql_that_others_put_into_the_cache_does_not_run(cache, workbook, tmp_path):
    """Not even from a folder that is the user's own: an entry must be what was kept."""
    vfa.validate(workbook.root, quick=True)
    for path in cache.glob("plan-*"):
        path.write_text("0" * 64 + f"\n[\"COPY (SELECT 1) TO '{tmp_path}/out'\", [], []]")
    assert vfa.validate(workbook.root, quick=True).valid
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("mode", [0o770])
def test_a_folder_that_others_may_write_to_is_no_cache(cache, workbook, mode):
    for path in cache.iterdir():
        path.unlink()
    os.chmod(cache, mode)
    assert vfa.validate(workbook.root, quick=True).valid
    assert list(cache.iterdir()) == []


def test_the_cache_is_bounded(cache, workbook, monkeypatch):
    from vietnam_foreign_affairs import cache as kept

    monkeypatch.setattr(kept, "MOST_FILES", 20)
    vfa.validate(workbook.root, quick=True)
    assert len(list(cache.iterdir())) <= 24


def test_a_home_that_is_not_there_is_no_reason_to_fail(workbook, monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
    assert vfa.validate(workbook.root, quick=True).valid
