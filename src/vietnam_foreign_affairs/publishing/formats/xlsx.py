"""One workbook: a first sheet that explains, then a sheet a table.

A header says in a note what its column holds, and the first one leads back to the first sheet; a
`source_id` leads to its source, a `url` to its page. Text is always written as text: a cell that
begins like a formula is none, and is marked so that it stays none when somebody edits it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from ...citation import cite
from ...package import Package, PackageError, Table
from ..files import all_tables, created, rows

FILE = "{name}.xlsx"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
FIRST_SHEET = "About"
_EARLIEST = date(1900, 3, 1)  # Excel's calendar is wrong before that day: such dates stay text
_MOST_WIDTH = 60
_MOST_LINKS = 65_530  # on a sheet, as Excel has it
_MOST_URL = 2_079  # letters of an address
_NOTE_WIDTH = 320


def write(pkg: Package, out: Path) -> None:
    import xlsxwriter

    path = out / FILE.format(name=pkg.name)
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties(
            {
                "title": pkg.descriptor["title"],
                "comments": cite(pkg),
                "created": created(pkg).replace(tzinfo=None),
            }
        )
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1}),
            "title": book.add_format({"bold": True, "font_size": 16}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "link": book.add_format({"font_color": "#0B4F9C", "underline": 1}),
            "literal": book.add_format({"quote_prefix": True}),
        }
        tables = [(table, rows(table)) for table in all_tables(pkg)]
        places = {
            table.name: {row[0]: line for line, row in enumerate(records, 2)}
            for table, records in tables
            if table.name == "sources"
        }
        _about(book, styles, pkg, tables)
        for table, records in tables:
            _sheet(book, styles, table, records, places)


def _about(book: Any, styles: dict, pkg: Package, tables: list[tuple[Table, list]]) -> None:
    d = pkg.descriptor
    sheet = book.add_worksheet(FIRST_SHEET)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 28)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, f"{d['title']}: {d['subtitle']}", styles["title"])
    licence = d["licenses"][0]
    facts = (
        ("Version", pkg.version),
        ("Released on", d["created"][:10]),
        ("What it is", d["description"]),
        ("Licence", f"{licence['title']} ({licence['name']}), {licence['path']}"),
        ("How to cite", cite(pkg)),
        ("Homepage", d["homepage"]),
        (
            "How to read",
            "A sheet a table; the first row names the columns, which are described below. "
            "A blank cell is an unknown or missing value. Dates are dates, except days before "
            "1 March 1900, which are text. Tables with the role derived follow from the others.",
        ),
    )
    line = 2
    for name, text in facts:
        sheet.write_string(line, 0, name, styles["head"])
        sheet.merge_range(line, 1, line, 2, "", styles["wrap"])
        sheet.write_string(line, 1, text, styles["wrap"])
        sheet.set_row(line, 15 * (1 + len(text) // 110))
        line += 1
    line = _list(sheet, styles, line + 1, ("Table", "Rows and role", "What a row is"))
    for table, records in tables:
        sheet.write_url(line, 0, f"internal:'{table.name}'!A1", styles["link"], table.name)
        sheet.write_string(line, 1, f"{len(records):,} rows, {table.role}")
        sheet.write_string(line, 2, f"{table.title}. {table.description}")
        line += 1
    line = _list(sheet, styles, line + 1, ("Table", "Column", "What it says"))
    for table, _ in tables:
        for field in table.fields:
            sheet.write_string(line, 0, table.name)
            sheet.write_string(line, 1, field.name)
            unit = f" Unit: {field.unit}." if field.unit else ""
            sheet.write_string(line, 2, f"{field.title}. {field.description}{unit}")
            line += 1


def _list(sheet: Any, styles: dict, line: int, names: tuple[str, ...]) -> int:
    for column, name in enumerate(names):
        sheet.write_string(line, column, name, styles["head"])
    return line + 1


def _sheet(
    book: Any, styles: dict, table: Table, records: list[tuple[Any, ...]], places: dict
) -> None:
    if len(table.name) > 31:
        raise PackageError(f"a sheet cannot be called {table.name}: 31 letters at most")
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(table.fields):
        if column:
            sheet.write_string(0, column, field.name, styles["head"])
        else:
            sheet.write_url(
                0, 0, f"internal:'{FIRST_SHEET}'!A1", styles["head"], field.name, "Back"
            )
        unit = f" Unit: {field.unit}." if field.unit else ""
        note = f"{field.title}. {field.description}{unit}"
        size = {"width": _NOTE_WIDTH, "height": 20 * (2 + len(note) // 45)}
        sheet.write_comment(0, column, note, {"author": "", **size})
        longest = max([len(field.name) + 3, *(len(str(row[column] or "")) for row in records)])
        sheet.set_column(column, column, min(longest + 1, _MOST_WIDTH))
    sheet.autofilter(0, 0, len(records), len(table.fields) - 1)
    links = {
        column: _link_to(table, field.name, places) for column, field in enumerate(table.fields)
    }
    linked = [column for column, link in links.items() if link]
    if len(linked) * len(records) > _MOST_LINKS:
        linked = []
    for line, record in enumerate(records, 1):
        for column, value in enumerate(record):
            url = links[column](value) if column in linked and value is not None else None
            if url and len(url) <= _MOST_URL:
                sheet.write_url(line, column, url, styles["link"], value)
            else:
                _cell(sheet, styles, line, column, value)


def _link_to(table: Table, column: str, places: dict) -> Callable[[str], str | None] | None:
    """Where the cells of a column lead: to a row of another sheet, or to a page."""
    if column == "url":
        # A link to the web and to nothing else: other schemes run things, or are none.
        return lambda url: url if url.startswith(("https://", "http://")) else None
    target = next((key.table for key in table.foreign_keys if key.field == column), None)
    if target not in places:
        return None
    lines = places[target]
    return lambda key: f"internal:'{target}'!A{lines[key]}" if key in lines else None


def _cell(sheet: Any, styles: dict, line: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(line, column, value)
    elif isinstance(value, date) and value >= _EARLIEST:
        sheet.write_datetime(line, column, value)
    else:
        text = str(value)
        sheet.write_string(
            line, column, text, styles["literal"] if text.startswith(FORMULA_SIGNS) else None
        )
