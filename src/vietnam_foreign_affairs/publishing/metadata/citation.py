"""CITATION.cff: how to cite the data, as GitHub, Zenodo and Zotero read it."""

from __future__ import annotations

import json
from pathlib import Path

from ...package import Package
from .common import authors, day, full_title


def citation(pkg: Package, _: Path) -> str:
    d = pkg.descriptor
    text = lambda value: json.dumps(value, ensure_ascii=False)  # noqa: E731  JSON text is YAML
    return "\n".join(
        [
            "cff-version: 1.2.0",
            "message: If you use these data, please cite them as below.",
            "type: dataset",
            f"title: {text(full_title(pkg))}",
            f"abstract: {text(d['description'])}",
            f"version: {text(pkg.version)}",
            f"date-released: {text(day(pkg))}",
            "authors:",
            *(f"  - name: {text(name)}" for name in authors(pkg)),
            f"license: {d['licenses'][0]['name']}",
            f"url: {text(d['homepage'])}",
            f"repository-code: {text(d['id'])}",
            "keywords:",
            *(f"  - {text(word)}" for word in d["keywords"]),
            "",
        ]
    )
