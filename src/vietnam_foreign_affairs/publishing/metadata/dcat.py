"""DCAT-AP: a catalogue of one data set, as open-data portals harvest it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...package import Package
from .common import Download, authors, day, downloads, full_title, period, to_json

_EU = "http://publications.europa.eu/resource/authority/"
_ADMS = "http://purl.org/adms/"
_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# The European list of file types has no databases: they are files of octets there.
_FILE_TYPES = {
    ".csv": "CSV",
    ".html": "HTML",
    ".json": "JSON",
    ".jsonld": "JSON_LD",
    ".parquet": "PARQUET",
    ".pdf": "PDF",
    ".txt": "TXT",
    ".xlsx": "XLSX",
    ".zip": "ZIP",
}


def dcat(pkg: Package, folder: Path) -> str:
    d = pkg.descriptor
    release = f"{d['id']}#release"
    dataset = {
        "@id": f"{d['id']}#data",
        "@type": "dcat:Dataset",
        "dct:title": [_text(full_title(pkg), "en"), _text(d["title_vi"], "vi")],
        **_common(pkg),
        "dct:identifier": d["id"],
        "dcat:version": pkg.version,
        "adms:versionNotes": _text(f"See {d['homepage']}changelog/", "en"),
        "dcat:keyword": [_text(word, "en") for word in d["keywords"]],
        "dcat:theme": _concept(f"{_EU}data-theme/INTR", "International issues"),
        "dct:temporal": _period(pkg),
        "dct:accrualPeriodicity": {"@id": f"{_EU}frequency/IRREG", "@type": "dct:Frequency"},
        "dct:accessRights": {"@id": f"{_EU}access-right/PUBLIC", "@type": "dct:RightsStatement"},
        "dcat:contactPoint": {
            "@id": f"{d['id']}#contact",
            "@type": ["vcard:Kind", "vcard:Organization"],
            "vcard:fn": "; ".join(authors(pkg)),
            "vcard:hasURL": {"@id": f"{d['id']}/issues"},
        },
        "dcat:landingPage": {"@id": d["homepage"], "@type": "foaf:Document"},
        "dcat:distribution": [
            _distribution(pkg, file, f"{release}-{number}")
            for number, file in enumerate(downloads(pkg, folder), 1)
        ],
    }
    catalogue = {
        "@id": f"{d['id']}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": [_text(d["title"], "en"), _text(d["title_vi"], "vi")],
        **_common(pkg),
        "dct:license": _licence(pkg),
        "dcat:themeTaxonomy": {
            "@id": f"{_EU}data-theme",
            "@type": "skos:ConceptScheme",
            "dct:title": _text("Data theme", "en"),
        },
        "foaf:homepage": {"@id": d["homepage"], "@type": "foaf:Document"},
        "dcat:dataset": dataset,
    }
    return to_json({"@context": _CONTEXT, **catalogue})


def _common(pkg: Package) -> dict[str, Any]:
    """What the catalogue and the data set say of themselves alike."""
    d = pkg.descriptor
    return {
        "dct:description": _text(d["description"], "en"),
        "dct:publisher": {
            "@id": f"{d['id']}#publisher",
            "@type": "foaf:Agent",
            "foaf:name": "; ".join(authors(pkg)),
            "dct:type": _concept(
                f"{_ADMS}publishertype/PrivateIndividual(s)", "Private individuals"
            ),
        },
        "dct:issued": _typed(day(pkg), "date"),
        "dct:modified": _typed(day(pkg), "date"),
        "dct:language": [
            {"@id": f"{_EU}language/{code}", "@type": "dct:LinguisticSystem"}
            for code in ("ENG", "VIE")
        ],
        "dct:spatial": {"@id": f"{_EU}country/VNM", "@type": "dct:Location"},
    }


def _distribution(pkg: Package, file: Download, iri: str) -> dict[str, Any]:
    url = {"@id": file.url}
    found: dict[str, Any] = {
        "@id": iri,
        "@type": "dcat:Distribution",
        "dct:title": _text(file.title, "en"),
        "dct:description": _text(f"{file.title}, version {pkg.version}: {file.path.name}", "en"),
        "dcat:accessURL": url,
        "dcat:downloadURL": url,
        "dct:license": _licence(pkg),
        "dct:issued": _typed(day(pkg), "date"),
        "dct:modified": _typed(day(pkg), "date"),
        "dct:format": {
            "@id": f"{_EU}file-type/{_FILE_TYPES.get(file.path.suffix, 'OCTET')}",
            "@type": "dct:MediaTypeOrExtent",
        },
        "dcat:byteSize": _typed(str(file.size), "nonNegativeInteger"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed(file.sha256, "hexBinary"),
        },
        "dcatap:availability": _concept(f"{_EU}planned-availability/STABLE", "Stable"),
    }
    if file.media_type:
        found["dcat:mediaType"] = {
            "@id": f"https://www.iana.org/assignments/media-types/{file.media_type}",
            "@type": "dct:MediaType",
        }
    return found


def _licence(pkg: Package) -> dict[str, Any]:
    return {
        "@id": pkg.descriptor["licenses"][0]["path"],
        "@type": "dct:LicenseDocument",
        "dct:type": _concept(f"{_ADMS}licencetype/Attribution", "Attribution"),
    }


def _period(pkg: Package) -> dict[str, Any]:
    start, end = period(pkg)
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _typed(start, "date"),
        "dcat:endDate": _typed(end, "date"),
    }


def _concept(iri: str, label: str) -> dict[str, Any]:
    return {"@id": iri, "@type": "skos:Concept", "skos:prefLabel": _text(label, "en")}


def _text(value: str, language: str) -> dict[str, str]:
    return {"@value": value, "@language": language}


def _typed(value: str, kind: str) -> dict[str, str]:
    return {"@value": value, "@type": f"xsd:{kind}"}
