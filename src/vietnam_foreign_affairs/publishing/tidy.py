"""`vfa format`: put an edited file back into its canonical form, and touch no value.

A spreadsheet may have changed the encoding, the separator, the line ends, the quoting, the order
of rows and columns, and have added a byte order mark, or blank rows and columns. All that is undone
here. What it did to values (a date rewritten, say) is for `vfa validate` to find.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path

from .. import atomic
from ..formatting import format_rows
from ..package import Package, PackageError, Table

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_FIRST_LINE = re.compile(r'"?sep=(.)"?(\r\n|\r|\n)')


def tidy(pkg: Package, paths: list[Path] | None = None) -> dict[Path, list[str]]:
    """Rewrite the files (all tables by default) that are not in canonical form.

    Returns what was done, by file. A file belongs to the table of its name, wherever it lies.
    Raises `PackageError`, before any file is written, for one that is not of a table, cannot be
    read without a guess, or cannot be written; and for one that somebody changes meanwhile.
    """
    tables = {table.path.name: table for table in pkg.tables}
    wanted: set[Path] = set()
    old, new, done = {}, {}, {}
    for path in paths or [table.path for table in tables.values()]:
        if path.name not in tables:
            raise PackageError(f"{path} is not the file of a table: {', '.join(tables)}")
        try:
            real = atomic.real_path(path)
            if real in wanted:
                continue
            wanted.add(real)
            atomic.sweep(real)
            data = path.read_bytes()
        except OSError as error:
            raise PackageError(f"{path} cannot be read: {error.strerror}") from None
        text, changes = formatted(tables[path.name], data, path)
        if text.encode() != data:
            old[path], new[path], done[path] = data, text.encode(), changes
    try:
        atomic.write(new, old)
    except OSError as error:
        where = error.filename or ", ".join(map(str, new))
        raise PackageError(f"{where} cannot be written: {error.strerror}") from None
    return done


def formatted(table: Table, data: bytes, path: Path) -> tuple[str, list[str]]:
    """The canonical text of a file of this table, and in words what was done to it."""
    text, done = _decoded(data, path)
    start, separator = 0, ""
    if found := _FIRST_LINE.match(text):
        text, start, separator = text[found.end() :], 1, found[1]
        done.append("the line sep= dropped")
    names, separator = _header(table, text, separator, path)
    if separator != ",":
        done.append(f"{_SEPARATORS.get(separator, separator)} became comma")
    rows, blank, wide = [], 0, 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = start + 1
    try:
        for cells in reader:
            extra = cells[len(names) :]
            if not any(cells):
                blank += 1  # a blank row holds no value
            elif len(cells) < len(names) or any(extra):
                raise PackageError(
                    f"{path}, line {line}: {len(cells)} cells instead of {len(names)}; "
                    "put quotes around a cell that holds a comma"
                )
            else:
                wide = max(wide, len(extra))
                rows.append(cells)
            line = start + reader.line_num + 1
    except csv.Error as error:
        raise PackageError(f"{path}, in the row that begins on line {line}: {error}") from None
    places = [names.index(name) for name in table.field_names]
    ordered = [[cells[place] for place in places] for cells in rows[1:]]
    new = format_rows(table, ordered)
    done += _changes(text, new, table, names, ordered, blank, wide)
    return new, done


def _decoded(data: bytes, path: Path) -> tuple[str, list[str]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, done = "utf-16", ["UTF-16 became UTF-8"]
    else:
        has_mark = data.startswith(codecs.BOM_UTF8)
        encoding, done = "utf-8-sig", ["byte order mark dropped"] * has_mark
    try:
        return data.decode(encoding), done
    except UnicodeDecodeError:
        raise PackageError(f"{path} is not UTF-8: save it as CSV UTF-8") from None


def _header(table: Table, text: str, separator: str, path: Path) -> tuple[list[str], str]:
    """The names in the header, without blank ones at the end, and the separator between them."""
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    for sign in [separator] if separator else _SEPARATORS:
        names = [name.strip() for name in next(csv.reader([first], delimiter=sign), [])]
        while names and not names[-1]:
            names.pop()
        if sorted(names) == sorted(table.field_names):
            return names, sign
    raise PackageError(f"{path}: the header must read {','.join(table.field_names)}")


def _changes(
    text: str,
    new: str,
    table: Table,
    names: list[str],
    rows: list[list[str]],
    blank: int,
    wide: int,
) -> list[str]:
    """In words, what became of the rows and lines of a file."""
    done = []
    if text.count("\r") > sum(cell.count("\r") for row in rows for cell in row):
        done.append("line ends became LF")
    if wide:
        done.append(f"{wide} blank column{'s' * (wide > 1)} dropped")
    if blank:
        done.append(f"{blank} blank row{'s' * (blank > 1)} dropped")
    if names != list(table.field_names):
        done.append("columns put in order")
    if list(csv.reader(io.StringIO(new, newline="")))[1:] != rows:
        done.append("rows sorted")
    if text.count('"') != new.count('"'):
        done.append("quotes only where needed")
    return done or ["the form of its lines"]
