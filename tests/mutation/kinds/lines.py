"""One line of a file as editors, merges and hands leave it."""

from __future__ import annotations

import random
import re

from vietnam_foreign_affairs.package import Table

from ..original import line_of, read
from . import file_kind
from .files import csv_of, joined, lines_of


@file_kind("file: cut in the middle of a line")
def _(text: str, table: Table, rng: random.Random):
    data = text.encode()
    return data[: rng.randrange(len(data) // 2, len(data) - 2)]


@file_kind("file: a byte that is no UTF-8")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines))
    data = text.encode().split(b"\n")
    data[at] = data[at][:-1] + b"\xe9" + data[at][-1:]
    return b"\n".join(data), at + 1


@file_kind("file: a NUL byte in a row")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines))
    lines[at] = lines[at][:3] + "\0" + lines[at][3:]
    return joined(lines), at + 1


@file_kind("file: a carriage return in a row")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines))
    lines[at] += "\r"
    return joined(lines), at + 1


@file_kind("file: marks of a merge conflict")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines))
    lines[at : at + 1] = ["<<<<<<< HEAD", lines[at], "=======", lines[at], ">>>>>>> new-rows"]
    return joined(lines), at + 1


@file_kind("file: a blank line between rows")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines))
    lines.insert(at, "")
    return joined(lines), at + 1


@file_kind("file: two neighbouring rows exchanged")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    if len(lines) < 3:
        return None
    at = rng.randrange(1, len(lines) - 1)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return joined(lines), at + 1


@file_kind("file: a row at the end in place of its own")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines) - 1)
    lines.append(lines.pop(at))
    return joined(lines), at + 1


@file_kind("file: a line twice")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines))
    lines.insert(at, lines[at])
    return joined(lines), at + 2


@file_kind("file: two lines run together")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines) - 1)
    lines[at : at + 2] = [lines[at] + lines[at + 1]]
    return joined(lines), at + 1


@file_kind("file: a cell too few")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines))
    row = read(text.encode(), table)[at - 1]
    cells = [row[n] for n in table.field_names]
    cells.pop(rng.randrange(1, len(cells)))
    lines[at] = csv_of([cells])[:-1]
    return joined(lines), at + 1


@file_kind("file: a comma that is not quoted")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    quoted = [n for n, line in enumerate(lines) if n and '"' in line and '""' not in line]
    if not quoted:
        return None
    at = rng.choice(quoted)
    lines[at] = lines[at].replace('"', "")
    return joined(lines), at + 1


@file_kind("file: a comma in the middle of a cell")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines))
    if '"' in lines[at]:
        return None
    middle = rng.randrange(1, len(lines[at]))
    lines[at] = lines[at][:middle] + "," + lines[at][middle:]
    return joined(lines), at + 1


@file_kind("file: a quote that nothing closes")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines))
    lines[at] = lines[at].replace(",", ',"', 1)
    return joined(lines), at + 1


@file_kind("file: a quote inside a cell")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines))
    lines[at] = re.sub(r"(\w)( |-)(\w)", r'\1"\2\3', lines[at], count=1)
    return joined(lines), at + 1


@file_kind("file: a cell quoted without need")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    at = rng.randrange(1, len(lines))
    lines[at] = re.sub(r"^([^,\"]+),", r'"\1",', lines[at])
    return joined(lines), at + 1


@file_kind("file: a line break in a cell")
def _(text: str, table: Table, rng: random.Random):
    rows = read(text.encode(), table)
    at = rng.randrange(len(rows))
    names = [n for n, value in rows[at].items() if " " in value]
    if not names:
        return None
    row = dict(rows[at])
    name = rng.choice(names)
    row[name] = row[name].replace(" ", "\n", 1)
    lines = lines_of(text)
    lines[at + 1] = line_of(table, row)
    return joined(lines), at + 2


@file_kind("file: a line separator (U+2028) in a row")
def _(text: str, table: Table, rng: random.Random):
    lines = lines_of(text)
    spots = [n for n, line in enumerate(lines) if n and " " in line]
    if not spots:
        return None
    at = rng.choice(spots)
    lines[at] = lines[at].replace(" ", "\u2028", 1)
    return joined(lines), at + 1
