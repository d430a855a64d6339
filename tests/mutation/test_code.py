"""Changes of code are real ones: one line, which still compiles, the same for the same seed."""

from __future__ import annotations

import duckdb
import pytest

from ..conftest import ROOT
from . import report
from .code import CodeChange, reach, run

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


def test_a_change_still_compiles(changes):
    for change in changes:
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


SECONDS = {
    "tests/cli/test_commands.py::test_long": 50.0,
    "tests/cli/test_commands.py::test_short": 1.0,
    "tests/data/test_answers_partners.py::test_a_country_is_called_as_people_call_it[KOR]": 0.5,
    "tests/data/test_queries.py::test_query_answers[partners_as_of]": 0.5,
    "tests/data/test_queries.py::test_query_answers[visits_by_month]": 0.5,
    "tests/validation/test_files.py::test_other": 70.0,
}
LONG, SHORT, NAMES, PARTNERS, VISITS, OTHER = SECONDS


def asked(file: str, line: int, lines: dict[str, list[str]]) -> tuple[str, ...]:
    change = CodeChange(file, "", line, "", "")
    return reach.tests_of(ROOT, reach.Reach(SECONDS, {file: lines}), change)


def test_a_line_of_python_is_asked_of_the_tests_that_run_it():
    lines = {"1": [], "4": [LONG, SHORT], "5": [OTHER]}
    assert asked("src/vietnam_foreign_affairs/sql.py", 4, lines) == (LONG, SHORT)
    assert asked("src/vietnam_foreign_affairs/sql.py", 5, lines) == (OTHER,)


def test_what_runs_at_import_is_asked_of_all_tests_of_the_module_within_a_minute():
    lines = {"1": [], "4": [SHORT, PARTNERS], "5": [OTHER]}
    found = asked("src/vietnam_foreign_affairs/sql.py", 1, lines)
    assert found == (PARTNERS, SHORT, VISITS, LONG), "then those that may start a process"


def test_a_file_is_asked_of_the_modules_that_are_named_like_it_first():
    """Whatever coverage saw: what one test compiled is kept for the others."""
    file = "src/vietnam_foreign_affairs/queries/partners.py"
    assert asked(file, 4, {"4": [SHORT]}) == (NAMES, PARTNERS, VISITS, SHORT)


def test_what_a_build_reached_is_asked_of_all_who_take_it():
    def asks(test):
        return reach.takes(ROOT, f"tests/publishing/test_codebook.py::{test}", "dist")

    assert asks("test_the_dictionary_has_a_row_a_column")
    assert asks("test_the_codebook_describes_every_table_and_column[pdf]")
    assert not asks("test_words_of_a_stranger_are_text_in_the_codebook")


def test_a_continued_line_is_that_of_its_statement():
    assert asked("src/vietnam_foreign_affairs/sql.py", 6, {"4": [SHORT], "9": [LONG]}) == (SHORT,)


def test_sql_is_asked_of_the_tests_that_name_it_and_then_of_what_is_made_of_it():
    found = asked("scripts/sql/macros/partners_as_of.sql", 1, {})
    assert found[0] == PARTNERS
    assert set(found) == {PARTNERS, NAMES, VISITS}


def test_what_no_test_runs_in_its_own_process_is_asked_of_its_part():
    assert asked("src/vietnam_foreign_affairs/cli.py", 1, {}) == ("tests/cli",)
    assert asked("src/vietnam_foreign_affairs/validation/x.py", 1, {}) == ("tests/validation",)
