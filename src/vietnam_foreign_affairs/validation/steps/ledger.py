"""Step 9: what the last release published is still there, or a correction says why it is not.

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
from .. import cache
from ..report import Failure
from ..state import State, file_name

CORRECTIONS = "corrections"
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
    if not state.ledger or state.broken or CORRECTIONS not in state.rows:
        return
    version = state.con.execute(
        f"SELECT cells FROM ledger.published WHERE (file, row_id) = {VERSION}"
    ).fetchone()
    if version is None:
        yield _fail("the ledger does not name its release", "restore the file", FILE)
        return
    state.con.execute(_CREATE.format(version=literal(version[0])))
    mistyped = {(f.file, f.line, f.column) for f in state.failures if f.rule == "type"}
    for table in state.package.tables:
        key = cache.key_of(
            cache.code(), state.ledger, state.files[CORRECTIONS].digest,
            state.files[table.name].digest, sorted(schema_parts(state.package, table).items()),
        )  # fmt: skip
        if cache.get("ledger", key) is not None:
            continue
        found = [*_schema(state, table), *_rows(state, table, version[0])]
        found += _corrections(state, table)
        found = [f for f in found if (f.file, f.line, f.column) not in mistyped]
        yield from found
        if not found:
            cache.put("ledger", key)
    yield from _other_tables(state)


def _schema(state: State, table: Table) -> Iterator[Failure]:
    """Put the changes of a schema among the changes."""
    now = schema_parts(state.package, table)
    file = literal(f"schemas/{table.name}")
    published = state.con.execute(
        f"SELECT row_id, cells FROM ledger.published WHERE file = {file}"
    ).fetchall()
    for place, mark in published:
        part = now.get(place)
        if part is None or fingerprint(part) != mark:
            state.con.execute(
                "INSERT INTO ledger.changes VALUES "
                f"({literal(table.name)}, {literal(SCHEMA)}, {literal(place)}, NULL, "
                f"{literal(mark)}, {literal(part or '')})"
            )
            if not _is_corrected(state, table, SCHEMA, place):
                yield _fail(
                    f"{place} of the schema was published otherwise, or is gone",
                    _advice(table, "undo the change"),
                    f"schemas/{table.name}.json", row=place, value=(part or "")[:120],
                )  # fmt: skip


def _rows(state: State, table: Table, version: str) -> Iterator[Failure]:
    header = state.con.execute(
        "SELECT cells FROM ledger.published "
        f"WHERE file = {literal('tables/' + table.name)} AND row_id IS NULL"
    ).fetchone()
    if header is None:
        return  # a new table
    places = {name: n * LENGTH + 1 for n, name in enumerate(header[0].split(" "))}
    compared = [
        _compared(field, places[field.name])
        for field in table.fields
        if field.name in places and field.name not in table.primary_key
    ]
    name = literal(table.name)
    state.con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE old AS
        SELECT coalesce(r.new_id, p.row_id) AS _id, r.kind AS _kind, p.cells AS _cells, t.*
        FROM ledger.published p
        LEFT JOIN ledger.renamed r ON r.table_name = {name} AND r.old_id = p.row_id
        LEFT JOIN main.{quote(table.name)} t ON t._row = coalesce(r.new_id, p.row_id)
        WHERE p.file = {literal("tables/" + table.name)} AND p.row_id IS NOT NULL;
        INSERT INTO ledger.changes
        SELECT {name}, _id, '', NULL, NULL, NULL FROM old WHERE _row IS NULL;
        INSERT INTO ledger.changes
        SELECT {name}, _id, change.field, _line, change.mark, change.now
        FROM (
            SELECT _id, _line, unnest([{", ".join(compared) or "NULL"}]) AS change
            FROM old WHERE _row IS NOT NULL AND _kind IS DISTINCT FROM 'merged'
        )
        WHERE change IS NOT NULL;
        -- What refers to a row that was renamed follows it.
        DELETE FROM ledger.changes USING ledger.renamed r
        WHERE changes.now = r.new_id AND changes.published = {fingerprint_sql("r.old_id")};
        """
    )
    _, found = state.rows_of(
        "SELECT row_id, field, line, now FROM ledger.changes c "
        f"WHERE table_name = {name} AND row_id <> {literal(SCHEMA)} AND NOT EXISTS ("
        "FROM ledger.pending p WHERE p.table_name = c.table_name AND p.row_id = c.row_id "
        "AND coalesce(p.field, '') = c.field)",
        file_name(table),
    )
    for row_id, field, line, now in found:
        if field:
            yield _fail(
                f"release {version} published another value here",
                _advice(table, "restore the cell"),
                file_name(table), line, row_id, field, now or "",
            )  # fmt: skip
        else:
            yield _fail(
                f"a row of release {version} is gone",
                _advice(table, "restore the row"),
                file_name(table), row=row_id,
            )  # fmt: skip


