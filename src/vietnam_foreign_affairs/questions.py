"""Named questions: find, describe and run the files of scripts/sql/queries/.

A question is plain SQL that the DuckDB command line runs as it is. Its header says what it
answers; a parameter is an SQL variable with a default: `coalesce(getvariable('day'), DATE '...')`.
The default says what type it is; `-- param country (countries.iso3): ...` says of which key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb

from . import parameters
from .package import Package, PackageError
from .parameters import Parameter
from .sql import literal

_HEADER = re.compile(
    r"^-- (?P<key>title|title_vi|question|param (?P<name>\w+)(?: \((?P<of>\w+\.\w+)\))?): "
    r"(?P<text>.+)$",
    re.M,
)
_DEFAULT = (
    r"coalesce\(getvariable\('{}'\),\s*(?P<date>DATE )?(?P<text>'?)(?P<value>[^')]+)(?P=text)\)"
)
_VARIABLE = re.compile(r"getvariable\('(\w+)'\)")


class Query(NamedTuple):
    """A named question: its words, its parameters, its SQL."""

    name: str
    title: str
    title_vi: str
    question: str
    parameters: tuple[Parameter, ...]
    sql: str


def queries(pkg: Package) -> tuple[Query, ...]:
    """Every named question, in the order of their names."""
    return tuple(_read(path) for path in sorted((pkg.sql / "queries").glob("*.sql")))


def find(pkg: Package, name: str) -> Query:
    """The question of that name. Raises `PackageError` for an unknown one."""
    path = pkg.sql / "queries" / f"{name}.sql"
    if not path.is_file():
        names = ", ".join(q.name for q in queries(pkg))
        raise PackageError(f"there is no query {name!r}; the queries are {names}")
    return _read(path)


def run(con: duckdb.DuckDBPyConnection, query: Query, **params: object) -> duckdb.DuckDBPyRelation:
    """Run a question on a connection made by `connect()`.

    Raises `PackageError` for a parameter that the question does not have, or cannot use.
    """
    return con.sql(sql(con, query, params))


def sql(con: duckdb.DuckDBPyConnection, query: Query, params: Mapping[str, object]) -> str:
    """The SQL of a question with its parameters, checked against the database, in their places.

    Values go in as literals: SQL variables belong to a connection, not to a relation.
    """
    known = {p.name for p in query.parameters}
    if unknown := params.keys() - known:
        has = ", ".join(sorted(known)) or "none"
        raise PackageError(
            f"query {query.name!r} has no parameter {', '.join(sorted(unknown))}; it has: {has}"
        )
    values = {}
    for p in query.parameters:
        if p.name in params:
            try:
                values[p.name] = literal(parameters.value(con, p, params[p.name]))
            except PackageError as error:
                given = f"{p.name}={params[p.name]}"
                raise PackageError(f"query {query.name!r} cannot use {given}: {error}") from None
    return _VARIABLE.sub(lambda found: values.get(found[1], "NULL"), query.sql)


def _read(path: Path) -> Query:
    sql = path.read_text(encoding="utf-8")
    head: dict[str, str] = {}
    params = []
    for match in _HEADER.finditer(sql):
        if name := match["name"]:
            default = re.search(_DEFAULT.format(name), sql)
            if not default:
                raise PackageError(f"{path}: parameter {name} has no default in the SQL")
            kind = "date" if default["date"] else "string" if default["text"] else "integer"
            params.append(Parameter(name, match["text"], default["value"], kind, match["of"] or ""))
        else:
            head[match["key"]] = match["text"]
    if missing := {"title", "title_vi", "question"} - head.keys():
        raise PackageError(f"{path}: the header lacks {', '.join(sorted(missing))}")
    return Query(path.stem, parameters=tuple(params), sql=sql, **head)
