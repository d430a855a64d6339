"""Run a pandera schema as one SQL query, through the public interfaces of pandera and Ibis only.

pandera on Ibis runs a query a check and names no row. Here every table-level check of a schema
becomes a column of one projection; the rows in which any is false come back with the names of the
checks that they break. Calling a check on a table returns its boolean column without running it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import duckdb

# Counting stops here: a table with more bad rows than this has one thing wrong with all of them.
MOST_ROWS = 1000


class Plan(NamedTuple):
    """A schema as SQL: the rows that break a check, with a column `_ok<n>` for the n-th name."""

    sql: str
    names: tuple[str, ...]


def compile(schema: Any, table: Any) -> Plan:
    """The plan of a pandera schema on an Ibis table of a DuckDB database.

    A check that is null for a row does not break it. Raises `ValueError` for one without a name.
    """
    from functools import reduce
    from operator import and_

    import ibis

    for number, check in enumerate(schema.checks):
        if not check.name:
            raise ValueError(f"check {number} of schema {schema.name} has no name")
    flags = {
        f"_ok{number}": check(table).check_output.fill_null(True)
        for number, check in enumerate(schema.checks)
    }
    marked = table.mutate(**flags)
    bad = marked.filter(~reduce(and_, [marked[flag] for flag in flags])).limit(MOST_ROWS)
    return Plan(str(ibis.to_sql(bad, dialect="duckdb")), tuple(c.name for c in schema.checks))


def run(con: duckdb.DuckDBPyConnection, plan: Plan) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (name of a broken check, row) for every row that breaks a check of the plan."""
    result = con.execute(plan.sql)
    columns = [column[0] for column in result.description]
    for values in result.fetchall():
        row = dict(zip(columns, values, strict=True))
        for number, name in enumerate(plan.names):
            if not row[f"_ok{number}"]:
                yield name, {k: v for k, v in row.items() if not k.startswith("_ok")}
