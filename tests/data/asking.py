"""Ask the package as readers do, and get plain rows."""

from __future__ import annotations

from typing import Any

import duckdb

import vietnam_foreign_affairs as vfa


def dicts(relation: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def answer(name: str, **params: object) -> list[dict[str, Any]]:
    return dicts(vfa.query(name, **params))


def column(con: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    return [row[0] for row in con.sql(sql).fetchall()]


def one(con: duckdb.DuckDBPyConnection, sql: str) -> Any:
    [value] = column(con, sql)
    return value
