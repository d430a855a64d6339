"""The database behind the assistant: locked, read-only, with limits of time, rows and memory."""

from __future__ import annotations

import re
import threading
from functools import cached_property
from typing import Any

import duckdb

from .. import database
from ..database import literal, quote, words
from ..package import Package, PackageError, Table
from ..values import names, ordinary, plain
from .marks import Known, Named, Uncertain

Rows = list[dict[str, Any]]

SECONDS, MEGABYTES, MOST_TEXT = 10.0, 1000, 200_000
# Functions that take addresses of memory, which no SQL may make up, or SQL and names as a text.
_REFUSED = re.compile(
    r"\b(pandas_scan|polars_scan|arrow_scan\w*|python_map\w*|query|query_table)\b\"?\s*(?=\(|/\*|--)",
    re.I,
)


class Record:
    """A package in a database of its own."""

    def __init__(self, pkg: Package, seconds: float = SECONDS):
        self.pkg = pkg
        self.seconds = seconds
        self.by_name = {table.name: table for table in pkg.tables}
        self._texts = database.views(pkg)
        self._database = database.connect(pkg)
        for setting in (
            f"memory_limit = '{MEGABYTES}MB'",
            "temp_directory = ''",
            "python_enable_replacements = false",
        ):
            self._database.execute(f"SET {setting}")
        database.lock(self._database)

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A connection for one call: calls come from several threads."""
        return self._database.cursor()

    def run(self, sql: str, most: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and the first rows of a SELECT, in values that JSON has.

        Raises `PackageError` for SQL that does anything but read, fails, or takes too long.
        """
        con = self.connection()
        timer = threading.Timer(self.seconds, con.interrupt)
        try:
            kinds = [statement.type for statement in con.extract_statements(sql)]
            if kinds != [duckdb.StatementType.SELECT]:
                raise PackageError("this reads only: write one statement, a SELECT or FROM")
            if refused := _REFUSED.search(sql):
                raise PackageError(f"the function {refused[1]} is not available")
            timer.start()
            relation = con.sql(sql)
            rows = ordinary(relation.limit(most)).fetchall()
        except duckdb.InterruptException:
            raise PackageError(f"this takes more than {self.seconds:g} seconds") from None
        except duckdb.Error as error:
            raise PackageError(str(error)) from None
        finally:
            timer.cancel()
        if sum(len(str(cell)) for row in rows for cell in row) > MOST_TEXT:
            raise PackageError(f"the answer has more than {MOST_TEXT:,} characters")
        return names(relation.columns), [tuple(map(plain, row)) for row in rows]

    def tables_read(self, sql: str) -> list[Table]:
        """The tables that SQL reads, through views and macros too."""
        seen: set[str] = set()
        # Every word counts, whatever it stands in: no way of quoting hides a table.
        open_ = set(re.findall(r"\w+", sql.lower())) & (self._texts.keys() | self.by_name.keys())
        while open_:
            name = open_.pop()
            seen.add(name)
            if name in self._texts and not name.startswith("row_"):  # those read every table
                open_ |= (words(self._texts[name]) & (self._texts.keys() | self.by_name)) - seen
        return [table for table in self.pkg.tables if table.name in seen]

    @cached_property
    def uncertain(self) -> Known:
        """Every cell that is less exact than it looks, by its value."""
        con = self.connection()
        found: Known = {}
        for table, row_id, day, word in con.sql(
            "SELECT table_name, row_id, date, date_precision FROM row_dates "
            "WHERE date_precision <> 'day' AND date IS NOT NULL"
        ).fetchall():
            found.setdefault(day.isoformat(), []).append(Uncertain(table, row_id, word, None))
        for table in self.pkg.tables:
            if "qualifier" not in table.field_names or table.role != "facts":
                continue
            value = quote(next(f.name for f in table.fields if f.type == "number"))
            phrase = "phrase" if "phrase" in table.field_names else "NULL"
            for row_id, number, word, said in con.sql(
                f"SELECT {_key(table)}, {value}, qualifier, {phrase} FROM {quote(table.name)} "
                f"WHERE qualifier <> 'exact' AND {value} IS NOT NULL"
            ).fetchall():
                found.setdefault(number, []).append(Uncertain(table.name, row_id, word, said))
        return found

    def named(self, row: dict[str, Any], read: list[Table]) -> Named:
        """The rows of facts that a row of an answer names by their keys."""
        if row.get("table_name") in self.by_name and row.get("row_id"):
            return [(row["table_name"], str(row["row_id"]))]
        looked_up = {key.table for t in read for key in t.foreign_keys if key.table != t.name}
        return [
            (table.name, "/".join(str(row[name]) for name in table.primary_key))
            for table in read
            if table.role in ("facts", "links")
            and table.name not in looked_up
            and all(row.get(name) for name in table.primary_key)
        ]

    def sources(self, rows: list[dict[str, Any]], ids: Named) -> list[dict[str, Any]]:
        """The sources that rows name by id or address, and the best ones of the rows they name."""
        wanted = {
            key: {str(v) for row in rows for k, v in row.items() if k.endswith(key) and v}
            for key in ("source_id", "url")
        }
        conditions = [
            f"{key} IN ({', '.join(map(literal, sorted(values)))})"
            for key, values in wanted.items()
            if values
        ]
        if ids:
            conditions.append(
                f"source_id IN (SELECT source_id FROM row_sources WHERE {_among(ids)})"
            )
        if not conditions:
            return []
        return self._dicts(
            "SELECT source_id, title, publisher, kind, published_on::VARCHAR AS published_on, url "
            f"FROM sources WHERE {' OR '.join(conditions)} ORDER BY publisher, source_id"
        )

    def contradictions(self, ids: Named) -> Rows:
        """What other sources say of rows."""
        if not ids:
            return []
        return self._dicts(
            "SELECT table_name, row_id, field, stated_value, publisher, title, url "
            f"FROM provenance WHERE relation = 'contradicts' AND {_among(ids)} ORDER BY ALL"
        )

    def _dicts(self, sql: str) -> Rows:
        relation = self.connection().sql(sql)
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _key(table: Table) -> str:
    return " || '/' || ".join(map(quote, table.primary_key))


def _among(ids: Named) -> str:
    pairs = ", ".join(f"({literal(table)}, {literal(row_id)})" for table, row_id in ids)
    return f"(table_name, row_id) IN ({pairs})"
