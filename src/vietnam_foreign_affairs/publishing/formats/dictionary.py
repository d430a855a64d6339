"""The data dictionary as one CSV file: a row a column of every table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...output import to_csv
from ...package import Package
from ..files import all_tables

FILE = "data-dictionary.csv"
COLUMNS = (
    "table_name",
    "column_name",
    "position",
    "type",
    "title",
    "title_vi",
    "description",
    "unit",
    "is_required",
    "is_key",
    "refers_to",
    "allowed_values",
    "pattern",
    "minimum",
    "maximum",
)


def entries(pkg: Package) -> list[tuple[Any, ...]]:
    """The rows of the dictionary, in the order of the descriptor."""
    found = []
    for table in all_tables(pkg):
        references = {key.field: f"{key.table}.{key.references}" for key in table.foreign_keys}
        for position, field in enumerate(table.fields, 1):
            limits = field.constraints
            found.append(
                (
                    table.name,
                    field.name,
                    position,
                    field.type,
                    field.title,
                    field.title_vi,
                    field.description,
                    field.unit,
                    field.required or field.name in table.primary_key,
                    field.name in table.primary_key,
                    references.get(field.name),
                    " ".join(map(str, limits.get("enum", ()))) or None,
                    limits.get("pattern"),
                    limits.get("minimum", limits.get("exclusiveMinimum")),
                    limits.get("maximum", limits.get("exclusiveMaximum")),
                )
            )
    return found


def write(pkg: Package, out: Path) -> None:
    with (out / FILE).open("w", encoding="utf-8", newline="") as file:
        to_csv(file, list(COLUMNS), entries(pkg))
