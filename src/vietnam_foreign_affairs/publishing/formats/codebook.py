"""The codebook as PDF and as HTML: what each table and column holds, set by Typst."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...citation import cite
from ...package import Field, Package, Table
from ...visible import visible
from ..files import all_tables

FILE = "codebook.pdf"
PAGE = "codebook.html"
_TEMPLATE = Path(__file__).with_name("codebook.typ")
_CONVENTIONS = (
    "A table is a CSV file, a sheet, a table of a database or a file of another format: names and "
    "values are the same in all. A blank cell is an unknown or missing value. Dates are ISO 8601; "
    "one known to the month or the year holds the first day of it, and the column that ends "
    "in _precision says so. Countries have ISO 3166-1 alpha-3 codes. A row cites its best source "
    "in source_id and the place there in locator; further ones, and contradicting ones, are rows "
    "of evidence. Tables with the role derived follow from the others."
)
_STYLE = (
    "<style>body{max-width:60rem;margin:2rem auto;padding:0 1rem;font-family:system-ui,sans-serif;"
    "line-height:1.5}table{border-collapse:collapse;margin:1rem 0;width:100%}"
    "td,th{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}</style>\n"
)


def write(pkg: Package, out: Path) -> None:
    import typst

    inputs = {"book": json.dumps(_seen(_book(pkg)), ensure_ascii=False)}
    options = {"sys_inputs": inputs, "ignore_system_fonts": True}
    (out / FILE).write_bytes(typst.compile(_TEMPLATE, format="pdf", **options))
    page = typst.compile(_TEMPLATE, format="html", pretty=True, **options)
    (out / PAGE).write_bytes(page.replace(b"</head>", _STYLE.encode() + b"</head>", 1))


def _seen(value: Any) -> Any:
    """What can be set: no character without a shape, which HTML may not hold."""
    if isinstance(value, dict):
        return {key: _seen(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_seen(part) for part in value]
    return visible(value, keep="\n") if isinstance(value, str) else value


def _book(pkg: Package) -> dict[str, Any]:
    d = pkg.descriptor
    licence = d["licenses"][0]
    tables = all_tables(pkg)
    entries = {r["name"]: r for r in d["resources"]}
    return {
        "title": f"{d['title']}: codebook",
        "authors": [person["title"] for person in d["contributors"]],
        "description": d["description"],
        "version_line": f"{d['title']}, version {pkg.version}",
        "conventions": _CONVENTIONS,
        "facts": [
            ("Version", pkg.version),
            ("Released on", d["created"][:10]),
            ("Licence", f"{licence['title']}, {licence['path']}"),
            ("How to cite", cite(pkg)),
            ("Homepage", d["homepage"]),
        ],
        "tables": [_table(table, entries[table.name]["rows"]) for table in tables],
    }


def _table(table: Table, rows: int) -> dict[str, Any]:
    c = table.coverage
    claim = "all of it" if c.complete else "no claim to completeness"
    references = {
        key.field: {"table": key.table, "column": key.references} for key in table.foreign_keys
    }
    return {
        "name": table.name,
        "title": table.title,
        "title_vi": table.title_vi,
        "description": table.description,
        "facts": [
            ("Rows", f"{rows:,}, role {table.role}"),
            ("Key", ", ".join(table.primary_key)),
            ("Coverage", f"{c.starts_on} to {c.ends_on}, {claim}. {c.description}"),
        ],
        "columns": [
            {
                "name": field.name,
                "type": field.type,
                "title": field.title,
                "title_vi": field.title_vi,
                "description": field.description,
                "limits": _limits(table, field),
                "refers_to": references.get(field.name),
            }
            for field in table.fields
        ],
    }


def _limits(table: Table, field: Field) -> str:
    limits = field.constraints
    parts = [
        "Always given." if field.required or field.name in table.primary_key else "",
        f"Unit: {field.unit}." if field.unit else "",
        f"One of: {', '.join(map(str, limits['enum']))}." if "enum" in limits else "",
    ]
    return " ".join(filter(None, parts))
