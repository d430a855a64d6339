"""From the descriptor to DuckDB: DDL, loading, views, macros, locked-down connections."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from .base_views import base_views
from .package import Package, Table
from .sql import literal, quote, words
from .views import View, describe, words_of

# Table Schema type -> DuckDB type. A type that is not here is an error, never a guess.
TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "year": "BIGINT",
}
_COMPARISONS = {
    "minimum": ">=",
    "maximum": "<=",
    "exclusiveMinimum": ">",
    "exclusiveMaximum": "<",
}


def create_table_sql(table: Table) -> str:
    """The CREATE TABLE and COMMENT statements of one table, constraints and all."""
    lines, comments = [], [_comment_sql(table)]
    for field in table.fields:
        name, parts = quote(field.name), [quote(field.name), TYPES[field.type]]
        if field.required:
            parts.append("NOT NULL")
        if field.constraints.get("unique"):
            parts.append("UNIQUE")
        parts += [f"CHECK ({check})" for check in _checks(name, field.constraints)]
        lines.append(" ".join(parts))
        comments.append(
            f"COMMENT ON COLUMN {quote(table.name)}.{name} IS {literal(field.description)};"
        )
    lines.append(f"PRIMARY KEY ({_names(table.primary_key)})")
    lines += [f"UNIQUE ({_names(key)})" for key in table.unique_keys]
    lines += [
        f"FOREIGN KEY ({quote(key.field)}) REFERENCES {quote(key.table)} ({quote(key.references)})"
        for key in table.foreign_keys
        if key.table != table.name  # DuckDB cannot load self-references in one statement
    ]
    body = ",\n  ".join(lines)
    return "\n".join([f"CREATE TABLE {quote(table.name)} (\n  {body}\n);", *comments])


def _comment_sql(table: Table) -> str:
    return f"COMMENT ON TABLE {quote(table.name)} IS {literal(table.description)};"


def _checks(name: str, constraints: dict) -> list[str]:
    checks = []
    for constraint, value in constraints.items():
        if constraint == "enum":
            checks.append(f"{name} IN ({', '.join(map(literal, value))})")
        elif constraint == "pattern":
            checks.append(f"regexp_full_match({name}, {literal(value)})")
        elif constraint == "minLength":
            checks.append(f"length({name}) >= {literal(value)}")
        elif constraint == "maxLength":
            checks.append(f"length({name}) <= {literal(value)}")
        elif constraint in _COMPARISONS:
            checks.append(f"{name} {_COMPARISONS[constraint]} {literal(value)}")
        elif constraint not in ("required", "unique"):
            raise ValueError(f"constraint {constraint!r} is not supported")
    return checks


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(map(quote, columns))


def scan_sql(table: Table, path: Path | None = None, *, raw: bool = False) -> str:
    """A `read_csv(...)` of the table's file with explicit types (all text if `raw`)."""
    types = ", ".join(
        f"{literal(field.name)}: {literal('VARCHAR' if raw else TYPES[field.type])}"
        for field in table.fields
    )
    return (
        f"read_csv({literal(path or table.path)}, columns={{{types}}}, header=true, "
        "auto_detect=false, delim=',', quote='\"', escape='\"', nullstr='', "
        "strict_mode=true, encoding='utf-8')"
    )


def in_dependency_order(tables: tuple[Table, ...]) -> list[Table]:
    """Tables such that each stands behind those that its foreign keys refer to."""
    graph = {t.name: {k.table for k in t.foreign_keys} - {t.name} for t in tables}
    by_name = {t.name: t for t in tables}
    return [by_name[name] for name in TopologicalSorter(graph).static_order()]


def views(pkg: Package) -> dict[str, str]:
    """The SQL of every macro and view by name, each behind those that it reads."""
    texts = {**base_views(pkg.tables), **pkg.sql_of("macros"), **pkg.sql_of("views")}
    # Sorted, so that every process has the same order.
    graph = {name: sorted((words(text) & texts.keys()) - {name}) for name, text in texts.items()}
    return {name: texts[name] for name in TopologicalSorter(graph).static_order()}


