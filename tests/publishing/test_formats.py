"""Every format holds the same rows, with types, keys and words."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import date, datetime

import duckdb
import openpyxl
import pyarrow.parquet
import pyreadstat
import pytest

from tests.conftest import ROOT
from vietnam_foreign_affairs.database import connect, described
from vietnam_foreign_affairs.output import text
from vietnam_foreign_affairs.publishing.files import all_tables
from vietnam_foreign_affairs.publishing.formats import sqlite as sqlite_format
from vietnam_foreign_affairs.publishing.formats import xlsx
from vietnam_foreign_affairs.publishing.formats.sqlite import gives_the_same

from .conftest import PLACES, THINGS, as_cells


@pytest.fixture(scope="module")
def book(dist, published):
    return openpyxl.load_workbook(dist / f"{published.name}.xlsx")


def of_duckdb(dist, table):
    with duckdb.connect(str(dist / "vietnam-foreign-affairs.duckdb"), read_only=True) as con:
        found = con.table(table.name)
        rows = con.execute(
            f"SELECT DISTINCT * FROM {table.name}"
            if table.role == "derived"
            else f"FROM {table.name}"
        ).fetchall()
        assert tuple(found.columns) == table.field_names
    return [[_published(v) for v in row] for row in rows]


def _published(value):
    """What the CSV of a view has: a list with blanks between, no noise of binary fractions."""
    if isinstance(value, list):
        return " ".join(value)
    return round(value, 9) if isinstance(value, float) else value


def of_sqlite(dist, table):
    con = sqlite3.connect(dist / "vietnam-foreign-affairs.sqlite")
    rows = con.execute(f"SELECT {', '.join(table.field_names)} FROM {table.name}").fetchall()
    con.close()
    kinds = [field.type for field in table.fields]
    return [
        [_bool(v) if k == "boolean" else v for v, k in zip(row, kinds, strict=True)] for row in rows
    ]


def of_parquet(dist, table):
    found = pyarrow.parquet.read_table(dist / f"parquet/{table.name}.parquet")
    assert tuple(found.column_names) == table.field_names
    return [tuple(row.values()) for row in found.to_pylist()]


def of_stata(dist, table):
    frame, words = pyreadstat.read_dta(
        dist / f"stata/{table.name}.dta", apply_value_formats=True, formats_as_category=False
    )
    assert tuple(frame.columns) == table.field_names
    assert words.file_label == table.title
    kinds = [field.type for field in table.fields]
    return [
        [_of_stata(value, kind) for value, kind in zip(row, kinds, strict=True)]
        for row in frame.astype(object).values.tolist()
    ]


def _of_stata(value, kind):
    if value is None or value == "" or value != value:
        return None
    if kind == "boolean":
        return {"yes": True, "no": False}[value]
    return value


def of_jsonl(dist, table):
    lines = (dist / f"jsonl/{table.name}.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert all(tuple(record) == table.field_names for record in records)
    return [tuple(record.values()) for record in records]


def _bool(value):
    return value if value is None else bool(value)


@pytest.mark.parametrize("read", [of_duckdb, of_sqlite, of_parquet, of_stata, of_jsonl])
def test_a_format_holds_the_rows_of_the_csv_files(read, dist, published, csv_rows):
    for table in all_tables(published):
        assert as_cells(read(dist, table)) == csv_rows[table.name], table.name


def test_the_workbook_holds_the_rows_of_the_csv_files(book, published, csv_rows):
    assert book.sheetnames == [xlsx.FIRST_SHEET, *csv_rows]
    for table in all_tables(published):
        head, *rows = book[table.name].values
        assert head == table.field_names
        assert as_cells(map(_days, rows)) == csv_rows[table.name], table.name


def _days(row):
    return [value.date() if isinstance(value, datetime) else value for value in row]


def test_the_workbook_explains_itself_and_keeps_its_headers_in_sight(book, published):
    lines = list(book[xlsx.FIRST_SHEET].values)
    words = "\n".join(str(v) for row in lines for v in row if v)
    for table in all_tables(published):
        assert table.description in words
        assert all(field.description in words for field in table.fields)
        assert book[table.name].freeze_panes == "A2"
    assert published.version in words
    heads = [number for number, row in enumerate(lines) if row[0] == "Table"]
    assert [set(lines[number - 1]) for number in heads] == [{None}, {None}], "lists stand apart"


def test_the_workbook_leads_to_sources_pages_and_back(book, published):
    pages = book["sources"]
    for table in all_tables(published):
        sheet = book[table.name]
        assert sheet["A1"].hyperlink.location == f"'{xlsx.FIRST_SHEET}'!A1"
        for cell, field in zip(sheet[1], table.fields, strict=True):
            assert field.description in cell.comment.text
        for number, field in enumerate(table.fields, 1):
            for (cell,) in sheet.iter_rows(2, 30, number, number):
                if cell.value and field.name == "url":
                    link = cell.hyperlink
                    assert "#".join(filter(None, (link.target, link.location))) == cell.value
                elif cell.value and field.name == "source_id" and table.name != "sources":
                    place = cell.hyperlink.location.removeprefix("'sources'!")
                    assert pages[place].value == cell.value


def test_dates_of_the_workbook_are_dates(book, published):
    for table in all_tables(published):
        for number, field in enumerate(table.fields, 1):
            if field.type == "date":
                for row in book[table.name].iter_rows(2, min_col=number, max_col=number):
                    value = row[0].value
                    is_day = isinstance(value, datetime) or (value or "9") < "1900-03-01"
                    assert value is None or is_day, (table.name, field.name)


def test_no_cell_of_the_workbook_is_a_formula(little, tmp_path):
    pkg = little("p")
    xlsx.write(pkg, tmp_path)
    book = openpyxl.load_workbook(tmp_path / f"{pkg.name}.xlsx")
    cells = [
        cell for name in ("places", "things") for row in book[name].iter_rows() for cell in row
    ]
    assert {"=1+1", "@SUM(A1)", "0123"} <= {cell.value for cell in cells}
    for cell in cells:
        assert cell.data_type != "f"
        if isinstance(cell.value, str) and cell.value.startswith(xlsx.FORMULA_SIGNS):
            assert cell.quotePrefix, "a spreadsheet would make a formula of it on the next edit"


def test_the_workbook_keeps_days_that_excel_does_not_have(little, tmp_path):
    pkg = little("p")
    xlsx.write(pkg, tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / f"{pkg.name}.xlsx")["places"]
    rows = [[text(v) for v in _days(row)] for row in list(sheet.values)[1:]]
    assert rows == PLACES
    assert sheet["C2"].value == "1890-05-01"
    assert sheet["C3"].value == datetime(2024, 2, 29)


def test_sqlite_has_the_types_and_keys_of_the_schemas(dist, published):
    con = sqlite3.connect(dist / f"{published.name}.sqlite")
    for table in all_tables(published):
        info = con.execute(f"PRAGMA table_info({table.name})").fetchall()
        key = [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]]
        assert tuple(key) == table.primary_key
        keys = {(r[3], r[2], r[4]) for r in con.execute(f"PRAGMA foreign_key_list({table.name})")}
        assert keys == {tuple(key) for key in table.foreign_keys}
        sql = con.execute("SELECT sql FROM sqlite_schema WHERE name = ?", [table.name]).fetchone()[
            0
        ]
        assert all(" ".join(field.description.split()) in sql for field in table.fields)
    assert con.execute("PRAGMA foreign_key_check").fetchall() == []
    con.close()


def test_sqlite_finds_by_foreign_key_without_reading_the_table(dist, published):
    con = sqlite3.connect(dist / f"{published.name}.sqlite")
    for table in all_tables(published):
        for key in table.foreign_keys:
            plan = con.execute(
                f"EXPLAIN QUERY PLAN SELECT * FROM {table.name} WHERE {key.field} = 'x'"
            ).fetchall()
            assert plan[0][3].startswith("SEARCH"), (table.name, key.field)
    con.close()


def test_sqlite_has_the_rows_of_every_view(dist, published):
    con = sqlite3.connect(dist / f"{published.name}.sqlite")
    duck = connect(published)
    kinds = dict(con.execute("SELECT name, type FROM sqlite_schema"))
    for view in described(published).values():
        if view.is_macro or view.key or view.name in sqlite_format.LEFT_OUT:
            continue
        found = duck.table(view.name)
        select = f"SELECT {', '.join(found.columns)} FROM {view.name}"
        assert gives_the_same(con, select, found.fetchall), view.name
    assert kinds["provenance"] == kinds["table_coverage"] == "view"
    assert kinds["stated_figures"] == "table"
    con.close()


def test_a_view_of_sqlite_gives_the_figures_of_duckdb_to_the_sixth_decimal():
    con = sqlite3.connect(":memory:")
    assert gives_the_same(con, "SELECT 0.1 + 0.2", lambda: [(0.3,)])
    assert not gives_the_same(con, "SELECT 0.000001", lambda: [(0.000002,)])
    con.close()


def test_sqlite_searches_text_without_marks_and_carries_the_dictionary(dist, published):
    page = (ROOT / "docs/releasing.md").read_text(encoding="utf-8")
    snippet = next(s for s in re.findall(r"^```sql\n(.*?)^```", page, re.M | re.S) if "MATCH" in s)
    con = sqlite3.connect(dist / f"{published.name}.sqlite")
    titles = [row[0].lower() for row in con.execute(snippet)]
    assert any("đối tác" in title for title in titles)
    columns = sum(len(table.fields) for table in all_tables(published))
    assert con.execute("SELECT count(*) FROM data_dictionary").fetchone() == (columns,)
    con.close()


def test_duckdb_has_all_comments_views_and_macros(dist, published):
    with duckdb.connect(str(dist / f"{published.name}.duckdb"), read_only=True) as con:
        comments = dict(con.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
        assert comments == {table.name: table.description for table in published.tables}
        missing = con.execute(
            "SELECT table_name, column_name FROM duckdb_columns() "
            "WHERE NOT internal AND comment IS NULL"
        ).fetchall()
        assert missing == [], "columns of views have words too"
        silent = con.execute(
            "SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL UNION ALL "
            "SELECT function_name FROM duckdb_functions() WHERE NOT internal AND comment IS NULL"
        ).fetchall()
        assert silent == []
        views = {
            r[0]
            for r in con.execute(
                "SELECT view_name FROM duckdb_views() WHERE NOT internal"
            ).fetchall()
        }
        assert {path.stem for path in (published.sql / "views").glob("*.sql")} <= views
        for view in sorted(views):
            con.execute(f"SELECT count(*) FROM {view}")
        tags = con.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchone()[0]
        assert tags["storage_version"].startswith("v1.0.0"), (
            "older clients and browsers must read it"
        )
        assert con.execute("SELECT count(*) FROM partners_as_of('2024-12-31')").fetchone()[0] > 0


def test_parquet_says_what_it_is_and_is_in_the_order_of_the_key(dist, published):
    for table in all_tables(published):
        found = pyarrow.parquet.read_table(dist / f"parquet/{table.name}.parquet")
        words = pyarrow.parquet.read_metadata(dist / f"parquet/{table.name}.parquet").metadata
        assert words[b"description"].decode() == table.description
        for field in table.fields:
            said = found.schema.field(field.name).metadata
            assert said[b"description"].decode() == field.description
            assert said[b"title_vi"].decode() == field.title_vi
        assert json.loads(words[b"table_schema"])["primaryKey"] == list(table.primary_key)
        keys = [tuple(row[name] for name in table.primary_key) for row in found.to_pylist()]
        assert keys == sorted(keys)


def test_stata_files_have_labels_of_variables_and_values(dist, published):
    _, words = pyreadstat.read_dta(dist / "stata/high_level_visits.dta", metadataonly=True)
    table = published.table("high_level_visits")
    assert words.column_names_to_labels == {f.name: f.title for f in table.fields}
    for field in table.fields:
        if "enum" in field.constraints:
            labels = words.variable_value_labels[field.name]
            assert list(labels.values()) == field.constraints["enum"]
    _, words = pyreadstat.read_dta(dist / "stata/partnership_tiers.dta", metadataonly=True)
    assert words.variable_value_labels["in_official_total"] == {0: "no", 1: "yes"}


def test_long_text_survives_stata(little, tmp_path):
    from vietnam_foreign_affairs.publishing.formats import stata

    words = "đối tác " * 400

    def edit(descriptor, schemas, rows):
        rows["things"][0][2] = words

    stata.write(little("p", edit=edit), tmp_path)
    frame, _ = pyreadstat.read_dta(tmp_path / "stata/things.dta")
    assert sorted(frame.words) == sorted([words, *(row[2] for row in THINGS[1:])])


def test_parquet_and_json_keep_types(dist, published):
    kinds = {"date": date, "integer": int, "year": int, "boolean": bool, "string": str}
    for table in all_tables(published):
        for row in pyarrow.parquet.read_table(dist / f"parquet/{table.name}.parquet").to_pylist():
            for field in table.fields:
                kind = kinds.get(field.type, (int, float))
                assert row[field.name] is None or isinstance(row[field.name], kind)


def test_the_small_package_survives_sqlite_and_parquet(little, tmp_path):
    from vietnam_foreign_affairs.publishing.formats import parquet, sqlite

    pkg = little("p")
    things = sorted(map(tuple, THINGS))
    sqlite.write(pkg, tmp_path)
    parquet.write(pkg, tmp_path)
    con = sqlite3.connect(tmp_path / f"{pkg.name}.sqlite")
    assert as_cells(con.execute("SELECT * FROM things")) == things
    con.close()
    rows = pyarrow.parquet.read_table(tmp_path / "parquet/things.parquet").to_pylist()
    assert as_cells(row.values() for row in rows) == things
