"""CSV on the Web: types, keys and words for the CSV files, as the W3C standard has them.

Read as RDF, a row is a resource whose IRI is its address on the site, of the class of its table; a
column is a property whose IRI is the address of its description; a reference leads to another row.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...package import Field, Package, Table
from ..files import all_tables
from .common import authors, day, field_address, full_title, page, row_address, to_json

_TYPES = {
    "string": "string",
    "integer": "integer",
    "number": "double",
    "date": "date",
    "year": "integer",
}
_LANGUAGES = ("_en", "_vi")  # how names of columns with words in a language end
_BOUNDS = ("minimum", "maximum", "minLength", "maxLength")


def csvw(pkg: Package, _: Path) -> str:
    d = pkg.descriptor
    tables = {table.name: table for table in all_tables(pkg)}
    return to_json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "dc:title": full_title(pkg),
            "dc:description": d["description"],
            "dc:creator": "; ".join(authors(pkg)),
            "dc:issued": day(pkg),
            "dc:license": {"@id": d["licenses"][0]["path"]},
            "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
            "tables": [_table(pkg, table, tables) for table in tables.values()],
        }
    )


def _table(pkg: Package, table: Table, tables: dict[str, Table]) -> dict[str, Any]:
    columns = [_column(pkg, table, field) for field in table.fields]
    keys = []
    for key in table.foreign_keys:
        target = tables[key.table]
        if (key.references,) == target.primary_key:
            row = row_address(pkg, target).replace(f"{{{key.references}}}", f"{{{key.field}}}")
            columns[table.field_names.index(key.field)]["valueUrl"] = row
        # The standard knows no reference that may be blank: `valueUrl` alone says where it leads.
        if _is_required(table, table.field(key.field)):
            reference = {"resource": _path(pkg, target), "columnReference": key.references}
            keys.append({"columnReference": key.field, "reference": reference})
    columns.append(
        {
            "name": "rdf_type",
            "virtual": True,
            "propertyUrl": "rdf:type",
            "valueUrl": page(pkg, table),
        }
    )
    return {
        "url": _path(pkg, table),
        "dc:title": table.title,
        "dc:description": table.description,
        "tableSchema": {
            "aboutUrl": row_address(pkg, table),
            "columns": columns,
            "primaryKey": list(table.primary_key),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _column(pkg: Package, table: Table, field: Field) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": field.name,
        "titles": field.name,
        "dc:title": field.title,
        "dc:description": field.description,
        "propertyUrl": field_address(pkg, table, field.name),
        "datatype": _datatype(field),
    }
    if _is_required(table, field):
        column["required"] = True
    if field.type == "string" and field.name.endswith(_LANGUAGES):
        column["lang"] = field.name[-2:]
    return column


def _is_required(table: Table, field: Field) -> bool:
    return field.required or field.name in table.primary_key


def _path(pkg: Package, table: Table) -> str:
    return table.path.relative_to(pkg.root).as_posix()


def _datatype(field: Field) -> str | dict[str, Any]:
    if field.type == "boolean":
        return {"base": "boolean", "format": "true|false"}
    base = _TYPES[field.type]
    more = {name: field.constraints[name] for name in _BOUNDS if name in field.constraints}
    if field.type == "string" and "pattern" in field.constraints:
        more["format"] = field.constraints["pattern"]
    return {"base": base, **more} if more else base
