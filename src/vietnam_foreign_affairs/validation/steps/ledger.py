"""Steps 4 and 10: what the last release published is there, or a correction says why it is not.

Only a package with a `published.csv` beside its descriptor has a ledger. A correction of a version
that is not released yet must have its difference, and a difference its correction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import duckdb

from ...base_views import text_of
from ...database import literal, quote
from ...errors import PackageError
from ...inside import inside
from ...ledger import (
    COLUMNS,
    FILE,
    LENGTH,
    SCHEMA,
    VERSION,
    fingerprint,
    fingerprint_sql,
    schema_parts,
)
from ...package import Field, Table
from .. import cache, corrections
from ..corrections import RULE, advice
from ..corrections import fail as _fail
from ..documents import DESCRIPTOR
from ..report import Failure
from ..state import State, file_name

_CREATE = """
CREATE TABLE ledger.changes (
    table_name VARCHAR, row_id VARCHAR, field VARCHAR, line BIGINT, published VARCHAR, now VARCHAR
);
CREATE TABLE ledger.pending AS
SELECT * FROM main.corrections
WHERE string_split(version, '.')::BIGINT[] > string_split({version}, '.')::BIGINT[];
CREATE TABLE ledger.renamed AS
SELECT table_name, was AS old_id, row_id AS new_id, kind FROM ledger.pending
WHERE kind IN ('renamed', 'merged');
"""


def read(state: State) -> Iterator[Failure]:
    """Load the ledger, while files can still be read."""
    try:
        path = inside(state.package.root, FILE)
        if not path.is_file():
            return
        with path.open("rb") as file:
            state.ledger = hashlib.file_digest(file, "sha256").hexdigest()
        columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in COLUMNS)
        state.con.execute("CREATE SCHEMA ledger")
        state.con.execute(
            f"CREATE TABLE ledger.published AS FROM read_csv({literal(path)}, header=true, "
            f"columns={{{columns}}}, auto_detect=false, strict_mode=true)"
        )
    except (duckdb.Error, PackageError, OSError) as error:
        state.ledger = ""
        yield _fail("the ledger cannot be read", "restore the file", FILE, value=str(error)[:120])


def check(state: State) -> Iterator[Failure]:
    if not state.ledger or state.broken or corrections.TABLE not in state.rows:
        return
    version = state.con.execute(
        f"SELECT cells FROM ledger.published WHERE (file, row_id) = {VERSION}"
    ).fetchone()
    if version is None:
        yield _fail("the ledger does not name its release", "restore the file", FILE)
        return
    yield from _version(state, version[0])
    schemas = {table.name: schema_parts(state.package, table) for table in state.package.tables}
    keys = {name: _key(state, name, parts) for name, parts in schemas.items()}
    tables = [t for t in state.package.tables if cache.get("ledger", keys[t.name]) is None]
    if tables:
        state.con.execute(_CREATE.format(version=literal(version[0])))
        _compare(state, tables, {table.name: schemas[table.name] for table in tables})
        mistyped = {(f.file, f.line, f.column) for f in state.failures if f.rule == "type"}
        found = [*_uncorrected(state, tables, version[0]), *corrections.wrong(state, tables)]
        found = [f for f in found if (f.file, f.line, f.column) not in mistyped]
        yield from found
        wrong = {f.file.partition("/")[2].partition(".")[0] for f in found}
        if corrections.TABLE not in wrong:
            for name in {table.name for table in tables} - wrong:
                cache.put("ledger", keys[name])
    yield from _other_tables(state)


def _version(state: State, released: str) -> Iterator[Failure]:
    """The version is that of the last release, or the next one, which corrections name."""
    named = state.con.execute(
        "SELECT DISTINCT version FROM main.corrections "
        "WHERE regexp_full_match(version, '[0-9]+([.][0-9]+){2}')"
    ).fetchall()
    latest = max([released, *(name for (name,) in named)], key=_numbers)
    now = state.package.version
    if now not in (released, latest) and (latest != released or _numbers(now) < _numbers(released)):
        descriptor = state.documents.files[DESCRIPTOR]
        message = f"{released} is released, and what was corrected since names {latest}"
        yield descriptor.fail(RULE, ("version",), message, f"write {latest}", now)


def _numbers(version: str) -> list[int]:
    return list(map(int, version.split(".")))


def _key(state: State, name: str, parts: dict[str, str]) -> str:
    digests = state.files[corrections.TABLE].digest, state.files[name].digest
    return cache.key_of(cache.code(), state.ledger, *digests, sorted(parts.items()))


def _compare(state: State, tables: list[Table], schemas: dict[str, dict[str, str]]) -> None:
    """Fill `ledger.changes` with what differs from what was published."""
    headers: dict[str, list[str]] = {}
    changes: list[str] = []
    statements: list[str] = []
    for file, place, mark in state.con.execute(
        "SELECT file, row_id, cells FROM ledger.published "
        "WHERE row_id IS NULL OR file LIKE 'schemas/%'"
    ).fetchall():
        name = file.partition("/")[2]
        if place is None:
            headers[name] = mark.split(" ")
        elif name in schemas:
            part = schemas[name].get(place)
            if part is None or fingerprint(part) != mark:
                values = (name, SCHEMA, place, mark, part or "")
                changes.append(f"({', '.join(map(literal, values))})")
    if changes:
        columns = "(table_name, row_id, field, published, now)"
        statements.append(f"INSERT INTO ledger.changes {columns} VALUES {', '.join(changes)}")
    statements += [_rows(t, headers[t.name]) for t in tables if t.name in headers]  # or it is new
    # What refers to a row that was renamed follows it.
    followed = fingerprint_sql("r.old_id")
    statements.append(
        "DELETE FROM ledger.changes USING ledger.renamed r "
        f"WHERE changes.now = r.new_id AND changes.published = {followed}"
    )
    state.con.execute(";\n".join(statements))


def _rows(table: Table, header: list[str]) -> str:
    """SQL that puts the changes of a table's rows among the changes: a row gone has no field."""
    places = {name: n * LENGTH + 1 for n, name in enumerate(header)}
    compared = [
        _compared(field, places[field.name])
        for field in table.fields
        if field.name in places and field.name not in table.primary_key
    ]
    name = literal(table.name)
    return f"""
        INSERT INTO ledger.changes
        SELECT {name}, _id, change.field, _line, change.mark, change.now
        FROM (
            SELECT _id, _line, unnest(CASE
                WHEN _row IS NULL THEN [{{'field': '', 'mark': NULL, 'now': NULL}}]
                WHEN _kind IS DISTINCT FROM 'merged' THEN [{", ".join(compared) or "NULL"}]
            END) AS change
            FROM (
                SELECT coalesce(r.new_id, p.row_id) AS _id, r.kind AS _kind, p.cells AS _cells, t.*
                FROM ledger.published p
                LEFT JOIN ledger.renamed r ON r.table_name = {name} AND r.old_id = p.row_id
                LEFT JOIN main.{quote(table.name)} t ON t._row = coalesce(r.new_id, p.row_id)
                WHERE p.file = {literal("tables/" + table.name)} AND p.row_id IS NOT NULL
            )
        )
        WHERE change IS NOT NULL"""


