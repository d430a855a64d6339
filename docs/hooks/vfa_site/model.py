"""The package as the site shows it: rows as they are written, with labels, sources and links."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import duckdb

from vietnam_foreign_affairs import database, questions
from vietnam_foreign_affairs.package import Package, PackageError, Table, package

from . import escape

Row = dict[str, str]
FORM = "wrong-or-missing-fact.yml"  # of .github/ISSUE_TEMPLATE, whose fields are filled in
LABELS = ("name_en", "title_en", "title", "theme")


class Citation(NamedTuple):
    """One source of one row. `relation` is `cites`, `supports` or `contradicts`."""

    relation: str
    field: str | None
    stated_value: str | None
    source_id: str
    locator: str | None
    title: str
    publisher: str
    published_on: str
    url: str


class Model:
    """Everything that pages ask of the package; read once a build."""

    def __init__(self, pkg: Package | None = None):
        self.pkg = pkg or package()
        _check(self.pkg)
        self.con: duckdb.DuckDBPyConnection = _locked(database.connect(self.pkg))
        self.tables: dict[str, Table] = {t.name: t for t in self.pkg.tables}

    @property
    def descriptor(self) -> dict[str, Any]:
        return self.pkg.descriptor

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        return {name: _read_rows(table) for name, table in self.tables.items()}

    @cached_property
    def by_id(self) -> dict[str, dict[str, Row]]:
        return {
            name: {self.row_id(table, row): row for row in self.rows[name]}
            for name, table in self.tables.items()
        }

    @cached_property
    def citations(self) -> dict[tuple[str, str], list[Citation]]:
        found: dict[tuple[str, str], list[Citation]] = defaultdict(list)
        for table, row_id, *rest in self.con.execute(
            "SELECT table_name, row_id, relation, field, stated_value, source_id, locator, title, "
            "publisher, coalesce(published_on::VARCHAR, ''), url FROM provenance ORDER BY "
            "table_name, row_id, list_position(['cites', 'supports', 'contradicts'], relation), "
            "source_id, field"
        ).fetchall():
            found[table, row_id].append(Citation(*rest))
        return found

    @cached_property
    def corrections(self) -> dict[tuple[str, str], list[Row]]:
        """By table and row: what a cell said in an earlier release, and why it changed."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.rows["corrections"]:
            if row["field"]:
                found[row["table_name"], row["row_id"]].append(row)
        return found

    @cached_property
    def country_names(self) -> dict[str, list[str]]:
        """By ISO code: the English name, the Vietnamese one, and all others."""
        return {
            r["iso3"]: [r["label_en"], r["label_vi"], *(r["other_names"] or ())]
            for r in self.records("FROM country_labels")
        }

    @cached_property
    def scores(self) -> dict[str, dict[str, Any]]:
        return {r["table_name"]: r for r in self.records("FROM evidence_scores")}

    @cached_property
    def queries(self) -> tuple[questions.Query, ...]:
        return questions.queries(self.pkg)

    @cached_property
    def views(self) -> list[dict[str, Any]]:
        """Views and macros with what their heads say of them, and their SQL."""
        return [
            {
                "name": view.name,
                "kind": "macro" if view.is_macro else "view",
                "about": f"{view.description} {view.note}".strip(),
                "sql": view.sql,
            }
            for _, view in sorted(database.described(self.pkg).items())
        ]

    def file(self, path: str) -> bytes:
        """A file of the package. Raises `PackageError` for one that is not, or lies outside."""
        return _inside(self.pkg, path).read_bytes()

    def records(self, sql: str) -> list[dict[str, Any]]:
        """Rows of a query as dicts."""
        result = self.con.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def value(self, sql: str) -> Any:
        """The one value of a query."""
        row = self.con.execute(sql).fetchone()
        return row[0] if row else None

    def row_id(self, table: Table, row: Row) -> str:
        return "/".join(row[name] for name in table.primary_key)

    @staticmethod
    def names(lang: str) -> tuple[str, ...]:
        """Columns that name a row, the one in the language first."""
        return LABELS if lang == "en" else (f"name_{lang}", f"title_{lang}", *LABELS)

    def label(self, table_name: str, row_id: str, lang: str = "en") -> str:
        """A row in a few words: its name, or what it joins and when."""
        table, row = self.tables[table_name], self.by_id[table_name].get(row_id)
        if row is None:
            return row_id
        if table_name == "countries":
            return self.country_names[row_id][lang == "vi"]
        for name in self.names(lang):
            if row.get(name):
                return row[name]
        keys = {k.field: k for k in table.foreign_keys if k.table not in ("sources", table_name)}
        parts = [
            self.label(keys[name].table, row[name], lang)
            for name in row
            if name in keys and row[name]
        ]
        day = self.first_date(table, row)
        return ", ".join([*dict.fromkeys(parts), *([day] if day else [])]) or row_id

    def first_date(self, table: Table, row: Row) -> str:
        """The first date of a row as exact as it is known: 2025-03-10, 2025-03 or 2025."""
        for field in table.fields:
            if field.type == "date" and row[field.name]:
                return self.exact(row, field.name)
        return ""

    @staticmethod
    def exact(row: Row, name: str) -> str:
        """A date without the days and months that are not known."""
        cut = {"year": 4, "month": 7}.get(row.get(f"{name}_precision", ""), 10)
        return row[name][:cut]

    def year_of(self, table: Table, row: Row) -> int | None:
        for field in table.fields:
            if field.type == "date" and row[field.name]:
                return int(row[field.name][:4])
        return int(row["year"]) if row.get("year") else None

    def country_keys(self) -> list[tuple[Table, str]]:
        """Tables that refer to a country, with the column that does."""
        return [
            (table, key.field)
            for table in self.tables.values()
            for key in table.foreign_keys
            if key.table == "countries"
        ]

    def referred_by(self, name: str) -> list[tuple[str, str]]:
        return [
            (table.name, key.field)
            for table in self.tables.values()
            for key in table.foreign_keys
            if key.table == name and table.name != name
        ]

    def row_url(self, table_name: str, row_id: str, root: str) -> str:
        """Where a row is shown: its anchor in the page of its table."""
        return f"{root}tables/{table_name}/#{quote(row_id, safe='/')}"

    def report_url(self, table_name: str, row_id: str) -> str:
        """A form that reports an error in a row, with table and row filled in."""
        row, version = f"{table_name}, {row_id}", self.descriptor["version"]
        fields = {"template": FORM, "title": f"Fact: {row}", "row": row, "version": version}
        return f"{self.descriptor['id']}/issues/new?{urlencode(fields, quote_via=quote)}"


