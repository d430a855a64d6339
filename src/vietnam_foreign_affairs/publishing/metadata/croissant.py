"""Croissant 1.1: the tables for machine learning, with types, keys and references.

The record sets read the Parquet files: readers of Croissant open CSV with the defaults of pandas,
for which Namibia's code NA is a missing value.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...citation import cite
from ...package import Package, Table
from ..files import all_tables, download_url, sha256
from ..formats import parquet
from .common import authors, day, full_title, to_json

_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "year": "sc:Integer",
}
# The context that the specification prescribes.
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    **{
        name: f"cr:{name}"
        for name in (  # noqa: SIM905
            "annotation arrayShape citeAs column containedIn excludes extract field fileProperty "
            "fileObject fileSet format includes isArray isLiveDataset jsonPath key md5 parentField "
            "path readLines recordSet references regex repeated replace samplingRate separator "
            "source subField transform unArchive value"
        ).split()
    },
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "equivalentProperty": {"@id": "cr:equivalentProperty", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
}


def croissant(pkg: Package, folder: Path) -> str:
    d = pkg.descriptor
    tables = all_tables(pkg)
    return to_json(
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.1",
            "name": d["name"],
            "alternateName": full_title(pkg),
            "description": d["description"],
            "url": d["homepage"],
            "version": pkg.version,
            "datePublished": day(pkg),
            "license": d["licenses"][0]["path"],
            "citeAs": cite(pkg, "bibtex"),
            "inLanguage": ["en", "vi"],
            "isLiveDataset": False,
            "keywords": d["keywords"],
            "creator": [{"@type": "sc:Organization", "name": name} for name in authors(pkg)],
            "publisher": {"@type": "sc:Organization", "name": authors(pkg)[0]},
            "distribution": [file for table in tables for file in _files(pkg, table, folder)],
            "recordSet": [_record_set(table) for table in tables],
        }
    )


def _files(pkg: Package, table: Table, folder: Path) -> list[dict[str, Any]]:
    kinds = (
        (folder / parquet.FILE.format(table=table.name), "application/x-parquet"),
        (table.path, "text/csv"),
    )
    return [
        {
            "@type": "cr:FileObject",
            "@id": path.name,
            "name": path.name,
            "description": table.description,
            "contentUrl": download_url(pkg, path),
            "contentSize": f"{path.stat().st_size} B",
            "encodingFormat": kind,
            "sha256": sha256(path),
        }
        for path, kind in kinds
    ]


def _record_set(table: Table) -> dict[str, Any]:
    references = {key.field: _column(key.table, key.references) for key in table.foreign_keys}
    fields = []
    for field in table.fields:
        entry: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": f"{table.name}/{field.name}",
            "name": field.name,
            "description": field.description,
            "dataType": _TYPES[field.type],
            "source": _column(table.name, field.name),
        }
        # mlcroissant follows a reference by joining the tables: it can join files, not record
        # sets, and no column that is blank throughout.
        if field.required and field.name in references:
            entry["references"] = references[field.name]
        fields.append(entry)
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.primary_key],
        "field": fields,
    }


def _column(table: str, column: str) -> dict[str, Any]:
    return {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": column}}
