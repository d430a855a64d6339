"""`vfa format`: put an edited file back into its canonical form, and touch no value.

A spreadsheet may have changed the separator, the line ends, the quoting, the order of rows and
columns, and have added a byte order mark or blank lines at the end. All that is undone here.
What it did to values (a date rewritten, say) is for `vfa validate` to find.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from pathlib import Path

from ..formatting import format_rows
from ..package import Package, PackageError, Table

_SEPARATORS = (",", ";", "\t")


def tidy(pkg: Package, paths: list[Path] | None = None) -> list[Path]:
    """Rewrite the files (all tables by default) that are not in canonical form; return them.

    A file belongs to the table of its name, wherever it lies. Raises `PackageError`, before any
    file is written, for one that is not of a table or cannot be read without a guess.
    """
    tables = {table.path.name: table for table in pkg.tables}
    wanted = paths or [table.path for table in tables.values()]
    texts = {}
    for path in wanted:
        if path.name not in tables:
            raise PackageError(f"{path} is not the file of a table: {', '.join(tables)}")
        try:
            old = path.read_bytes()
        except OSError as error:
            raise PackageError(f"{path} cannot be read: {error.strerror}") from None
        new = formatted(tables[path.name], old, path).encode()
        if new != old:
            texts[path] = new
    for path, text in texts.items():
        _replace(path, text)
    return list(texts)


def formatted(table: Table, data: bytes, path: Path) -> str:
    """The canonical text of a file of this table."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PackageError(f"{path} is not UTF-8: save it as CSV UTF-8") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    header = text.split("\n", 1)[0]
    for separator in _SEPARATORS:
        names = [name.strip() for name in next(csv.reader([header], delimiter=separator), [])]
        if sorted(names) == sorted(table.field_names):
            break
    else:
        raise PackageError(f"{path}: the header must read {','.join(table.field_names)}")
    places = [names.index(name) for name in table.field_names]
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        next(reader)
        for cells in reader:
            if not any(cells):
                continue  # a blank line holds no value
            if len(cells) != len(names):
                raise PackageError(
                    f"{path}, line {reader.line_num}: {len(cells)} cells instead of {len(names)}; "
                    "put quotes around a cell that holds a comma"
                )
            rows.append([cells[place] for place in places])
    except csv.Error as error:
        raise PackageError(f"{path}, line {reader.line_num}: {error}") from None
    return format_rows(table, rows)


def _replace(path: Path, text: bytes) -> None:
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}-", delete=False
    ) as part:
        try:
            part.write(text)
            part.close()
            shutil.copymode(path, part.name)
            os.replace(part.name, path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
