"""The cells of a table's file as text, where the file is what its schema says."""

from __future__ import annotations

import csv
import io

from ..errors import PackageError
from ..package import Table


def cells(table: Table) -> list[tuple[int, list[str]]]:
    """Every row as (line, cells in the order of the schema).

    Raises `PackageError` for a file that is missing, in another encoding or of another shape: what
    cannot be read whole is not compared, and answers nothing.
    """
    file = f"{table.path.parent.name}/{table.path.name}"
    try:
        text = table.path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PackageError(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise PackageError(f"{file}, line {line}: not UTF-8; save it as CSV UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found, line = [], 1
    try:
        header = next(reader, [])
        if sorted(header) != sorted(table.field_names):
            raise PackageError(f"{file}: the header must read {','.join(table.field_names)}")
        places = [header.index(name) for name in table.field_names]
        line = reader.line_num + 1
        for row in reader:
            if row and len(row) != len(header):
                raise PackageError(f"{file}, line {line}: {len(row)} cells, not {len(header)}")
            if row:
                found.append((line, [row[place] for place in places]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise PackageError(f"{file}, line {line}: {error}") from None
    return found
