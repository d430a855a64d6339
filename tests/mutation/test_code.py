"""Changes of code are real ones: one line, which still compiles, the same for the same seed."""

from __future__ import annotations

import duckdb
import pytest

from ..conftest import ROOT
from . import report
from .code import run, suite

RULES = "src/vietnam_foreign_affairs/validation/rules/"


@pytest.fixture(scope="module")
def changes():
    drawn = [*run.draw(ROOT, "a", 30, RULES), *run.draw(ROOT, "a", 60, "scripts/sql/")]
    assert len({change.key for change in drawn}) == 90
    return drawn


def test_a_change_is_one_line_of_one_file(changes):
    for change in changes:
        before = (ROOT / change.file).read_text(encoding="utf-8").splitlines()
        after = change.text.splitlines()
        assert before != after
        if len(before) == len(after):
            differing = [n for n, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b]
            assert differing == [change.line], change.key


def test_a_change_still_compiles_and_has_tests(changes):
    for change in changes:
        assert all((ROOT / path).exists() for path in suite.tests_of(change.file))
        if change.file.endswith(".py"):
            compile(change.text, change.file, "exec")
        else:
            assert duckdb.extract_statements(change.text)
            assert change.text.count("\n-- ") == (ROOT / change.file).read_text().count("\n-- ")


def test_a_seed_draws_the_same_again_and_a_longer_run_only_more(changes):
    again = [*run.draw(ROOT, "a", 40, "scripts/sql/")]
    assert again == changes[30:70]
    assert [*run.draw(ROOT, "b", 40, "scripts/sql/")] != again


def test_survivors_that_are_accounted_for_are_whole_sentences():
    for key, reason in report.sentences(run.SURVIVORS).items():
        assert (ROOT / key.split(": ")[0]).is_file(), key
        assert reason.endswith("."), key
