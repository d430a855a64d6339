"""schema.org JSON-LD: the catalogue on the home page, a Dataset on the page of each table."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig

from .escape import script_data
from .model import Model


def of_page(model: Model, uri: str, config: MkDocsConfig) -> Markup | None:
    """The JSON-LD of a page, or None."""
    path = PurePosixPath(uri)
    if uri in ("index.md", "vi/index.md"):
        data = _package(model, config.site_url or "")
    elif path.parent.name == "tables" and path.stem in model.tables:
        data = _table(model, path.stem, config.site_url or "")
    else:
        return None
    return script_data({"@context": "https://schema.org/", **data})


def _package(model: Model, base: str) -> dict[str, Any]:
    d = model.descriptor
    return {
        "@type": "Dataset",
        "@id": d["homepage"],
        "name": d["title"],
        "alternateName": d["title_vi"],
        "description": d["description"],
        "keywords": d["keywords"],
        "inLanguage": ["en", "vi"],
        "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Place", "name": "Viet Nam"},
        "distribution": [_download(f"{base}datapackage.json", "application/json")],
        "hasPart": [{"@id": f"{base}tables/{name}/"} for name in model.tables],
        **_common(model),
    }


def _table(model: Model, name: str, base: str) -> dict[str, Any]:
    table = model.tables[name]
    coverage = table.coverage
    return {
        "@type": "Dataset",
        "@id": f"{base}tables/{name}/",
        "url": f"{base}tables/{name}/",
        "name": table.title,
        "alternateName": table.title_vi,
        "description": f"{table.description} {coverage.description}",
        "temporalCoverage": f"{coverage.starts_on}/{coverage.ends_on}",
        "isPartOf": {"@id": model.descriptor["homepage"]},
        "variableMeasured": [
            {"@type": "PropertyValue", "name": f.name, "description": f.description}
            | ({"unitText": f.unit} if f.unit else {})
            for f in table.fields
        ],
        "distribution": [_download(f"{base}tables/{table.path.name}", "text/csv")],
        **_common(model),
    }


def _common(model: Model) -> dict[str, Any]:
    d = model.descriptor
    return {
        "version": d["version"],
        "dateModified": d["created"][:10],
        "license": d["licenses"][0]["path"],
        "creator": [{"@type": "Organization", "name": p["title"]} for p in d["contributors"]],
    }


def _download(url: str, kind: str) -> dict[str, Any]:
    return {"@type": "DataDownload", "contentUrl": url, "encodingFormat": kind}
