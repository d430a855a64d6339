"""Where exactly the shape of a file is broken: too many cells, an open quote (the slow reader).

Only a file that DuckDB does not read as its schema says comes here. The reading is of one row at a
time, and ends after a bounded number of failures.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice

from ..formatting import format_rows
from ..package import Table
from .messages import cause_of_header
from .report import Failure
from .state import MOST, file_name


def failures(table: Table) -> Iterator[Failure]:
    """What is wrong with header, cells, quotes and line breaks, in the order of the lines."""
    with table.path.open(encoding="utf-8", newline="") as file:
        yield from islice(_failures(table, _Lines(file)), MOST)


class _Lines:
    """The lines of a file, remembering those of the row that is being read."""

    def __init__(self, file):
        self.file, self.row = file, []

    def __iter__(self) -> Iterator[str]:
        for line in self.file:
            self.row.append(line)
            yield line

    def take(self) -> str:
        text, self.row = "".join(self.row), []
        return text


def _failures(table: Table, lines: _Lines) -> Iterator[Failure]:
    reader = csv.reader(iter(lines), strict=True)
    names, line = list(table.field_names), 1
    is_ordered = True
    try:
        for cells in reader:
            text = lines.take().removesuffix("\n")
            if line == 1 and cells != names:
                head = [text, *(row.rstrip("\n") for row in islice(lines.file, 5))]
                message, advice = cause_of_header(table, head, file_name(table))
                yield _fail(table, "header", message, advice, 1, ",".join(cells)[:300])
                return
            if not cells:
                yield _fail(table, "shape", "the line is empty", "remove it", line)
            elif len(cells) != len(names):
                yield _fail(
                    table, "shape", f"the row has {len(cells)} cells",
                    f"a row has {len(names)}; quote a cell that holds a comma", line,
                )  # fmt: skip
            elif any("\n" in cell for cell in cells):
                column = next(n for n, cell in zip(names, cells, strict=True) if "\n" in cell)
                yield Failure(
                    "blanks", "structure", "the cell has a line break in it", "remove it",
                    file_name(table), line, row_name(table, cells), column,
                    cells[names.index(column)],
                )  # fmt: skip
            elif is_ordered and line > 1:
                should_be = format_rows(table, [cells]).split("\n")[1]
                if text != should_be:
                    is_ordered = False
                    yield disorder(table, line, text, should_be)
            elif is_ordered and text != ",".join(names):
                is_ordered = False
                yield disorder(table, 1, text, ",".join(names))
            line = reader.line_num + 1
    except csv.Error as error:
        # A quote that is not closed takes in the lines behind it, up to the next quote or the end.
        if reader.line_num > line or "unexpected end" in str(error):
            message, advice = "a quote opens here and is not closed", "close it, or write it twice"
        else:
            message = f"the line cannot be read: {error}"
            advice = "write quotes inside a quoted cell twice"
        yield _fail(table, "quoting", message, advice, line)


def is_header(table: Table, line: bytes) -> bool:
    """Whether the first line names the columns of the schema, however it is quoted."""
    try:
        return next(csv.reader([line.decode()]), []) == list(table.field_names)
    except (csv.Error, UnicodeDecodeError):
        return False


def unknown(table: Table) -> Failure:
    """For a file that DuckDB cannot read although the slow reader finds nothing wrong."""
    return _fail(
        table, "shape", "the file cannot be read as a table",
        "look for a line of more than two million characters", None,
    )  # fmt: skip


def disorder(table: Table, line: int, is_now: str, should_be: str) -> Failure:
    return _fail(
        table, "order", "the file is not in the canonical order or quoting",
        f"run vfa format; this line should read: {should_be[:120]}", line, is_now[:120],
    )  # fmt: skip


def row_name(table: Table, cells: Sequence[str | None]) -> str:
    """The primary key of a row as text, parts joined by a slash."""
    return "/".join(cells[table.field_names.index(name)] or "" for name in table.primary_key)


def _fail(
    table: Table, rule: str, message: str, advice: str, line: int | None, value: str | None = None
) -> Failure:
    return Failure(rule, "structure", message, advice, file_name(table), line, value=value)