def _compared(field: Field, place: int) -> str:
    """SQL: the field with what it was and is, where that differs; null otherwise."""
    mark, now = f"substr(_cells, {place}, {LENGTH})", text_of(field)
    change = f"{{'field': {literal(field.name)}, 'mark': {mark}, 'now': {now}}}"
    return f"if({mark} <> {fingerprint_sql(now)}, {change}, NULL)"


def _corrections(state: State, table: Table) -> Iterator[Failure]:
    """Corrections that have no difference, and those that do not know what was published."""
    name = literal(table.name)
    cells = fingerprint_sql("p.was")
    became = f"if(c.row_id = {literal(SCHEMA)} AND c.now = '', '', {fingerprint_sql('c.now')})"
    # As a number is written in the table, 1.50 is 1.5.
    number = fingerprint_sql("regexp_replace(try_cast(p.was AS DOUBLE)::VARCHAR, '\\.0$', '')")
    _, found = state.rows_of(
        f"""
        SELECT p._line, p._row, p.row_id, c.row_id IS NOT NULL AS is_change,
            c.published IN ({cells}, {number}) AS is_known, p.was, p.field, c.line, c.now
        FROM ledger.pending p
        LEFT JOIN ledger.changes c ON c.table_name = p.table_name AND c.row_id = p.row_id
            AND c.field = coalesce(p.field, '')
        LEFT JOIN ledger.published o ON p.kind IN ('renamed', 'merged')
            AND o.file = {literal("tables/" + table.name)} AND o.row_id = p.was
        LEFT JOIN main.{quote(table.name)} t ON t._row = p.row_id
        LEFT JOIN main.{quote(table.name)} w ON w._row = p.was
        WHERE p.table_name = {name} AND NOT CASE
            WHEN p.kind IN ('renamed', 'merged') THEN o.row_id IS NOT NULL AND t._row IS NOT NULL
                AND w._row IS NULL
            WHEN p.field IS NULL THEN c.row_id IS NOT NULL
            ELSE c.row_id IS NOT NULL AND c.published IN ({cells}, {number})
                AND coalesce(p.became, '') = {became}
        END
        """,
        f"tables/{CORRECTIONS}.csv",
    )
    file = f"tables/{CORRECTIONS}.csv"
    for line, correction, row_id, is_change, is_known, was, field, cell_line, now in found:
        if is_change and is_known:
            yield _fail(
                "this was corrected, and then changed once more",
                _advice(table, "restore the cell"),
                file_name(table) if row_id != SCHEMA else f"schemas/{table.name}.json",
                cell_line, row_id if row_id != SCHEMA else field,
                field if row_id != SCHEMA else "", now or "",
            )  # fmt: skip
            continue
        message, column, advice = (
            ("this is not what was published", "was", "write the cell as the release has it")
            if is_change
            else (f"nothing was changed in {row_id}", "row_id", "remove the correction")
        )
        yield _fail(
            message, advice, file, line, correction, column, (was if is_change else row_id) or ""
        )


def _other_tables(state: State) -> Iterator[Failure]:
    known = ", ".join(literal(f"tables/{table.name}") for table in state.package.tables)
    _, found = state.rows_of(
        "SELECT file FROM ledger.published WHERE row_id IS NULL AND file LIKE 'tables/%' "
        f"AND file NOT IN ({known})",
        FILE,
    )
    for (file,) in found:
        yield _fail("a table of the last release is gone", "restore it", f"{file}.csv")
    names = known.replace("tables/", "")
    file = f"tables/{CORRECTIONS}.csv"
    _, found = state.rows_of(
        f"SELECT _line, _row, table_name FROM ledger.pending WHERE table_name NOT IN ({names})",
        file,
    )
    for line, row, name in found:
        advice = "write the name of a table"
        yield _fail("there is no such table", advice, file, line, row, "table_name", name)


def _is_corrected(state: State, table: Table, row_id: str, field: str) -> bool:
    return bool(
        state.con.execute(
            f"SELECT count(*) FROM ledger.pending WHERE table_name = {literal(table.name)} "
            f"AND row_id = {literal(row_id)} AND field = {literal(field)}"
        ).fetchone()[0]
    )


def _advice(table: Table, undo: str) -> str:
    return f'run vfa correct {table.name} --why "...", or {undo}'


def _fail(
    message: str,
    advice: str,
    file: str,
    line: int | None = None,
    row: str = "",
    column: str = "",
    value: str | None = None,
) -> Failure:
    return Failure("ledger", "relational", message, advice, file, line, row, column, value)
