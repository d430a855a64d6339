"""A JSON Lines file a table: one object a row, null where a cell is blank, dates as ISO text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...output import plain
from ...package import Package
from ..files import all_tables, rows

FILE = "jsonl/{table}.jsonl"


def write(pkg: Package, out: Path) -> None:
    for table in all_tables(pkg):
        path = out / FILE.format(table=table.name)
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for row in rows(table):
                record = dict(zip(table.field_names, map(_value, row), strict=True))
                file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _value(value: Any) -> Any:
    # 800 rather than 800.0, as the CSV has it.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return plain(value)