def _uncorrected(state: State, tables: list[Table], version: str) -> Iterator[Failure]:
    """Changes that no correction speaks of."""
    uncorrected = (
        "FROM ledger.changes c ANTI JOIN ledger.pending p ON p.table_name = c.table_name "
        "AND p.row_id = c.row_id AND coalesce(p.field, '') = c.field"
    )
    names = state.con.execute(f"SELECT DISTINCT table_name {uncorrected}").fetchall()
    for table in (table for table in tables if (table.name,) in names):
        _, found = state.rows_of(
            f"SELECT row_id, field, line, now {uncorrected} "
            f"WHERE table_name = {literal(table.name)}",
            file_name(table),
        )
        for row_id, field, line, now in found:
            if row_id == SCHEMA:
                yield _fail(
                    f"{field} of the schema was published otherwise, or is gone",
                    advice(table, "undo the change"),
                    f"schemas/{table.name}.json", row=field, value=now[:120],
                )  # fmt: skip
            elif field:
                yield _fail(
                    f"release {version} published another value here",
                    advice(table, "restore the cell"),
                    file_name(table), line, row_id, field, now or "",
                )  # fmt: skip
            else:
                yield _fail(
                    f"a row of release {version} is gone",
                    advice(table, "restore the row"),
                    file_name(table), row=row_id,
                )  # fmt: skip


def _compared(field: Field, place: int) -> str:
    """SQL: the field with what it was and is, where that differs; null otherwise."""
    mark, now = f"substr(_cells, {place}, {LENGTH})", text_of(field)
    change = f"{{'field': {literal(field.name)}, 'mark': {mark}, 'now': {now}}}"
    return f"if({mark} <> {fingerprint_sql(now)}, {change}, NULL)"


def _other_tables(state: State) -> Iterator[Failure]:
    known = ", ".join(literal(f"tables/{table.name}") for table in state.package.tables)
    _, found = state.rows_of(
        "SELECT file FROM ledger.published WHERE row_id IS NULL AND file LIKE 'tables/%' "
        f"AND file NOT IN ({known})",
        FILE,
    )
    for (file,) in found:
        yield _fail("a table of the last release is gone", "restore it", f"{file}.csv")
