"""Values of every DuckDB type in the few types that CSV and JSON have.

Numbers, booleans, lists and structs stay what they are. All else is text as DuckDB writes it: a
day as 2024-12-31, an interval as `1 month 3 days`, bytes as `\\xAA`.
"""

from __future__ import annotations

import json
import math
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

_INTEGERS = {f"{sign}{size}int" for sign in ("", "u") for size in ("tiny", "small", "big", "huge")}
_KEPT = {"boolean", "integer", "uinteger", "float", "double", *_INTEGERS}
_EXACT_DIGITS = 15  # a decimal of more digits is not always a JSON number, read as a double


def ordinary(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The same rows in types that Python, CSV and JSON hold without loss."""
    wanted = [_type(kind) for kind in relation.types]
    if wanted == [str(kind) for kind in relation.types]:
        return relation
    # By number: two columns may have one name.
    return relation.project(
        ", ".join(f"CAST(#{number} AS {kind})" for number, kind in enumerate(wanted, 1))
    )


def _type(kind: Any) -> str:
    from .database import quote

    if kind.id in _KEPT:
        return str(kind)
    if kind.id not in ("decimal", "list", "array", "map", "struct"):
        return "VARCHAR"
    parts = dict(kind.children)
    if kind.id == "decimal":
        return str(kind) if parts["precision"] <= _EXACT_DIGITS else "VARCHAR"
    if kind.id == "list":
        return f"{_type(parts['child'])}[]"
    if kind.id == "array":
        return f"{_type(parts['child'])}[{parts['size']}]"
    if kind.id == "map":
        return f"MAP({_type(parts['key'])}, {_type(parts['value'])})"
    if "" in parts:
        return "VARCHAR"  # a struct without names
    return f"STRUCT({', '.join(f'{quote(name)} {_type(of)}' for name, of in kind.children)})"


def names(columns: list[str]) -> list[str]:
    """The names of columns, made different where two are the same: `x`, `x_2`."""
    found: list[str] = []
    for column in columns:
        name, number = column, 1
        while name in found or (number > 1 and name in columns):
            number += 1
            name = f"{column}_{number}"
        found.append(name)
    return found


def text(value: Any) -> str:
    """A value as a cell of the package's CSV files: blank for null, ISO dates, true and false.

    Lists and structs are JSON.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 10**_EXACT_DIGITS
        return str(int(value)) if whole else str(plain(value))
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(plain(value), ensure_ascii=False)
    return str(value)


def plain(value: Any) -> Any:
    """A value that JSON has; what is no finite number is `NaN`, `Infinity` or `-Infinity`."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"{'-' * (value < 0)}Infinity"
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {key if isinstance(key, str) else text(key): plain(of) for key, of in value.items()}
    return value
