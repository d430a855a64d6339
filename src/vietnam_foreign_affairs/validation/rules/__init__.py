"""The rule catalogue: what each rule is called, at which level it works, what it protects.

Structure rules are the Table Schemas' own, and those on the documents themselves; domain rules are
pandera checks on one table, a module a theme; relational rules are the SQL views of
scripts/sql/checks/, checked by one pandera schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ...package import Package, Table

Tables = Mapping[str, Any]  # Ibis tables by name


class Rule(NamedTuple):
    """One entry of the catalogue. `level` is `structure`, `domain` or `relational`."""

    id: str
    level: str
    title: str
    protects: str


class DomainRule(NamedTuple):
    """A rule on the rows of one table.

    `holds(t, tables)` is a boolean Ibis column of `t`; null counts as true. `column` is where a
    failure is reported, `advice` what would be right.
    """

    id: str
    table: str
    column: str
    title: str
    protects: str
    advice: str
    holds: Callable[[Any, Tables], Any]

    @property
    def rule(self) -> Rule:
        return Rule(self.id, "domain", self.title, self.protects)


STRUCTURE = tuple(
    Rule(id, "structure", title, protects)
    for id, title, protects in (
        (
            "descriptor",
            "The descriptor and the schemas follow Data Package v2 and the profile of this house",
            "tools that read the package",
        ),
        (
            "frictionless",
            "The files are what the descriptor says, as frictionless sees it",
            "tools that read the package",
        ),
        ("file", "A table is UTF-8 without BOM, lines end in LF, no NUL bytes", "every CSV reader"),
        ("sql", "Views, macros and checks run", "everything that follows from the tables"),
        ("header", "The header is that of the schema", "every reader by column name"),
        ("shape", "Each row has as many cells as the header", "every CSV reader"),
        ("quoting", "Quotes inside a cell are doubled", "every CSV reader"),
        ("blanks", "No cell has blanks around it or a line break in it", "joins and comparisons"),
        (
            "order",
            "Rows are sorted by primary key and quoted only where needed",
            "diffs that people can read",
        ),
        (
            "type",
            "A value is of the type of its field, written in the one accepted way",
            "typed readers",
        ),
        ("required", "A required cell is filled in", "every use of the column"),
        ("enum", "A value is one of the list", "filters and joins"),
        ("pattern", "A value has the form of its field", "ids and codes"),
        ("minimum", "A value is not below the least", "arithmetic"),
        ("maximum", "A value is not above the greatest", "arithmetic"),
        ("minLength", "A text is long enough to say something", "explanations"),
        ("maxLength", "A text is short enough", "phrases that are figures, not sentences"),
        ("unique", "No two rows share a key", "joins"),
        ("foreign key", "A reference has a row that it refers to", "joins"),
        ("filled", "A column that is always filled is required", "rows that come later"),
        ("repeated", "A column that names rows and repeats nothing is unique", "lookups by name"),
        ("words", "Every word of a list is used, or reserved", "filters and legends"),
        ("typed", "A column of nothing but numbers, days or words says so", "typed readers"),
        ("counted", "A file has the size, rows and digest that a release says", "downloads"),
    )
)


def domain_rules() -> tuple[DomainRule, ...]:
    """Every domain rule of every theme."""
    from . import (
        agreements,
        figures,
        happenings,
        ids,
        ids_of_names,
        ids_of_pages,
        languages,
        laws,
        missions,
        observations,
        offices,
        partnerships,
        provenance,
        reference,
        sources,
        titles,
        visits,
    )

    themes = (partnerships, visits, observations, agreements, provenance)
    themes += (figures, offices, laws, titles, happenings, sources, languages, missions)
    themes += (ids, ids_of_names, ids_of_pages, reference)
    return tuple(rule for theme in themes for rule in theme.RULES)


def rules_of(table: Table) -> list[DomainRule]:
    """The domain rules on one table: those of its kind of columns, and its own."""
    from . import general

    return [*general.rules(table), *(rule for rule in domain_rules() if rule.table == table.name)]


def catalogue(pkg: Package) -> list[Rule]:
    """Every rule there is."""
    from ..sql_checks import checks
    from . import general, of_documents, texts

    ledger = Rule(
        "ledger",
        "relational",
        "What was published changes only with a correction, which says what it was and why",
        "whoever built on a release",
    )
    documented = Rule(
        "discrepancy_without_contradiction",
        "relational",
        "A documented discrepancy still fails its check",
        "the list of contradictions",
    )
    return [
        *STRUCTURE,
        *of_documents.CATALOGUE,
        *general.CATALOGUE,
        *(rule.rule for rule in texts.RULES),
        *dict.fromkeys(rule.rule for rule in domain_rules()),
        *(check.rule for check in checks(pkg)),
        documented,
        ledger,
    ]