def _locked(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The views that pages ask are the package's: no files and no network for them."""
    if not con.execute("SELECT current_setting('lock_configuration')").fetchone()[0]:
        database.lock(con)
    return con


def _check(pkg: Package) -> None:
    """What addresses, paths and SQL of the site are made of is plain, and lies in the package.

    Raises `PackageError` for a name, a path or an address that is not.
    """
    for resource in pkg.descriptor["resources"]:
        name = escape.name(resource["name"])
        if resource.get("role") == "derived":
            continue
        for key, path in (("path", f"tables/{name}.csv"), ("schema", f"schemas/{name}.json")):
            if resource[key] != path:
                raise PackageError(f"{key} of {name} is {resource[key]!r}, not {path}")
            _inside(pkg, path)
        for field in pkg.table(name).fields:
            escape.name(field.name)
    for address in ("id", "homepage"):
        escape.address(pkg.descriptor[address])
    escape.address(pkg.descriptor["licenses"][0]["path"])


def _inside(pkg: Package, path: str) -> Path:
    """A file of the package; a link that leads out of it is none."""
    file = (pkg.root / path).resolve()
    if not file.is_relative_to(pkg.root.resolve()) or not file.is_file():
        raise PackageError(f"{path} is not a file of the package")
    return file


def _read_rows(table: Table) -> list[Row]:
    with table.path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
