"""Metadata: checked by tools made for each kind, and read back to the same rows."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from vietnam_foreign_affairs.package import Package, PackageError
from vietnam_foreign_affairs.publishing import files, formats
from vietnam_foreign_affairs.publishing.files import all_tables, sha256
from vietnam_foreign_affairs.publishing.metadata import METADATA, PACKAGE_METADATA, common

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
        rows = described.iterdicts(strict=True)
        records = [[_day(row[name]) for name in table.field_names] for row in rows]
        assert as_cells(records) == csv_rows[table.name], table.name


def _day(value):
    return value.date() if isinstance(value, datetime) else value


def test_csvw_is_valid_for_the_strict_validator(dist):
    done = subprocess.run(
        [Path(sys.executable).with_name("csvwvalidate"), "-v", dist / "csv-metadata.json"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "OK" in done.stdout


def test_csvw_gives_rdf_that_answers_with_sources(dist, tmp_path, published):
    """Who were the comprehensive strategic partners at the end of 2024, and who says so?"""
    import csvw
    import rdflib

    names = ("partnership_spells", "partnership_upgrades", "countries", "sources")
    content = json.loads((dist / "csv-metadata.json").read_text(encoding="utf-8"))
    content["tables"] = [t for t in content["tables"] if Path(t["url"]).stem in names]
    leading = set()  # csvw2json makes text of every value; what leads to a row is an IRI
    for table in content["tables"]:
        table["url"] = str(dist / table["url"])
        table["tableSchema"].pop("foreignKeys", None)
        columns = table["tableSchema"]["columns"]
        leading |= {column["propertyUrl"] for column in columns if "valueUrl" in column}
    path = tmp_path / "csv-metadata.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    graph = rdflib.Graph()
    for table in csvw.CSVW(str(path)).to_json()["tables"]:
        for row in table["row"]:
            for found in row["describes"]:
                subject = rdflib.URIRef(found.pop("@id"))
                for name, value in found.items():
                    is_iri = name in leading
                    name = rdflib.RDF.type if name == "rdf:type" else rdflib.URIRef(name)
                    graph.add((subject, name, (rdflib.URIRef if is_iri else rdflib.Literal)(value)))
    home = published.descriptor["homepage"]
    answer = graph.query(
        f"""PREFIX spell: <{home}reference/views/#partnership_spells/>
        SELECT ?name ?url WHERE {{
            ?spell a <{home}reference/views/#partnership_spells> ;
                spell:tier_id <{home}tables/partnership_tiers/#csp> ;
                spell:iso3 ?country ; spell:source_id ?source ; spell:valid_from ?from .
            OPTIONAL {{ ?spell spell:valid_to ?to }}
            FILTER (?from <= "2024-12-31" && (!bound(?to) || ?to > "2024-12-31"))
            ?country <{home}tables/countries/#field-name_en> ?name .
            ?source <{home}tables/sources/#field-url> ?url }}"""
    )
    with duckdb.connect(str(dist / f"{published.name}.duckdb"), read_only=True) as con:
        expected = con.execute(
            "SELECT name_en, url FROM partners_as_of('2024-12-31') JOIN sources USING (source_id) "
            "WHERE tier_id = 'csp'"
        ).fetchall()
    assert sorted((str(name), str(url)) for name, url in answer) == sorted(expected)


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


@pytest.mark.parametrize(
    ("shapes", "gone"),
    [
        ("dcat_ap_mandatory.ttl", "http://www.w3.org/ns/dcat#accessURL"),
        ("dcat_ap_recommended.ttl", "http://www.w3.org/ns/dcat#contactPoint"),
        ("dcat_ap_recommended.ttl", "http://spdx.org/rdf/terms#checksumValue"),
    ],
)
def test_dcat_has_what_dcat_ap_demands_and_recommends(dist, shapes, gone):
    import pyshacl
    import rdflib

    graph = rdflib.Graph().parse(dist / "dcat.jsonld", format="json-ld")
    shapes = rdflib.Graph().parse(HERE / shapes)
    valid, _, words = pyshacl.validate(graph, shacl_graph=shapes)
    assert valid, words
    graph.remove((None, rdflib.URIRef(gone), None))
    assert not pyshacl.validate(graph, shacl_graph=shapes)[0], "the shapes must be able to fail"


def test_dcat_uses_known_terms_and_states_size_and_sum_of_every_file(dist, published):
    import rdflib

    graph = rdflib.Graph().parse(dist / "dcat.jsonld", format="json-ld")
    for vocabulary in ("spdx", "adms", "r5r"):  # rdflib has no list of their terms
        for triple in [t for t in graph if f"/{vocabulary}" in t[1] or f"ns/{vocabulary}" in t[1]]:
            graph.remove(triple)
    known = (rdflib.DCAT, rdflib.DCTERMS, rdflib.FOAF, rdflib.SKOS)
    vcard = "http://www.w3.org/2006/vcard/ns#"
    _only_known_terms(graph, *known, also=(vcard, "http://spdx.org/rdf/terms#"))
    content = json.loads((dist / "dcat.jsonld").read_text(encoding="utf-8"))
    files = content["dcat:dataset"]["dcat:distribution"]
    assert len(files) == len(formats.WHOLE)
    for file in files:
        path = dist / file["dcat:downloadURL"]["@id"].rsplit("/", 1)[1]
        assert file["dcat:byteSize"]["@value"] == str(path.stat().st_size)
        assert file["spdx:checksum"]["spdx:checksumValue"]["@value"] == sha256(path)


def test_schema_org_uses_its_terms_and_has_what_search_engines_demand(dist):
    import rdflib

    content = json.loads((dist / "schema-org.jsonld").read_text(encoding="utf-8"))
    assert content["@context"] == "https://schema.org/"
    # The context of schema.org lies on the network; its terms are all in one vocabulary.
    local = {**content, "@context": {"@vocab": "https://schema.org/"}}
    graph = rdflib.Graph().parse(data=json.dumps(local), format="json-ld")
    _only_known_terms(graph, rdflib.SDO)
    package, *parts = content["@graph"]
    for node in (package, *parts):
        assert 50 <= len(node["description"]) <= 5000, node["name"]
        for term in ("identifier", "name", "license", "creator", "dateModified", "version"):
            assert node[term], (node["name"], term)
        assert node["variableMeasured"]
        assert node["temporalCoverage"]
    assert [part["@id"] for part in package["hasPart"]] == [part["@id"] for part in parts]
    files = [file for node in (package, *parts) for file in node["distribution"]]
    paths = {p.name: p for p in dist.rglob("*") if p.is_file() and p.parent.name != "schemas"}
    for file in files:
        path = paths[file["contentUrl"].rsplit("/", 1)[1]]
        assert file["contentSize"] == f"{path.stat().st_size} B"
        assert file["sha256"] == sha256(path)
    assert len({file["contentUrl"] for file in files}) == len(files)


def test_the_temporal_coverage_is_what_the_rows_bear_out(dist, published, little):
    """From the first to the last day of what claims to be complete, and none that is to come."""
    package = json.loads((dist / "schema-org.jsonld").read_text(encoding="utf-8"))["@graph"][0]
    start, end = package["temporalCoverage"].split("/")
    dcat = json.loads((dist / "dcat.jsonld").read_text(encoding="utf-8"))["dcat:dataset"]
    assert dcat["dct:temporal"]["dcat:startDate"]["@value"] == start
    assert dcat["dct:temporal"]["dcat:endDate"]["@value"] == end
    assert end <= published.descriptor["created"][:10]
    days = set()
    for table in published.tables:
        if table.role == "facts" and table.coverage.complete:
            columns = [n for n, f in enumerate(table.fields) if f.type == "date"]
            days |= {str(row[n]) for row in files.rows(table) for n in columns if row[n]}
    assert {start, end} <= days
    assert start == min(days)

    def plan(descriptor, schemas, rows):
        descriptor["created"] = "2020-01-01T00:00:00Z"
        rows["places"].append(["a3", "z", "2045-01-01", "1", "1", "true"])

    assert common.period(little("planned", edit=plan)) == ("1890-05-01", "1890-05-01")


def test_a_derived_table_begins_with_its_rows_and_ends_with_the_record(published, csv_rows):
    for table in published.tables:
        if table.role != "derived":
            continue
        days = {
            f"{row[n]}-01-01" if field.name == "year" else row[n]
            for n, field in enumerate(table.fields)
            if field.type == "date" or field.name == "year"
            for row in csv_rows[table.name]
        } - {""}
        if days:
            assert table.coverage.starts_on == min(days), table.name
            assert common.covered(published, table)[0] == min(days), table.name
        assert table.coverage.ends_on <= published.descriptor["created"][:10], table.name


def _only_known_terms(graph, *vocabularies, also=()):
    import rdflib

    used = set(graph.predicates()) | set(graph.objects(None, rdflib.RDF.type))
    newer = rdflib.URIRef(str(rdflib.DCAT) + "version")  # of DCAT 3; rdflib has DCAT 2
    used = {term for term in used if not str(term).startswith(tuple(also))}
    for term in used - {rdflib.RDF.type, newer}:
        vocabulary = next(v for v in vocabularies if str(term).startswith(str(v)))
        assert term in vocabulary, f"{term} is not a term of its vocabulary"


def test_the_files_of_a_release_have_names_of_their_own(dist, tmp_path):
    """A release is flat: two files of one name in two folders would overwrite each other."""
    assert len(files.offered(dist)) > 100
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.csv").touch()
    with pytest.raises(PackageError, match=r"two/same\.csv and one/same\.csv have one name"):
        files.offered(tmp_path)
