"""A Stata file a table (format 118: Stata 14, R's haven, SPSS), with labels.

A variable's label is its title. Words that a column chooses from, and yes and no, are numbers with
value labels, as these programs have them; keys stay text, so that files merge.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...package import Field, Package, PackageError, Table
from ..files import all_tables, created, rows

if TYPE_CHECKING:
    import pandas

FILE = "stata/{table}.dta"
VERSION = 118
_MOST_NAME, _MOST_LABEL = 32, 80
_MOST_PLAIN = 244  # bytes of text that every version keeps in a plain string


def write(pkg: Package, out: Path) -> None:
    import pandas

    for table in all_tables(pkg):
        path = out / FILE.format(table=table.name)
        path.parent.mkdir(exist_ok=True)
        records = rows(table)
        columns = list(zip(*records, strict=True)) or [()] * len(table.fields)
        labels = {field.name: _value_labels(table, field) for field in table.fields}
        frame = pandas.DataFrame(
            {
                _name(table, field): _column(pandas, field, values, labels[field.name])
                for field, values in zip(table.fields, columns, strict=True)
            }
        )
        frame.to_stata(
            path,
            write_index=False,
            version=VERSION,
            time_stamp=created(pkg).replace(tzinfo=None),
            data_label=table.title[:_MOST_LABEL],
            variable_labels={field.name: field.title[:_MOST_LABEL] for field in table.fields},
            value_labels={
                name: {n: word for word, n in codes.items()}
                for name, codes in labels.items()
                if codes
            },
            convert_dates={f.name: "td" for f in table.fields if f.type == "date"},
            convert_strl=[
                field.name
                for field, values in zip(table.fields, columns, strict=True)
                if field.type == "string" and max(map(_length, values), default=0) > _MOST_PLAIN
            ],
        )


def _value_labels(table: Table, field: Field) -> dict[Any, int]:
    """The number of each value, for a column that is one of a few words and no key."""
    if field.type == "boolean":
        return {"no": 0, "yes": 1}
    is_key = field.name in (*table.primary_key, *(key.field for key in table.foreign_keys))
    words = () if is_key or field.type != "string" else field.constraints.get("enum", ())
    return {word: number for number, word in enumerate(words, 1)}


def _column(
    pandas: Any, field: Field, values: tuple[Any, ...], labels: dict[Any, int]
) -> pandas.Series:
    if field.type == "date":
        return pandas.Series(pandas.to_datetime(list(values))).astype("datetime64[s]")
    if field.type == "boolean":
        return pandas.Series(values, dtype="boolean").astype("Int8")
    if labels:
        return pandas.Series([labels.get(value) for value in values], dtype="Int16")
    if field.type == "string":
        return pandas.Series(["" if value is None else value for value in values], dtype=object)
    if field.type == "number":
        return pandas.Series(values, dtype="float64")
    return pandas.Series(values, dtype="Int32")


def _name(table: Table, field: Field) -> str:
    if len(field.name) > _MOST_NAME:
        raise PackageError(
            f"{table.name}.{field.name}: Stata's names have {_MOST_NAME} letters at most"
        )
    return field.name


def _length(value: str | None) -> int:
    return len((value or "").encode())
