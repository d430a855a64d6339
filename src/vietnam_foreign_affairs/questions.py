"""Named questions: find, describe and run the files of scripts/sql/queries/.

A question is plain SQL that the DuckDB command line runs as it is. Its header says what it
answers; a parameter is an SQL variable with a default: `coalesce(getvariable('day'), DATE '...')`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import duckdb

from .database import literal
from .package import Package, PackageError

_HEADER = re.compile(
    r"^-- (?P<key>title|title_vi|question|param (?P<name>\w+)): (?P<text>.+)$", re.M
)
_DEFAULT = r"coalesce\(getvariable\('{}'\),\s*(?:DATE )?'?(?P<value>[^')]+)'?\)"
_VARIABLE = re.compile(r"getvariable\('(\w+)'\)")


class Parameter(NamedTuple):
    name: str
    description: str
    default: str


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
    known = {p.name for p in query.parameters}
    if unknown := params.keys() - known:
        has = ", ".join(sorted(known)) or "none"
        raise PackageError(
            f"query {query.name!r} has no parameter {', '.join(sorted(unknown))}; it has: {has}"
        )
    # Values go in as literals: SQL variables belong to a connection, not to a relation.
    sql = _VARIABLE.sub(
        lambda found: literal(params[found[1]]) if found[1] in params else "NULL", query.sql
    )
    try:
        con.execute(sql).fetchall()  # a relation is lazy; what is wrong must be said now
    except duckdb.ConversionException as error:
        given = ", ".join(f"{k}={v}" for k, v in params.items())
        raise PackageError(f"query {query.name!r} cannot use {given}: {error}") from None
    return con.sql(sql)


def _read(path: Path) -> Query:
    sql = path.read_text(encoding="utf-8")
    head: dict[str, str] = {}
    params = []
    for match in _HEADER.finditer(sql):
        if name := match["name"]:
            default = re.search(_DEFAULT.format(name), sql)
            if not default:
                raise PackageError(f"{path}: parameter {name} has no default in the SQL")
            params.append(Parameter(name, match["text"], default["value"]))
        else:
            head[match["key"]] = match["text"]
    if missing := {"title", "title_vi", "question"} - head.keys():
        raise PackageError(f"{path}: the header lacks {', '.join(sorted(missing))}")
    return Query(path.stem, parameters=tuple(params), sql=sql, **head)
