"""What others see of the same corruptions: frictionless, and the schemas derived for pandera.

Neither knows a rule of the house: the first reads descriptor, schemas and files, the second what
Table Schema says of types, constraints, keys and references.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vietnam_foreign_affairs.database import quote, scan_sql
from vietnam_foreign_affairs.package import Package, Table

from .judge import copy_package, corrupted
from .original import Mutant


class Frictionless:
    """Validates the resources that a corruption touches, with their references."""

    def __init__(self, root: Path, to: Path):
        self.root = copy_package(root, to, ledger=False)
        self.resources = self._resources()

    def __call__(self, mutant: Mutant) -> bool:
        import frictionless

        with corrupted(self.root, mutant):
            try:
                if mutant.table != "datapackage":
                    touched = [mutant.table]
                else:
                    after = self._resources()
                    names = self.resources.keys() | after.keys()
                    touched = [n for n in names if self.resources.get(n) != after.get(n)]
                package = frictionless.Package(str(self.root / "datapackage.json"))
                known = [n for n in touched if package.has_resource(n)]
                return any(not package.get_resource(n).validate().valid for n in known)
            except Exception:  # it refuses in many ways, and all of them are an answer
                return True

    def _resources(self) -> dict[str, Any]:
        text = (self.root / "datapackage.json").read_text(encoding="utf-8")
        return {r["name"]: r for r in json.loads(text)["resources"]}


class Pandera:
    """Checks the derived schemas, on tables that DuckDB reads as their schemas say."""

    def __init__(self, root: Path, to: Path):
        import duckdb

        self.root = copy_package(root, to, ledger=False)
        self.con = duckdb.connect(config={"threads": 1})
        self.tables = {t.name: t for t in Package(self.root).tables}
        for table in self.tables.values():
            self._load(table)
        self.plans = {name: self._plan(self.tables, table) for name, table in self.tables.items()}
        if any(map(self._fails, self.plans.values())):
            raise ValueError("the package breaks its own schemas")

    def __call__(self, mutant: Mutant) -> bool:
        with corrupted(self.root, mutant):
            changed = [mutant.table] if mutant.table in self.tables else []
            try:
                after = {t.name: t for t in Package(self.root).tables}
                changed += [n for n, t in self.tables.items() if after.get(n) != t]
                return self._is_seen(after, set(changed))
            except Exception:  # no schema can be made, or no table read
                return True
            finally:
                for name in {*changed}:
                    self.con.execute(
                        f"CREATE OR REPLACE TABLE {quote(name)} AS FROM kept.{quote(name)}"
                    )

    def _is_seen(self, tables: dict[str, Table], changed: Iterable[str]) -> bool:
        for name in changed:
            self._read(tables[name])
        plans = {
            name: plan if tables[name] == self.tables[name] else self._plan(tables, tables[name])
            for name, plan in self.plans.items()
        }
        return any(self._fails(p) for p in plans.values() if {*changed} & {*p.reads})

    def _load(self, table: Table) -> None:
        self._read(table)
        self.con.execute("CREATE SCHEMA IF NOT EXISTS kept")
        self.con.execute(f"CREATE TABLE kept.{quote(table.name)} AS FROM {quote(table.name)}")

    def _read(self, table: Table) -> None:
        self.con.execute(f"CREATE OR REPLACE TABLE {quote(table.name)} AS FROM {scan_sql(table)}")

    def _plan(self, tables: dict[str, Table], table: Table) -> Any:
        import ibis

        from vietnam_foreign_affairs.validation import constraints, engine

        database = ibis.duckdb.from_connection(self.con)
        views = {name: database.table(name) for name in tables}
        return engine.compile(constraints.pandera_schema(table, views), views[table.name])

    def _fails(self, plan: Any) -> bool:
        return self.con.execute(f"{plan.sql}\nLIMIT 1").fetchone() is not None
