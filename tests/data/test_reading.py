"""The Python API: tables, reading, connecting, citing."""

from __future__ import annotations

import csv
import datetime
import shutil

import pytest

import vietnam_foreign_affairs as vfa

FILES = [t for t in vfa.tables() if t.role != "derived"]
TABLES = [t.name for t in FILES]


def file_rows(table):
    with open(table.path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("table", FILES, ids=TABLES)
def test_a_table_is_its_file(table):
    relation = vfa.read(table.name)
    assert tuple(relation.columns) == table.field_names
    keys = [tuple(row[k] for k in table.primary_key) for row in file_rows(table)]
    columns = [relation.columns.index(k) for k in table.primary_key]
    assert [tuple(str(row[i]) for i in columns) for row in relation.fetchall()] == keys


def test_columns_have_the_types_of_the_schema():
    row = dict(
        zip(
            vfa.read("partnership_upgrades").columns,
            vfa.read("partnership_upgrades").fetchone(),
            strict=True,
        )
    )
    assert isinstance(row["upgraded_on"], datetime.date)
    assert isinstance(vfa.read("observations").select("value").fetchone()[0], float)


@pytest.mark.parametrize("format", ["pandas", "polars", "arrow"])
def test_other_libraries_get_the_same_rows(format):
    table = vfa.read("countries", format=format)
    names = table["name_vi"].to_pylist() if format == "arrow" else list(table["name_vi"])
    assert names == [row[0] for row in vfa.read("countries").select("name_vi").fetchall()]


def test_the_database_has_tables_views_macros_and_comments():
    con = vfa.connect()
    rows = con.sql("SELECT table_name, comment FROM duckdb_tables()").fetchall()
    assert {name for name, _ in rows} == set(TABLES)
    assert all(comment for _, comment in rows)
    views = con.sql("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall()
    for name in (
        "partnership_spells",
        "partners",
        "partner_totals_by_day",
        "upgrades_by_year",
        "derived_observations",
        "identities",
        "reconciliation",
        "provenance",
        "evidence_scores",
    ):
        assert dict(views)[name], name
    assert con.sql("FROM partners_as_of('2024-12-31')").fetchone()


def test_the_published_database_keeps_its_keys(dist, tmp_path):
    import duckdb

    copy = shutil.copy(dist / "vietnam-foreign-affairs.duckdb", tmp_path)
    with duckdb.connect(copy) as con, pytest.raises(duckdb.ConstraintException):
        con.execute(
            "INSERT INTO leaders SELECT * REPLACE ('ZZZ' AS iso3, 'x' AS leader_id) FROM leaders"
        )


def test_unknown_names_are_told_the_known_ones():
    with pytest.raises(vfa.PackageError, match="partnership_upgrades"):
        vfa.read("upgrades")
    with pytest.raises(vfa.PackageError, match="pandas"):
        vfa.read("countries", format="excel")


def test_provenance_reaches_every_row_that_cites():
    con = vfa.connect()
    for table in vfa.tables():
        if table.cites_sources:
            rows, reached = con.sql(
                f"SELECT (SELECT count(*) FROM {table.name}), count(DISTINCT row_id) "
                f"FROM provenance WHERE table_name = '{table.name}' AND url LIKE 'http%'"
            ).fetchone()
            assert rows == reached, table.name


def test_version_licence_and_citation_are_those_of_the_descriptor():
    assert vfa.__version__ in vfa.cite()
    assert "CC-BY" in vfa.license()["data"]
    assert vfa.cite("bibtex").startswith("@misc{")
    with pytest.raises(vfa.PackageError, match="bibtex"):
        vfa.cite("chicago")


def test_the_pandera_schema_of_a_table_validates_an_ibis_table():
    import ibis
    import pandera.errors

    schema = vfa.schema("partnership_tiers")
    database = ibis.duckdb.from_connection(vfa.connect())
    tiers = database.table("partnership_tiers")
    assert schema.validate(tiers).count().execute() == tiers.count().execute()
    spoilt = tiers.mutate(tier_id=tiers.tier_id.upper())
    with pytest.raises(pandera.errors.SchemaErrors, match="tier_id: pattern"):
        schema.validate(spoilt, lazy=True)
