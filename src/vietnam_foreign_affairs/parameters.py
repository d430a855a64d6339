"""The value of a question's parameter: a day, a whole number, a text, or a key of a table.

A value that cannot be meant is an error that says what can, never an answer without rows.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from .errors import PackageError
from .sql import literal, quote

if TYPE_CHECKING:
    import duckdb

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[+-]?\d{1,9}")
_NOT_NAMES = ("source_id", "locator")


class Parameter(NamedTuple):
    """`type` is `date`, `integer` or `string`; `key` is the `table.column` that holds the values.

    Where the default is a pattern (`%` for every one), patterns of keys are values too.
    """

    name: str
    description: str
    default: str
    type: str = "string"
    key: str = ""


def value(con: duckdb.DuckDBPyConnection, parameter: Parameter, given: object) -> str | int:
    """What SQL gets for a given value. Raises `PackageError` for one that cannot be meant."""
    if parameter.type == "date":
        return _day(given)
    if parameter.type == "integer":
        return _number(given)
    if not isinstance(given, str):
        raise PackageError("it is a text")
    if not parameter.key:
        return given
    return _key(con, parameter, given)


def _day(given: object) -> str:
    if isinstance(given, datetime):
        given = given.date()
    try:
        if isinstance(given, str) and _DAY.fullmatch(given):
            given = date.fromisoformat(given)
    except ValueError:
        raise PackageError("there is no such day") from None
    if type(given) is not date:
        raise PackageError("it is a day, written as 2024-12-31")
    return given.isoformat()


def _number(given: object) -> int:
    if isinstance(given, str) and _NUMBER.fullmatch(given):
        return int(given)
    if not isinstance(given, (str, bool)):
        try:
            # Whole numbers of every library; a data frame may hold them as fractions.
            number = int(cast(int, given))
            if number == given and abs(number) < 10**9:
                return number
        except (TypeError, ValueError, OverflowError):
            pass
    raise PackageError("it is a whole number")


def _key(con: duckdb.DuckDBPyConnection, parameter: Parameter, given: str) -> str:
    table, column = parameter.key.split(".")
    name = quote(column)
    keys = [key for (key,) in con.sql(f"SELECT {name}::VARCHAR FROM {quote(table)}").fetchall()]
    if given in keys:
        return given
    if given.upper() in keys:
        return given.upper()
    if parameter.default == "%" and "%" in given:
        pattern = re.escape(given).replace("%", ".*").replace("_", ".")
        if any(re.fullmatch(pattern, key) for key in keys):
            return given
    raise PackageError(
        f"no row of {table} has that {column}{_suggestion(con, table, column, given)}"
    )


def _suggestion(con: duckdb.DuckDBPyConnection, table: str, column: str, given: str) -> str:
    likely = _likely(con, table, column, given.strip()) if given.strip() else []
    if not likely:
        return f"; vfa show {table} lists them"
    return f"; did you mean {' or '.join(likely[:3])}?"


def _likely(con: duckdb.DuckDBPyConnection, table: str, column: str, given: str) -> list[str]:
    """The keys that a name, a former name or another code may mean, the likeliest only."""
    cells: dict[str, list[str]] = {}  # the key and its cells: those of its own table first
    for other in (table, *_of_the_same_key(con, table, column)):
        relation = con.table(other)
        names = [n for n in relation.columns if n not in _NOT_NAMES]
        for row in relation.select(*map(quote, names)).fetchall():
            found = dict(zip(names, row, strict=True))
            texts = [str(value) for value in found.values() if value is not None]
            cells.setdefault(str(found[column]), []).extend(texts)
    wanted = folded(given)
    phrase = re.compile(rf"\b{re.escape(wanted)}\b")
    for fits in (
        lambda text: text.casefold() == given.casefold(),  # with its marks: Mỹ is no MY
        lambda text: folded(text) == wanted,
        lambda text: len(wanted) > 2 and phrase.search(folded(text)),
    ):
        if keys := [key for key, texts in cells.items() if any(map(fits, texts))]:
            return keys
    by_text = {folded(text): key for key, texts in cells.items() for text in texts}
    close = difflib.get_close_matches(wanted, by_text, n=3, cutoff=0.8)
    return list(dict.fromkeys(by_text[text] for text in close))


def _of_the_same_key(con: duckdb.DuckDBPyConnection, table: str, column: str) -> list[str]:
    """Other tables with one row a key, or with its names: what they say may hold a former one."""
    names = con.sql(
        "SELECT table_name FROM duckdb_columns() JOIN duckdb_tables() USING (table_name) "
        f"WHERE column_name = {literal(column)} AND table_name <> {literal(table)} ORDER BY ALL"
    ).fetchall()
    counts = f"count(*), count(DISTINCT {quote(column)})"
    return [
        name
        for (name,) in names
        if "name" in con.table(name).columns
        or len(set(con.sql(f"SELECT {counts} FROM {quote(name)}").fetchall()[0])) == 1
    ]


def folded(text: str) -> str:
    """Text without marks and case, as it is typed on any keyboard."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().strip()