def described(pkg: Package) -> dict[str, View]:
    """Every macro and view with its words, in the order of `views`."""
    texts, found = views(pkg), {}
    for name, text in texts.items():
        used = words(text) - {name}
        reads = [view for view in reversed(found) if view in used]
        reads += [table.name for table in pkg.tables if table.name in used]
        found[name] = describe(name, text, tuple(reads))
    return found


def load_tables(con: duckdb.DuckDBPyConnection, pkg: Package) -> None:
    """Create every table with its keys, constraints and comments, rows in primary-key order."""
    for table in in_dependency_order(pkg.tables):
        con.execute(create_table_sql(table))
        con.execute(
            f"INSERT INTO {quote(table.name)} FROM {scan_sql(table)} "
            f"ORDER BY {_names(table.primary_key)}"
        )


def serve_tables(con: duckdb.DuckDBPyConnection, pkg: Package) -> None:
    """Create every table as its file has it: typed, without the keys that validation checked.

    Four fifths of the time and memory of `load_tables` go into keys and constraints.
    """
    con.execute(
        "\n".join(
            f"CREATE TABLE {quote(t.name)} AS FROM {scan_sql(t)};\n{_comment_sql(t)}"
            for t in pkg.tables
        )
    )


def derive(con: duckdb.DuckDBPyConnection, pkg: Package) -> None:
    """Create the package's macros and views over its tables, with a comment on each."""
    found = described(pkg)
    comments = [_comment_on(v) for v in found.values() if v.description]
    con.execute("\n".join([*(view.sql for view in found.values()), *comments]))


def comment_on_columns(con: duckdb.DuckDBPyConnection, pkg: Package) -> None:
    """Give every column of every view its words."""
    found = described(pkg)
    columns = con.execute(
        "SELECT view_name, column_name FROM duckdb_columns() "
        "JOIN duckdb_views() ON view_name = table_name WHERE NOT duckdb_views.internal"
    ).fetchall()
    comments = [
        f"COMMENT ON COLUMN {quote(view)}.{quote(column)} IS {literal(text.description)};"
        for view, column in columns
        if (text := words_of(pkg, found, view, column))
    ]
    con.execute("\n".join(comments))


def _comment_on(view: View) -> str:
    kind = "VIEW"
    if view.is_macro:
        kind = "MACRO TABLE" if re.search(r"\bAS TABLE\b", view.sql) else "MACRO"
    return f"COMMENT ON {kind} {quote(view.name)} IS {literal(view.description)};"


def load(con: duckdb.DuckDBPyConnection, pkg: Package) -> None:
    """Everything that a published database file holds: tables with their keys, macros, views."""
    con.execute("BEGIN")
    try:
        load_tables(con, pkg)
        derive(con, pkg)
        comment_on_columns(con, pkg)
        con.execute("COMMIT")
    except duckdb.Error:
        con.execute("ROLLBACK")
        raise


def connect(pkg: Package) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB database with every table, view and macro of the package.

    Raises `duckdb.Error` where a cell is not of its type; `vfa validate` says which and why.
    """
    con = begun()
    serve_tables(con, pkg)
    derive(con, pkg)
    ready(con)
    return con


def begun() -> duckdb.DuckDBPyConnection:
    """An empty database to be filled, without a word of progress on the user's output."""
    # Sharing so little work among threads costs more than doing it.
    con = duckdb.connect(config={"threads": 1})
    con.execute("SET enable_progress_bar = false")
    return con


def ready(con: duckdb.DuckDBPyConnection) -> None:
    """Give a database that was filled the settings that its user expects."""
    con.execute("RESET threads; RESET enable_progress_bar")


def lock(con: duckdb.DuckDBPyConnection) -> None:
    """Close a connection to files, extensions and settings, for SQL from strangers."""
    for setting in (
        "autoinstall_known_extensions=false",
        "autoload_known_extensions=false",
        "enable_external_access=false",
        "lock_configuration=true",
    ):
        con.execute(f"SET {setting}")
