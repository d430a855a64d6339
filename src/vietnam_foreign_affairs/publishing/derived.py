"""Tables that follow from others: views written as CSV, with schemas made from their columns.

A view is published if its head names a key; its words are those of its head.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..database import described, quote
from ..output import to_csv
from ..package import Package, PackageError, Table
from ..views import View, Words, words_of
from . import reach
from .files import write_json

if TYPE_CHECKING:
    import duckdb

# What a derived table says of its file in the words that the first table has.
_LIKE_OTHERS = ("$schema", "profile", "format", "mediatype", "encoding", "dialect")
_TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "string",  # Data Package v2 contradicts itself on lists: a blank between
    "BIGINT": "integer",
    "INTEGER": "integer",
    "HUGEINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}


def published_views(pkg: Package) -> tuple[View, ...]:
    """The views that are published as tables. Raises `PackageError` for one without words."""
    found = tuple(view for view in described(pkg).values() if view.key)
    for view in found:
        if not (view.title and view.title_vi and view.description):
            raise PackageError(
                f"scripts/sql/views/{view.name}.sql has a key, and needs a title, a title_vi and a "
                "description at its head"
            )
    return tuple(sorted(found, key=lambda view: view.name))


def write_derived(
    pkg: Package, con: duckdb.DuckDBPyConnection, derived: View, out: Path
) -> dict[str, Any]:
    """Write a view's CSV and schema under `out`; return its entry for the descriptor.

    Raises `PackageError` for a column of a type that a CSV cannot hold.
    """
    made = rows(con, derived)
    cells = made.fetchall()
    places = [made.columns.index(name) for name in derived.key]
    if len({tuple(row[i] for i in places) for row in cells}) < len(cells):
        raise PackageError(f"view {derived.name}: {', '.join(derived.key)} is no key")
    resource, schema = describe(pkg, con, derived)
    path = out / resource["path"]
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        to_csv(file, made.columns, cells)
    write_json(out / resource["schema"], schema)
    return resource


def rows(con: duckdb.DuckDBPyConnection, derived: View) -> duckdb.DuckDBPyRelation:
    """The rows of a derived table as its file has them, on a connection that has the view."""
    cells = ", ".join(f"{_cell(n, k)} AS {quote(n)}" for n, k in _types(con, derived).items())
    # As formatting.py sorts: by the characters of the cells, not by the values.
    order = ", ".join(f"{quote(name)}::VARCHAR" for name in derived.key)
    # A table is a set of rows: what a view says twice is written once.
    return con.table(derived.name).project(cells).distinct().order(order)


def find(pkg: Package, name: str) -> View:
    """The derived table of that name. Raises `PackageError` for an unknown one."""
    published = published_views(pkg)
    for derived in published:
        if derived.name == name:
            return derived
    names = [resource["name"] for resource in pkg.descriptor["resources"]]
    names += [derived.name for derived in published]
    raise PackageError(f"there is no table {name!r}; the tables are {', '.join(names)}")


def tables(pkg: Package, con: duckdb.DuckDBPyConnection) -> tuple[Table, ...]:
    """The derived tables; in a package that is not built, no file is at their paths."""
    return tuple(pkg.described(*describe(pkg, con, derived)) for derived in published_views(pkg))


def describe(
    pkg: Package, con: duckdb.DuckDBPyConnection, derived: View
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The descriptor's entry of a derived table, and its schema."""
    like = pkg.descriptor["resources"][0]
    resource = {
        "name": derived.name,
        "path": f"derived/{derived.name}.csv",
        "type": "table",
        "title": derived.title,
        "title_vi": derived.title_vi,
        "description": derived.description,
        "role": "derived",
        **{name: like[name] for name in _LIKE_OTHERS if name in like},
        "schema": f"schemas/{derived.name}.json",
        "licenses": pkg.descriptor["licenses"],
        **_lineage(pkg, con, derived),
    }
    return resource, _schema(pkg, derived, _types(con, derived))


