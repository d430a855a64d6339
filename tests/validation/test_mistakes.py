"""Each rule catches a realistic mistake, names its place, and all mistakes come in one report."""

from __future__ import annotations

from typing import Any

import pytest

import vietnam_foreign_affairs as vfa

from ..conftest import Workbook, copy_package
from . import test_rules_facts, test_rules_ids, test_rules_sources, test_rules_texts
from .mistakes import Place, make_mistakes


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Place], list[Any]]:
    book = Workbook(copy_package(tmp_path_factory.mktemp("mistakes") / "package"))
    made = make_mistakes(book)
    return made, vfa.validate(book.root, quick=True).failures


MISTAKES = """
a day that does not exist | a day without its zeros | a number with a comma
a blank where one must not be | a word that is not in the list | a code in small letters
an edition of nought | a code beyond its range | an explanation of one word
a sentence instead of a figure phrase | one address twice | a country that is not listed
blanks behind a name | a tier that falls | a step that skips the last tier
a sectoral partnership without its sector | a partnership before relations
Viet Nam as its own partner | the wrong Vietnamese state
relations resumed that were never suspended | a year that passes for a day
a visit that ends before it starts | a visit after the end of the coverage
a visit to one's own country | a foreign office on a visit abroad
a visitor from another country | in two countries at once | people helped without a qualifier
an operation that is part of a part
a stock with a first day | a figure stated before its year | two visits and a half
fewer than no visitors | a qualifier upside down | a rank for an uncounted tier
in force before it was signed | signed and still under negotiation | an extension of nothing
extended before it was inscribed | a miscounted anniversary | a reform before its order
a page read before it was written | another name for a publisher
a contradiction that says nothing | explained by nobody | evidence for a row that is gone
a total that the events deny | a turnover that does not add up
a balance with the digits exchanged | a leader without a visit | a source that nothing cites
a discrepancy that is none | a step without its document
thousands of a partner's visitors, where millions are the unit
"""


@pytest.mark.xdist_group("mistakes")
@pytest.mark.parametrize(
    "name", [m.strip() for m in MISTAKES.replace("\n", "|").split("|") if m.strip()]
)
def test_the_mistake_is_named_where_it_is(broken, name):
    made, failures = broken
    rule, table, column, line = made[name]
    there = [f for f in failures if f.file == f"tables/{table}.csv" and f.line == line]
    assert (rule, column) in {(f.rule, f.column.split(", ")[-1]) for f in there}, there
    failure = next(f for f in there if f.rule == rule)
    assert failure.message
    assert failure.advice
    assert failure.value is None or f"[{failure.value or 'blank'}]" in str(failure)


@pytest.mark.xdist_group("mistakes")
def test_every_mistake_is_listed(broken):
    made, _ = broken
    names = {m.strip() for m in MISTAKES.replace("\n", "|").split("|") if m.strip()}
    assert names == made.keys()


@pytest.mark.xdist_group("mistakes")
def test_every_rule_has_a_mistake(broken):
    """A rule that no mistake shows catching something is a rule that nobody has seen work."""
    from vietnam_foreign_affairs.package import package
    from vietnam_foreign_affairs.validation.rules import catalogue

    made, _ = broken
    elsewhere = {
        *test_rules_sources.RULES,
        # test_descriptor.py
        "names",
        "files",
        "claims",
        "keys",
        "constraints",
        "columns",
        "wording",
        "filled",
        "repeated",
        "words",
        "typed",
        "counted",
        # test_files.py
        "descriptor",
        "frictionless",
        "file",
        "sql",
        "header",
        "shape",
        "quoting",
        "order",
        # test_relations.py
        "activities",
        "tiers",
        "stock_and_flow",
        "growth",
        "multiple",
        "surplus_years",
        "rival_statements",
        "highlights_have_evidence",
        "evidence_is_further",
        "upgrades_have_their_own_source",
        "indicators_are_used",
        "un_members_are_complete",
        "relations_abroad",
        "confidence",
        # test_ledger.py
        "ledger",
        *test_rules_facts.RULES,
        *test_rules_ids.RULES,
        *test_rules_texts.RULES,
    }
    rules = {rule.id for rule in catalogue(package())}
    assert rules - {place[0] for place in made.values()} == elsewhere
