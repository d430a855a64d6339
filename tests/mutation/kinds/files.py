"""Whole files as editors, spreadsheets, exports and merges leave them."""

from __future__ import annotations

import csv
import gzip
import html
import io
import random
import re
import unicodedata

from vietnam_foreign_affairs.package import Table

from . import file_kind


def lines_of(text: str) -> list[str]:
    return text.split("\n")[:-1]


def joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def cells_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def csv_of(rows: list[list[str]], **options: object) -> str:
    out = io.StringIO()
    csv.writer(out, **{"lineterminator": "\n", **options}).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def _whole(name: str, spoil) -> None:
    file_kind(name)(lambda text, table, rng: spoil(text))


_whole("file: byte order mark", lambda t: "\ufeff" + t)
_whole("file: CRLF line ends", lambda t: t.replace("\n", "\r\n"))
_whole("file: CR line ends", lambda t: t.replace("\n", "\r"))
_whole(
    "file: Windows-1252, unknown letters as question marks", lambda t: t.encode("cp1252", "replace")
)
_whole("file: Windows-1258", lambda t: t.encode("cp1258", "replace"))
_whole("file: UTF-16", lambda t: t.encode("utf-16"))
_whole("file: UTF-8 read as Windows-1252", lambda t: t.encode().decode("cp1252", "replace"))
_whole("file: UTF-8 read as Latin-1", lambda t: t.encode().decode("latin-1"))
_whole("file: NFD", lambda t: unicodedata.normalize("NFD", t))
_whole("file: semicolons for commas", lambda t: csv_of(cells_of(t), delimiter=";"))
_whole("file: tabs for commas", lambda t: csv_of(cells_of(t), delimiter="\t"))
_whole("file: every cell quoted", lambda t: csv_of(cells_of(t), quoting=csv.QUOTE_ALL))
_whole("file: single quotes", lambda t: csv_of(cells_of(t), quotechar="'"))
_whole("file: no line break at the end", lambda t: t[:-1])
_whole("file: blank line at the end", lambda t: t + "\n")
_whole("file: three blank lines at the end", lambda t: t + "\n\n\n")
_whole("file: empty", lambda t: b"")
_whole("file: header only", lambda t: t[: t.index("\n") + 1])
_whole("file: header lost", lambda t: t[t.index("\n") + 1 :])
_whole("file: header twice", lambda t: t[: t.index("\n") + 1] + t)
_whole(
    "file: header in capitals", lambda t: t.split("\n", 1)[0].upper() + "\n" + t.split("\n", 1)[1]
)
_whole(
    "file: blanks after the header's commas",
    lambda t: t.split("\n", 1)[0].replace(",", ", ") + "\n" + t.split("\n", 1)[1],
)
_whole("file: gone", lambda t: ...)
_whole("file: zipped", lambda t: gzip.compress(t.encode(), mtime=0))
_whole(
    "file: a web page in its place",
    lambda t: f"<!DOCTYPE html><html><pre>{html.escape(t)}</pre></html>\n",
)
_whole("file: the first half only", lambda t: joined(lines_of(t)[: len(lines_of(t)) // 2]))
_whole("file: the second half twice", lambda t: t + joined(lines_of(t)[len(lines_of(t)) // 2 :]))
_whole("file: rows upside down", lambda t: joined([lines_of(t)[0], *lines_of(t)[:0:-1]]))
_whole("file: a title above the header", lambda t: "Export of 21 November 2026\n" + t)
_whole("file: a comment above the header", lambda t: "# exported, do not edit\n" + t)
_whole("file: a separator line of Excel", lambda t: "sep=,\n" + t)
_whole("file: a count at the foot", lambda t: f"{t}Total: {len(lines_of(t)) - 1}\n")
_whole("file: commas behind every row", lambda t: t.replace("\n", ",,\n"))
_whole(
    "file: a row of commas at the foot", lambda t: t + "," * t.split("\n", 1)[0].count(",") + "\n"
)
_whole("file: control-Z at the end", lambda t: t + "\x1a")
_whole("file: NUL bytes at the end", lambda t: t + "\0" * 8)
_whole("file: blanks behind every line", lambda t: t.replace("\n", " \n"))
_whole("file: every quote with a backslash", lambda t: re.sub(r'(?<=[^,\n])""(?=[^,\n])', r"\"", t))
_whole(
    "file: no-break blanks for blanks",
    lambda t: t.split("\n", 1)[0] + "\n" + t.split("\n", 1)[1].replace(" ", "\u00a0"),
)
_whole("file: typographic quotes", lambda t: t.replace('"', "“"))
_whole("file: lower case", lambda t: t.lower())
_whole("file: NaN for blanks", lambda t: csv_of([[c or "NaN" for c in r] for r in cells_of(t)]))
_whole("file: NULL for blanks", lambda t: csv_of([[c or "NULL" for c in r] for r in cells_of(t)]))
_whole(
    "file: a column of row numbers in front",
    lambda t: csv_of([[str(n - 1) if n else "", *r] for n, r in enumerate(cells_of(t))]),
)
_whole(
    "file: days as a spreadsheet shows them",
    lambda t: re.sub(r"(?<![-\w/.])(\d{4})-(\d\d)-(\d\d)(?![-\w/])", r"\3/\2/\1", t),
)
_whole("file: numbers as floats", lambda t: re.sub(r"(?<=,)(\d+)(?=,)", r"\1.0", t))
_whole("file: leading noughts lost", lambda t: re.sub(r"(?<=,)0+(\d+)(?=,)", r"\1", t))
_whole(
    "file: TRUE and FALSE", lambda t: t.replace(",true,", ",TRUE,").replace(",false,", ",FALSE,")
)


@file_kind("file: a column gone")
def _(text: str, table: Table, rng: random.Random):
    at = rng.randrange(len(table.fields))
    return csv_of([row[:at] + row[at + 1 :] for row in cells_of(text)])


@file_kind("file: an empty column more")
def _(text: str, table: Table, rng: random.Random):
    return csv_of([[*row, "" if n else "remarks"] for n, row in enumerate(cells_of(text))])


@file_kind("file: a column named otherwise")
def _(text: str, table: Table, rng: random.Random):
    head, rest = text.split("\n", 1)
    names = head.split(",")
    at = rng.randrange(len(names))
    names[at] = names[at].split("_")[0] + "_code"
    return ",".join(names) + "\n" + rest, 1


@file_kind("file: titles for column names")
def _(text: str, table: Table, rng: random.Random):
    return csv_of([[f.title for f in table.fields], *cells_of(text)[1:]]), 1


@file_kind("file: Vietnamese titles for column names")
def _(text: str, table: Table, rng: random.Random):
    return csv_of([[f.title_vi for f in table.fields], *cells_of(text)[1:]]), 1


def _two(table: Table, rng: random.Random) -> tuple[int, int]:
    left = rng.randrange(len(table.fields) - 1)
    return left, left + 1


@file_kind("file: two columns exchanged with their names")
def _(text: str, table: Table, rng: random.Random):
    left, right = _two(table, rng)
    rows = cells_of(text)
    for row in rows:
        row[left], row[right] = row[right], row[left]
    return csv_of(rows), 1


@file_kind("file: two columns exchanged under their names")
def _(text: str, table: Table, rng: random.Random):
    left, right = _two(table, rng)
    rows = cells_of(text)
    for row in rows[1:]:
        row[left], row[right] = row[right], row[left]
    return csv_of(rows)


@file_kind("file: two names of columns exchanged")
def _(text: str, table: Table, rng: random.Random):
    left, right = _two(table, rng)
    head, rest = text.split("\n", 1)
    names = head.split(",")
    names[left], names[right] = names[right], names[left]
    return ",".join(names) + "\n" + rest, 1


@file_kind("file: one column sorted alone")
def _(text: str, table: Table, rng: random.Random):
    rows = cells_of(text)
    at = rng.randrange(1, len(table.fields))
    column = sorted(row[at] for row in rows[1:])
    for row, cell in zip(rows[1:], column, strict=True):
        row[at] = cell
    return csv_of(rows)


@file_kind("file: one column a row further down")
def _(text: str, table: Table, rng: random.Random):
    rows = cells_of(text)
    at = rng.randrange(1, len(table.fields))
    column = [row[at] for row in rows[1:]]
    for row, cell in zip(rows[1:], ["", *column[:-1]], strict=True):
        row[at] = cell
    return csv_of(rows)


@file_kind("file: one column emptied")
def _(text: str, table: Table, rng: random.Random):
    rows = cells_of(text)
    at = rng.randrange(1, len(table.fields))
    for row in rows[1:]:
        row[at] = ""
    return csv_of(rows)


@file_kind("file: one column filled down")
def _(text: str, table: Table, rng: random.Random):
    rows = cells_of(text)
    at = rng.randrange(1, len(table.fields))
    for row in rows[2:]:
        row[at] = rows[1][at]
    return csv_of(rows)


@file_kind("file: sorted by another column")
def _(text: str, table: Table, rng: random.Random):
    rows = cells_of(text)
    at = rng.randrange(1, len(table.fields))
    return csv_of([rows[0], *sorted(rows[1:], key=lambda row: row[at])])


@file_kind("file: the last row cut")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    lines[-1] = lines[-1][: len(lines[-1]) // 2]
    return joined(lines), len(lines)
