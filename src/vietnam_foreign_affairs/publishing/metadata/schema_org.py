"""schema.org `Dataset`: what search engines for data read.

The package and each table are a node; the site carries each node, word for word, on its page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...package import Field, Package, Table
from ..files import all_tables
from .common import (
    Download,
    authors,
    covered,
    day,
    downloads,
    downloads_of,
    full_title,
    page,
    period,
    to_json,
)

CONTEXT = "https://schema.org/"


def schema_org(pkg: Package, folder: Path) -> str:
    nodes = [_package(pkg, folder), *(_table(pkg, table, folder) for table in all_tables(pkg))]
    return to_json({"@context": CONTEXT, "@graph": nodes})


def _package(pkg: Package, folder: Path) -> dict[str, Any]:
    d = pkg.descriptor
    facts = [table for table in pkg.tables if table.role == "facts"]
    return {
        "@type": "Dataset",
        "@id": d["homepage"],
        "identifier": d["id"],
        "name": full_title(pkg),
        "alternateName": [d["title_vi"], d["name"]],
        "description": d["description"],
        "url": d["homepage"],
        "sameAs": d["id"],
        **_common(pkg),
        "inLanguage": ["en", "vi"],
        "keywords": d["keywords"],
        "temporalCoverage": "/".join(period(pkg)),
        "spatialCoverage": {
            "@type": "Place",
            "name": "Viet Nam",
            "sameAs": "https://www.wikidata.org/entity/Q881",
        },
        "variableMeasured": [f"{t.title}: {f.title}" for t in facts for f in _variables(t)],
        "distribution": [_download(file) for file in downloads(pkg, folder)],
        "hasPart": [{"@id": page(pkg, table)} for table in all_tables(pkg)],
    }


def _table(pkg: Package, table: Table, folder: Path) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "@id": page(pkg, table),
        "identifier": page(pkg, table),
        "url": page(pkg, table),
        "name": table.title,
        "alternateName": [table.title_vi, table.name],
        # Search engines want at least 50 letters.
        "description": f"{table.description} {table.coverage.description}",
        **_common(pkg),
        "temporalCoverage": "/".join(covered(pkg, table)),
        "isPartOf": {"@id": pkg.descriptor["homepage"]},
        "variableMeasured": [_variable(field) for field in table.fields],
        "distribution": [_download(file) for file in downloads_of(pkg, table, folder)],
    }


def _common(pkg: Package) -> dict[str, Any]:
    people = [{"@type": "Organization", "name": name} for name in authors(pkg)]
    return {
        "version": pkg.version,
        "datePublished": day(pkg),
        "dateModified": day(pkg),
        "license": pkg.descriptor["licenses"][0]["path"],
        "isAccessibleForFree": True,
        "creator": people,
        "publisher": people[0],
    }


def _variables(table: Table) -> list[Field]:
    """Columns whose values can be counted or compared: no ids, references and free words."""
    apart = {*table.primary_key, *(key.field for key in table.foreign_keys)}
    return [
        field
        for field in table.fields
        if field.name not in apart
        and not field.name.endswith("_precision")
        and (field.type != "string" or "enum" in field.constraints)
    ]


def _variable(field: Field) -> dict[str, Any]:
    unit = {"unitText": field.unit} if field.unit else {}
    return {
        "@type": "PropertyValue",
        "name": field.name,
        "description": field.description,
        **unit,
    }


def _download(file: Download) -> dict[str, Any]:
    kind = {"encodingFormat": file.media_type} if file.media_type else {}
    return {
        "@type": "DataDownload",
        "name": file.title,
        "contentUrl": file.url,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
        **kind,
    }
