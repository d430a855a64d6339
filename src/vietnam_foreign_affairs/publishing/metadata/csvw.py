"""CSV on the Web: types, keys and words for the CSV files, as the W3C standard has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...package import Field, Package, Table
from ..files import all_tables
from .common import authors, day, full_title, to_json

_TYPES = {
    "string": "string",
    "integer": "integer",
    "number": "double",
    "date": "date",
    "year": "integer",
}
_BOUNDS = ("minimum", "maximum", "minLength", "maxLength")


def csvw(pkg: Package, _: Path) -> str:
    d = pkg.descriptor
    paths = {r["name"]: r["path"] for r in d["resources"]}
    return to_json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "dc:title": full_title(pkg),
            "dc:description": d["description"],
            "dc:creator": "; ".join(authors(pkg)),
            "dc:issued": day(pkg),
            "dc:license": {"@id": d["licenses"][0]["path"]},
            "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
            "tables": [_table(table, paths) for table in all_tables(pkg)],
        }
    )


def _table(table: Table, paths: dict[str, str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [_column(field) for field in table.fields],
        "primaryKey": list(table.primary_key),
    }
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {
                "columnReference": key.field,
                "reference": {"resource": paths[key.table], "columnReference": key.references},
            }
            for key in table.foreign_keys
        ]
    return {
        "url": paths[table.name],
        "dc:title": table.title,
        "dc:description": table.description,
        "tableSchema": schema,
    }


def _column(field: Field) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": field.name,
        "titles": field.name,
        "dc:title": field.title,
        "dc:description": field.description,
        "datatype": _datatype(field),
    }
    if field.required:
        column["required"] = True
    return column


def _datatype(field: Field) -> str | dict[str, Any]:
    if field.type == "boolean":
        return {"base": "boolean", "format": "true|false"}
    base = _TYPES[field.type]
    more = {name: field.constraints[name] for name in _BOUNDS if name in field.constraints}
    if field.type == "string" and "pattern" in field.constraints:
        more["format"] = field.constraints["pattern"]
    return {"base": base, **more} if more else base