def _types(con: duckdb.DuckDBPyConnection, derived: View) -> dict[str, str]:
    view = con.table(derived.name)
    return dict(zip(view.columns, map(str, view.types), strict=True))


def _cell(name: str, kind: str) -> str:
    if kind.endswith("[]"):
        return f"array_to_string({quote(name)}, ' ')"
    if kind.endswith("INT") or kind == "INTEGER":
        return f"{quote(name)}::BIGINT"
    # What follows the ninth decimal is the noise of binary fractions.
    return f"round({quote(name)}, 9)" if kind == "DOUBLE" else quote(name)


def _schema(pkg: Package, derived: View, types: dict[str, str]) -> dict[str, Any]:
    views = described(pkg)
    keys = [key for key in (_reference(pkg, name) for name in types) if key]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "title": derived.title,
        "description": derived.description,
        "fields": [_field(pkg, views, derived, name, kind) for name, kind in types.items()],
        "missingValues": [""],
        "primaryKey": list(derived.key),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(
    pkg: Package, views: dict[str, View], derived: View, name: str, kind: str
) -> dict[str, Any]:
    if kind not in _TYPES:
        raise PackageError(f"view {derived.name}: a CSV cannot hold column {name} of type {kind}")
    words = words_of(pkg, views, derived.name, name)
    if not words:
        raise PackageError(f"scripts/sql/views/{derived.name}.sql has no words for column {name}")
    field = {"name": name, **words._asdict(), "type": _TYPES[kind]}
    if unit := _unit(pkg, name, words):
        field["unit"] = unit
    if name in derived.key:
        field["constraints"] = {"required": True}
    return field


def _unit(pkg: Package, name: str, words: Words) -> str | None:
    """The unit of the fact that a column is, which is the one whose words it has."""
    facts = (f for table in pkg.tables for f in table.fields if f.name == name and f.unit)
    return next((f.unit for f in facts if f.description == words.description), None)


def _reference(pkg: Package, name: str) -> dict[str, Any] | None:
    """The foreign key of a column: where the facts' column of that name refers to."""
    targets = {
        (key.table, key.references)
        for t in pkg.tables
        for key in t.foreign_keys
        if key.field == name
    } or {(t.name, name) for t in pkg.tables if t.primary_key == (name,)}
    if len(targets) != 1:
        return None
    table, column = targets.pop()
    return {"fields": [name], "reference": {"resource": table, "fields": [column]}}


def _lineage(pkg: Package, con: duckdb.DuckDBPyConnection, derived: View) -> dict[str, Any]:
    """The tables that the view reads, through other views, and the coverage that they leave it."""
    views = described(pkg)
    seen, open_ = set(), [derived.name]
    while open_:
        name = open_.pop()
        if name not in seen:
            seen.add(name)
            open_ += views[name].reads if name in views else ()
    used = [table for table in pkg.tables if table.name in seen]
    bounds = [table.coverage for table in used if table.role == "facts"] or [
        table.coverage for table in used
    ]
    # It begins with its own rows, and ends where the tables were looked at: a term that is agreed
    # for years to come is no record of them.
    begins, ends = min(c.starts_on for c in bounds), max(c.ends_on for c in bounds)
    ends = min(ends, max(c.last_checked for c in bounds))
    days = [n for n, kind in _types(con, derived).items() if kind == "DATE" or n == reach.YEAR]
    first, _ = reach.stated(con, quote(derived.name), days, ends) or (begins, ends)
    return {
        "derived_from": [table.name for table in used],
        "coverage": {
            "from": max(begins, first),
            "to": ends,
            "complete": all(c.complete for c in bounds),
            "last_checked": min(c.last_checked for c in bounds),
            "description": f"What scripts/sql/views/{derived.name}.sql makes of the tables "
            "it is derived from.",
        },
    }
