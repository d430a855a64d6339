"""Metadata: checked by tools made for each kind, and read back to the same rows."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from vietnam_foreign_affairs.package import Package
from vietnam_foreign_affairs.publishing.files import all_tables
from vietnam_foreign_affairs.publishing.metadata import METADATA, PACKAGE_METADATA

from .conftest import as_cells

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", [*METADATA, *PACKAGE_METADATA])
def test_metadata_follow_from_the_descriptor(name, dist, published):
    """What the descriptor says of the whole package reaches every kind of metadata."""
    make = (METADATA | PACKAGE_METADATA)[name]
    changed = Package(dist)
    changed.descriptor |= {"title": "Another title", "created": "2031-07-09T00:00:00Z"}
    text = make(changed, dist)
    assert make(published, dist) == (dist / name).read_text(encoding="utf-8")
    assert "Another title" in text
    assert published.descriptor["title"] + ":" not in text
    assert "2031-07-09" in text


def test_croissant_is_valid_and_reads_back_to_the_rows_of_the_csv_files(dist, csv_rows):
    import mlcroissant

    path = dist / "croissant.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    # The files are on this disk, not yet at the addresses of the release.
    files = {f["@id"]: str(next(dist.glob(f"*/{f['@id']}"))) for f in content["distribution"]}
    dataset = mlcroissant.Dataset(jsonld=path, mapping=files)
    assert not dataset.metadata.issues.errors
    assert not dataset.metadata.issues.warnings
    assert [r["@id"] for r in content["recordSet"]] == list(csv_rows)
    for name, rows in csv_rows.items():
        records = [map(_plain, record.values()) for record in dataset.records(name)]
        assert as_cells(records) == rows, name


def _plain(value):
    """A value of pandas as plain Python: text arrives as bytes, days as timestamps."""
    import pandas

    if isinstance(value, bytes):
        return value.decode()
    if pandas.isna(value):
        return None
    return value.date() if isinstance(value, pandas.Timestamp) else value


def test_csvw_is_valid_and_reads_back_to_the_rows_of_the_csv_files(dist, csv_rows, published):
    import csvw

    group = csvw.TableGroup.from_file(dist / "csv-metadata.json")
    assert group.check_referential_integrity()
    for table, described in zip(all_tables(published), group.tables, strict=True):
        assert described.check_primary_key()
        records = [map(_day, row.values()) for row in described.iterdicts(strict=True)]
        assert as_cells(records) == csv_rows[table.name], table.name


def _day(value):
    return value.date() if isinstance(value, datetime) else value


def test_csvw_finds_a_wrong_type_and_an_orphan(dist, tmp_path):
    import csvw

    shutil.copytree(dist / "tables", tmp_path / "tables")
    content = json.loads((dist / "csv-metadata.json").read_text(encoding="utf-8"))
    content["tables"] = [t for t in content["tables"] if t["url"].startswith("tables/")]
    path = tmp_path / "csv-metadata.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    table = tmp_path / "tables/partnership_upgrades.csv"
    good = table.read_text(encoding="utf-8")
    head, first, *rest = good.splitlines(keepends=True)
    cells = first.split(",")
    for place, wrong in ((2, "soon"), (1, "XXX")):
        bad = [*cells[:place], wrong, *cells[place + 1 :]]
        table.write_text(head + ",".join(bad) + "".join(rest), encoding="utf-8")
        group = csvw.TableGroup.from_file(path)
        if wrong == "XXX":
            assert not group.check_referential_integrity(log=logging.getLogger("csvw"))
            continue
        upgrades = group.tabledict["tables/partnership_upgrades.csv"]
        with pytest.raises(ValueError, match=wrong):
            list(upgrades.iterdicts(strict=True))


def test_the_citation_file_is_valid(dist):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            "vendor.citation-file-format",
            dist / "CITATION.cff",
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_zenodo_metadata_are_what_the_archive_demands(dist):
    """The fields that the archive's deposit interface requires of a data set.

    No installable model fits: the one of zenodo-client takes persons only as creators.
    """
    content = json.loads((dist / "zenodo.json").read_text(encoding="utf-8"))
    required = {"title", "upload_type", "description", "creators", "access_right", "license"}
    optional = {"publication_date", "version", "language", "keywords", "related_identifiers"}
    assert required <= content.keys() <= required | optional
    assert content["upload_type"] == "dataset"
    assert content["access_right"] == "open"
    assert all(creator["name"] for creator in content["creators"])
    date.fromisoformat(content["publication_date"])
    relations = {"isDocumentedBy", "isDerivedFrom", "isSupplementTo", "isAlternateIdentifier"}
    assert all(entry["relation"] in relations for entry in content["related_identifiers"])


def test_dcat_has_what_dcat_ap_demands(dist):
    import pyshacl
    import rdflib

    graph = rdflib.Graph().parse(dist / "dcat.jsonld", format="json-ld")
    shapes = rdflib.Graph().parse(HERE / "dcat_ap_mandatory.ttl")
    valid, _, words = pyshacl.validate(graph, shacl_graph=shapes)
    assert valid, words
    _only_known_terms(graph, rdflib.DCAT, rdflib.DCTERMS, rdflib.FOAF)
    graph.remove((None, rdflib.DCAT.accessURL, None))
    assert not pyshacl.validate(graph, shacl_graph=shapes)[0], "the shapes must be able to fail"


def test_schema_org_uses_its_terms_and_has_what_search_engines_demand(dist):
    import rdflib

    content = json.loads((dist / "schema-org.jsonld").read_text(encoding="utf-8"))
    assert content["@context"] == "https://schema.org/"
    # The context of schema.org lies on the network; its terms are all in one vocabulary.
    local = {**content, "@context": {"@vocab": "https://schema.org/"}}
    graph = rdflib.Graph().parse(data=json.dumps(local), format="json-ld")
    _only_known_terms(graph, rdflib.SDO)
    for part in (content, *content["hasPart"]):
        assert 50 <= len(part["description"]) <= 5000, part["name"]
        assert part["name"]
        assert part["license"]
        assert part["creator"]
    urls = [entry["contentUrl"] for entry in content["distribution"]]
    urls += [part["distribution"]["contentUrl"] for part in content["hasPart"]]
    names = {p.name for p in dist.rglob("*")}
    assert {url.rsplit("/", 1)[1] for url in urls} <= names, "each link is a file of the release"
    assert len(set(urls)) == len(urls)


def _only_known_terms(graph, *vocabularies):
    import rdflib

    used = set(graph.predicates()) | set(graph.objects(None, rdflib.RDF.type))
    newer = rdflib.URIRef(str(rdflib.DCAT) + "version")  # of DCAT 3; rdflib has DCAT 2
    for term in used - {rdflib.RDF.type, newer}:
        vocabulary = next(v for v in vocabularies if str(term).startswith(str(v)))
        assert term in vocabulary, f"{term} is not a term of its vocabulary"


def test_the_files_of_a_release_have_names_of_their_own(dist):
    """A release is flat: two files of one name in two folders would overwrite each other."""
    folders = ("tables", "derived", "parquet", "jsonl")
    names = [p.name for p in dist.iterdir() if p.is_file()]
    names += [p.name for folder in folders for p in (dist / folder).iterdir()]
    assert len(names) == len(set(names))
