"""DCAT-AP: a catalogue of one data set, as open-data portals harvest it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...package import Package
from ..files import download_url
from .common import authors, day, full_title, period, to_json

_EU = "http://publications.europa.eu/resource/authority/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def dcat(pkg: Package, _: Path) -> str:
    from ..formats import WHOLE

    d = pkg.descriptor
    publisher = {
        "@id": f"{d['id']}#publisher",
        "@type": "foaf:Agent",
        "foaf:name": "; ".join(authors(pkg)),
    }
    release = f"{d['id']}#release"
    start, end = period(pkg)
    dataset = {
        "@id": f"{d['id']}#data",
        "@type": "dcat:Dataset",
        "dct:title": [_text(full_title(pkg), "en"), _text(d["title_vi"], "vi")],
        "dct:description": _text(d["description"], "en"),
        "dct:publisher": {"@id": publisher["@id"]},
        "dct:identifier": d["id"],
        "dct:issued": _typed(day(pkg), "date"),
        "dcat:version": pkg.version,
        "dcat:keyword": [_text(word, "en") for word in d["keywords"]],
        "dcat:theme": {"@id": f"{_EU}data-theme/INTR"},
        "dct:language": [{"@id": f"{_EU}language/ENG"}, {"@id": f"{_EU}language/VIE"}],
        "dct:spatial": {"@id": f"{_EU}country/VNM"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(start, "date"),
            "dcat:endDate": _typed(end, "date"),
        },
        "dct:accessRights": {"@id": f"{_EU}access-right/PUBLIC"},
        "dcat:landingPage": {"@id": d["homepage"], "@type": "foaf:Document"},
        "dcat:distribution": [
            _distribution(pkg, format, f"{release}-{number}")
            for number, format in enumerate(WHOLE, 1)
        ],
    }
    catalogue = {
        "@id": f"{d['id']}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _text(d["title"], "en"),
        "dct:description": _text(d["description"], "en"),
        "dct:publisher": publisher,
        "foaf:homepage": {"@id": d["homepage"]},
        "dcat:dataset": dataset,
    }
    return to_json({"@context": _CONTEXT, **catalogue})


def _distribution(pkg: Package, format: Any, iri: str) -> dict[str, Any]:
    url = {"@id": download_url(pkg, format.file_of(pkg))}
    found: dict[str, Any] = {
        "@id": iri,
        "@type": "dcat:Distribution",
        "dct:title": _text(format.title, "en"),
        "dcat:accessURL": url,
        "dcat:downloadURL": url,
        "dct:license": {"@id": pkg.descriptor["licenses"][0]["path"]},
        "dct:issued": _typed(day(pkg), "date"),
    }
    if format.media_type:
        found["dcat:mediaType"] = {
            "@id": f"https://www.iana.org/assignments/media-types/{format.media_type}"
        }
    return found


def _text(value: str, language: str) -> dict[str, str]:
    return {"@value": value, "@language": language}


def _typed(value: str, kind: str) -> dict[str, str]:
    return {"@value": value, "@type": f"xsd:{kind}"}
