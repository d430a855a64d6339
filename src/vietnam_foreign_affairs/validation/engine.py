"""A pandera schema as one SQL query, through the public interfaces of pandera and Ibis only.

pandera on Ibis runs a query a check and names no row. Here every table-level check of a schema
becomes a column of one projection; the rows in which any is false come back with the names of the
checks that they break. Calling a check on a table returns its boolean column without running it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple


class Plan(NamedTuple):
    """A schema as SQL: the rows that break a check, with a column `_ok<n>` for the n-th name.

    `asks` gives a row if there are such rows, for half the price: it plans each check once.
    `reads` has every table that the SQL reads, with the columns of it, or none for all of them.
    """

    sql: str
    asks: str
    names: tuple[str, ...]
    reads: dict[str, tuple[str, ...]]


def compile(schema: Any, table: Any) -> Plan:
    """The plan of a pandera schema on an Ibis table of a DuckDB database.

    A check that is null for a row does not break it. Raises `ValueError` for one without a name.
    """
    import ibis

    for number, check in enumerate(schema.checks):
        if not check.name:
            raise ValueError(f"check {number} of schema {schema.name} has no name")
    flags = {
        f"_ok{number}": check(table).check_output for number, check in enumerate(schema.checks)
    }
    marked = table.mutate(**flags)
    names = tuple(check.name for check in schema.checks)
    # Ibis writes each check once, which takes long; DuckDB does without what is not asked for.
    marked_sql, all_ok = ibis.to_sql(marked, dialect="duckdb", pretty=False), " AND ".join(flags)
    bad = f"FROM ({marked_sql}) WHERE NOT ({all_ok})"
    return Plan(f"SELECT * {bad}", f"SELECT 1 {bad} LIMIT 1", names, _reads(marked.op()))


def _reads(whole: Any) -> dict[str, tuple[str, ...]]:
    """By table, the columns that an Ibis operation reads; none where that is not plain."""
    import ibis.expr.operations as ops

    # What hands its parent's columns on: who names one of its fields names one of the parent's.
    same = (ops.Filter, ops.JoinReference, ops.Limit, ops.Sort, ops.SelfReference)
    named = (ops.Project, ops.Aggregate, ops.JoinChain)  # what names each field that it uses
    reads: dict[str, set[str] | None] = {}

    def table_below(relation: Any) -> str | None:
        while isinstance(relation, same):
            relation = relation.parent
        return relation.name if isinstance(relation, ops.DatabaseTable) else None

    for node in whole.find((ops.DatabaseTable, ops.Field, ops.Relation, ops.Subquery)):
        if isinstance(node, ops.DatabaseTable):
            reads.setdefault(node.name, set())
        elif isinstance(node, ops.Field):
            name = table_below(node.rel)
            if name and reads.setdefault(name, set()) is not None:
                reads[name].add(node.name)
        elif not isinstance(node, (*same, *named)):
            for child in node.__children__:
                name = table_below(child)
                if name:
                    reads[name] = None
    return {name: tuple(sorted(columns or ())) for name, columns in sorted(reads.items())}


def broken_checks(
    plan: Plan, columns: list[str], rows: list[tuple[Any, ...]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (name of a broken check, row) for the rows that a plan's SQL gave."""
    for values in rows:
        row = dict(zip(columns, values, strict=True))
        for number, name in enumerate(plan.names):
            if row[f"_ok{number}"] is False:
                yield name, {k: v for k, v in row.items() if not k.startswith("_ok")}
