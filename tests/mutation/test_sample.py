"""A sample of corruptions: none crashes a validation, and as many are caught as were before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ..conftest import ROOT
from . import report
from .kinds import load
from .original import Original
from .plan import draw, kinds
from .run import Bench, Job

SEED, NUMBER = "sample", 150
MARGIN = 0.08  # a sample of this size is off by as much now and then
RESULTS = json.loads(Path(__file__).with_name("results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    home = tmp_path_factory.mktemp("mutation")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        bench = Bench(Job(ROOT, SEED, NUMBER, peers=False), home)
        return [bench.record(one) for one in draw(bench.original, SEED, NUMBER)]


@pytest.mark.xdist_group("mutation")
def test_nothing_crashes(records):
    assert [(r["key"], r["rules"]["crash"]) for r in records if r["rules"]["crash"]] == []


@pytest.mark.xdist_group("mutation")
def test_as_many_are_caught_as_were(records):
    found, before = report.rates(records), RESULTS["data"]["all"]
    assert found["rules"] >= before["rules"] - MARGIN
    assert found.get("ledger", 1) >= before.get("ledger", 0) - MARGIN


@pytest.mark.xdist_group("mutation")
def test_places_are_as_right_as_they_were(records):
    found, before = report.rates(records), RESULTS["data"]["all"]
    for place in ("rules_file", "rules_row", "rules_column"):
        assert found[place] >= before[place] - MARGIN, place


def test_a_seed_draws_the_same_again_and_another_one_others():
    original = Original(ROOT)
    first, again, other = ([*draw(original, seed, 40)] for seed in ("a", "a", "b"))
    assert first == again
    assert {m.content for m in first} != {m.content for m in other}
    assert [*draw(original, "a", 20)] == first[:20]


def test_a_mutant_is_one_file_that_differs():
    original = Original(ROOT)
    drawn = [*draw(original, "c", 200)]
    assert len({(m.file, m.content) for m in drawn}) == 200
    assert all(m.content != original.bytes(m.file) for m in drawn)


def test_kinds_reach_every_table_and_every_schema():
    original = Original(ROOT)
    assert len(kinds()) >= 150
    by_group: dict[str, set[str]] = {}
    for kind in kinds():
        by_group.setdefault(kind.group, set()).update(kind.tables(original))
    for group in ("files", "rows", "text", "schemas"):
        assert by_group[group] == set(original.tables), group
    assert by_group["descriptor"] == {""}


def test_reasons_are_about_kinds_and_are_whole_sentences():
    for kind, reason in report.sentences(report.REASONS).items():
        assert kind in load(), kind
        assert reason.endswith("."), kind
