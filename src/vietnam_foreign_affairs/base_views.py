"""Views over every table, so that no plain SQL needs to list the tables."""

from __future__ import annotations

from .package import Field, Table
from .sql import literal, quote

_TABLE = "-- column table_name: Table | Bảng | Name of the table.\n"
_ROW = f"""\
{_TABLE}\
-- column row_id: Row | Dòng | Its primary key, with a slash between the parts of a composite one.
"""
_FIELD = "-- column field: Field | Trường | Name of the column.\n"
_HEADS = {
    "row_sources": f"""\
-- title: Sources of rows
-- title_vi: Nguồn của từng dòng
-- description: The best source of each row that cites one.
{_ROW}""",
    "row_dates": f"""\
-- title: Dates of rows
-- title_vi: Ngày của từng dòng
-- description: Every date that says how exactly it is known.
{_ROW}{_FIELD}\
-- column date: Date | Ngày | The date; the first day of a month or year that is known no better.
-- column date_precision: Precision | Độ chính xác | How exactly it is known: day, month or year.
""",
    "row_values": f"""\
-- title: Cells of rows
-- title_vi: Giá trị của từng dòng
-- description: Every cell of a row that cites a source, as text.
{_ROW}{_FIELD}\
-- column value: Value | Giá trị | The cell as its CSV file has it.
""",
    "table_coverage": f"""\
-- title: Coverage of tables
-- title_vi: Phạm vi của từng bảng
-- description: What each table claims to hold: a period, whether all of it, when last checked.
{_TABLE}\
-- column role: Role | Vai trò | facts, links, vocabulary or provenance.
-- column starts_on: Covers from | Từ ngày | First day of the period.
-- column ends_on: Covers until | Đến ngày | Last day of the period.
-- column is_complete: Is complete | Đầy đủ | Whether it claims to hold everything of the period.
-- column complete_until: Complete until | Đầy đủ đến | Last day until which that is claimed.
-- column last_checked: Last checked | Kiểm tra lần cuối | Day on which that was last checked.
""",
}


def base_views(tables: tuple[Table, ...]) -> dict[str, str]:
    """The SQL of each by name, with the words that head it."""
    sources, dates, values, coverage = [], [], [], []
    for table in tables:
        c = table.coverage
        coverage.append(
            f"({literal(table.name)}, {literal(table.role)}, DATE {literal(c.starts_on)}, "
            f"DATE {literal(c.ends_on)}, {literal(c.complete)}, "
            f"DATE {literal(c.complete_until)}, DATE {literal(c.last_checked)})"
        )
        row_id = " || '/' || ".join(map(quote, table.primary_key))
        head = f"SELECT {literal(table.name)} AS table_name, {row_id} AS row_id"
        iso3 = "iso3" if "iso3" in table.field_names else "NULL::VARCHAR"
        if table.cites_sources:
            locator = "locator" if "locator" in table.field_names else "NULL::VARCHAR"
            sources.append(
                f"{head}, {iso3} AS iso3, source_id, {locator} AS locator FROM {quote(table.name)} "
                "WHERE source_id IS NOT NULL"
            )
            cells = ", ".join(map(text_of, table.fields))
            values.append(
                f"{head}, unnest([{', '.join(map(literal, table.field_names))}]) AS field, "
                f"unnest([{cells}]) AS value FROM {quote(table.name)}"
            )
        for name in table.field_names:
            if f"{name}_precision" in table.field_names:
                dates.append(
                    f"{head}, {literal(name)} AS field, {quote(name)} AS date, "
                    f"{quote(name + '_precision')} AS date_precision FROM {quote(table.name)}"
                )
    rows = ",\n".join(coverage)
    texts = {
        "row_sources": "\nUNION ALL ".join(sources),
        "row_dates": "\nUNION ALL ".join(dates),
        "row_values": "\nUNION ALL ".join(values),
        "table_coverage": f"FROM (VALUES\n{rows}\n) AS t "
        "(table_name, role, starts_on, ends_on, is_complete, complete_until, last_checked)",
    }
    return {
        name: f"{_HEADS[name]}CREATE VIEW {name} AS\n{text};"
        for name, text in texts.items()
        if text
    }


def text_of(field: Field) -> str:
    """SQL: a cell as the CSV writes it, numbers without the `.0` of whole ones."""
    text = f"{quote(field.name)}::VARCHAR"
    return f"regexp_replace({text}, '\\.0$', '')" if field.type == "number" else text
