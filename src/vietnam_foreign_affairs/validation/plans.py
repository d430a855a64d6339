"""The rules as SQL plans, each compiled once: a table's, that of all texts, that of all checks.

pandera and Ibis take longer to load than all queries take to run, and a plan depends on the rules,
on its table's schema and on the columns of the others, never on the data. So it is kept in the
user's cache, under a key made of all that.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from ..package import Package, Table
from . import cache
from .engine import Plan


def plan_of(pkg: Package, table: Table) -> Plan:
    """The plan of a table: its Table Schema, its references, its domain rules."""
    columns = [[t.name, [[f.name, f.type] for f in t.fields]] for t in pkg.tables]
    # As JSON, for how a table shows itself leaves out what matters here; wherever it lies.
    own = json.dumps(table._replace(path=Path(table.name)), default=str)
    return _kept(cache.key_of(cache.code(), own, columns), lambda: _compiler(pkg).table(table))


def plan_of_relations(pkg: Package) -> Plan:
    """The plan of the table `relation`, which holds the rows of check views."""
    return _kept(cache.key_of(cache.code(), "relation"), lambda: _compiler(pkg).relation())


def plan_of_texts(pkg: Package) -> Plan:
    """The plan of the table `cell`, which holds the cells of text."""
    return _kept(cache.key_of(cache.code(), "cell"), lambda: _compiler(pkg).texts())


def _kept(key: str, make: Callable[[], Plan]) -> Plan:
    text = cache.get("plan", key)
    if text is not None:
        sql, asks, names, reads = json.loads(text)
        return Plan(sql, asks, tuple(names), {t: tuple(columns) for t, columns in reads.items()})
    plan = make()
    cache.put("plan", key, json.dumps(plan))
    return plan


class _Compiler:
    """Empty tables of the package, for Ibis to take columns from."""

    def __init__(self, pkg: Package):
        import duckdb
        import ibis

        from .rules.text_cells import COLUMNS as CELLS
        from .sql_checks import COLUMNS
        from .steps import types

        con = duckdb.connect()
        types.empty(con, pkg)
        con.execute(f"CREATE TABLE relation ({COLUMNS}); CREATE TABLE cell ({CELLS})")
        database = ibis.duckdb.from_connection(con)
        self.views = {table.name: database.table(table.name) for table in pkg.tables}
        self.relations = database.table("relation")
        self.cells = database.table("cell")

    def table(self, table: Table) -> Plan:
        from . import constraints
        from .engine import compile
        from .rules import rules_of

        schema = constraints.pandera_schema(table, self.views)
        schema = constraints.with_rules(schema, rules_of(table), self.views)
        return compile(schema, self.views[table.name])

    def relation(self) -> Plan:
        from .engine import compile
        from .sql_checks import pandera_schema

        return compile(pandera_schema(), self.relations)

    def texts(self) -> Plan:
        from .engine import compile
        from .rules import texts

        return compile(texts.pandera_schema(), self.cells)


_compiler = lru_cache(maxsize=1)(_Compiler)
