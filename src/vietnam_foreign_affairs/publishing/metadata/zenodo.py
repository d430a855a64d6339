"""Zenodo's deposit metadata: what the archive prints beside the DOI."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ...package import Package
from .common import authors, day, full_title, to_json


def zenodo(pkg: Package, _: Path) -> str:
    d = pkg.descriptor
    return to_json(
        {
            "title": full_title(pkg),
            "upload_type": "dataset",
            "description": f"<p>{escape(d['description'])}</p>",
            "creators": [{"name": name} for name in authors(pkg)],
            "publication_date": day(pkg),
            "version": pkg.version,
            "access_right": "open",
            "license": d["licenses"][0]["name"].lower(),
            "language": "eng",
            "keywords": d["keywords"],
            "related_identifiers": [
                {"identifier": d["homepage"], "relation": "isDocumentedBy", "scheme": "url"},
                {"identifier": d["id"], "relation": "isDerivedFrom", "scheme": "url"},
            ],
        }
    )
