"""schema.org `Dataset`: what search engines for data read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...package import Package
from ..files import all_tables, download_url
from .common import authors, day, full_title, period, to_json


def schema_org(pkg: Package, _: Path) -> str:
    from ..formats import WHOLE

    d = pkg.descriptor
    people = [{"@type": "Organization", "name": name} for name in authors(pkg)]
    licence = d["licenses"][0]["path"]
    return to_json(
        {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            "@id": d["homepage"],
            "name": full_title(pkg),
            "alternateName": [d["title_vi"], d["name"]],
            "description": d["description"],
            "url": d["homepage"],
            "sameAs": d["id"],
            "version": pkg.version,
            "datePublished": day(pkg),
            "license": licence,
            "isAccessibleForFree": True,
            "inLanguage": ["en", "vi"],
            "keywords": d["keywords"],
            "creator": people,
            "publisher": people[0],
            "temporalCoverage": "/".join(period(pkg)),
            "spatialCoverage": {
                "@type": "Place",
                "name": "Viet Nam",
                "sameAs": "https://www.wikidata.org/entity/Q881",
            },
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": format.title,
                    "contentUrl": download_url(pkg, format.file_of(pkg)),
                    **({"encodingFormat": format.media_type} if format.media_type else {}),
                }
                for format in WHOLE
            ],
            "hasPart": [_part(pkg, table, people, licence) for table in all_tables(pkg)],
        }
    )


def _part(pkg: Package, table: Any, people: list[dict[str, str]], licence: str) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "name": table.title,
        "alternateName": [table.title_vi, table.name],
        # Search engines want at least 50 letters.
        "description": f"{table.description} {table.coverage.description}",
        "license": licence,
        "creator": people,
        "temporalCoverage": f"{table.coverage.starts_on}/{table.coverage.ends_on}",
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": field.name,
                "description": field.description,
                **({"unitText": field.unit} if field.unit else {}),
            }
            for field in table.fields
        ],
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": download_url(pkg, table.path),
        },
    }
