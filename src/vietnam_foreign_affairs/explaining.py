"""`explain`: one row with its sources, what contradicts it, and how exactly it is known."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from . import notebook, precision
from .package import Package, PackageError, Table
from .sql import literal, quote

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Source:
    """A source of a row. `relation` is `cites` (the best one) or `supports`."""

    relation: str
    source_id: str
    title: str
    publisher: str
    kind: str
    published_on: str | None
    locator: str | None
    url: str


@dataclass(frozen=True)
class Contradiction:
    """A source that states something else of a field."""

    field: str | None
    recorded: str | None
    stated: str | None
    source: Source


@dataclass(frozen=True)
class Discrepancy:
    """A relational check that the row does not meet, and the account of it."""

    check_id: str
    status: str
    explanation: str


@dataclass(frozen=True, repr=False)
class Explanation:
    """A row of a table, and all that the package knows about it.

    `row` has the values by column; `precision` says how exactly dates and figures are known.
    `corrections` are rows of the table of that name, where the package has one.
    """

    table: str
    row_id: str
    row: dict[str, Any]
    precision: tuple[str, ...]
    sources: tuple[Source, ...]
    contradictions: tuple[Contradiction, ...]
    discrepancies: tuple[Discrepancy, ...]
    corrections: tuple[dict[str, Any], ...]

    def as_dict(self) -> dict[str, Any]:
        """The same as plain dicts and lists."""
        return asdict(self)

    def _parts(self) -> list[tuple[str, list[tuple[str, str]]]]:
        row = [(name, str(value)) for name, value in self.row.items() if value is not None]
        return [
            ("", row),
            ("precision", [("", note) for note in self.precision]),
            ("sources", [(f"{s.publisher} {s.relation}", _said(s)) for s in self.sources]),
            (
                "contradictions",
                [
                    (f"{c.source.publisher} on {c.field}", f"{c.stated}; {_said(c.source)}")
                    for c in self.contradictions
                ],
            ),
            ("discrepancies", [(d.status, d.explanation) for d in self.discrepancies]),
            (
                "corrections",
                [
                    (f"{c['field'] or 'row'} in {c['version']}", f"was {c['was']}; {c['reason']}")
                    for c in self.corrections
                ],
            ),
        ]

    def __repr__(self) -> str:
        lines = [f"{self.table} {self.row_id}"]
        for heading, entries in self._parts():
            if heading and entries:
                lines.append(f"{heading}:")
            lines += [f"  {f'{name}: ' if name else ''}{text}" for name, text in entries]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        parts = [notebook.heading(f"{self.table} {self.row_id}")]
        for heading, entries in self._parts():
            if entries:
                parts.append(notebook.html((heading, ""), entries))
        return "".join(parts)


def _said(source: Source) -> str:
    return "; ".join(filter(None, [source.title, source.published_on, source.locator, source.url]))


def explain(con: duckdb.DuckDBPyConnection, pkg: Package, table: Table, row_id: str) -> Explanation:
    """The row of that id (parts of a composite key joined by a slash) and what is known about it.

    A row of a derived table has the sources of the rows that it names. Raises `PackageError` for
    an unknown row.
    """
    row_id = str(row_id)  # a number would be compared as a number
    key = " || '/' || ".join(f"{quote(name)}::VARCHAR" for name in table.primary_key)
    found = con.sql(f"FROM {quote(table.name)} WHERE {key} = {literal(row_id)}")
    rows = found.fetchall()
    if not rows:
        some = con.sql(f"SELECT {key} FROM {quote(table.name)} ORDER BY ALL LIMIT 3").fetchall()
        raise PackageError(
            f"{table.name} has no row {row_id!r}; a row's id is its {'/'.join(table.primary_key)}, "
            f"for example {', '.join(row for (row,) in some)}"
        )
    row = dict(zip(found.columns, rows[0], strict=True))
    named = _named_rows(pkg, table, row) if table.role == "derived" else [(table.name, row_id)]
    voices = [voice for place in named for voice in _voices(con, *place)]
    if not voices and row.get("source_id"):
        voices = _source(con, str(row["source_id"]))
    return Explanation(
        table=table.name,
        row_id=row_id,
        row=row,
        precision=precision.notes(row),
        sources=tuple(source for source, *_ in voices if source.relation != "contradicts"),
        contradictions=tuple(
            Contradiction(field, _recorded(row, field), stated, source)
            for source, field, stated in voices
            if source.relation == "contradicts"
        ),
        discrepancies=tuple(d for place in named for d in _discrepancies(con, pkg, *place)),
        corrections=tuple(c for place in named for c in _corrections(con, pkg, *place)),
    )


def _named_rows(pkg: Package, table: Table, row: dict[str, Any]) -> list[tuple[str, str]]:
    """The rows of facts whose keys a derived row holds; its own key counts for want of others."""
    found = [
        (other.primary_key, (other.name, "/".join(str(row[name]) for name in other.primary_key)))
        for other in pkg.tables
        if other.role == "facts" and all(row.get(name) is not None for name in other.primary_key)
    ]
    others = [place for key, place in found if key != table.primary_key]
    return others or [place for _, place in found]


_SOURCE = "source_id, title, publisher, kind, published_on::VARCHAR, locator, url"
_Voice = tuple[Source, "str | None", "str | None"]


def _voices(con: duckdb.DuckDBPyConnection, table: str, row_id: str) -> list[_Voice]:
    found = con.sql(
        f"SELECT field, stated_value, relation, {_SOURCE} FROM provenance "
        f"WHERE table_name = {literal(table)} AND row_id = {literal(row_id)} "
        "ORDER BY relation, published_on, source_id"
    ).fetchall()
    return [(Source(*rest), field, stated) for field, stated, *rest in found]


def _source(con: duckdb.DuckDBPyConnection, source_id: str) -> list[_Voice]:
    columns = _SOURCE.replace("locator", "NULL")
    rows = con.sql(
        f"SELECT 'cites', {columns} FROM sources WHERE source_id = {literal(source_id)}"
    ).fetchall()
    return [(Source(*row), None, None) for row in rows]


def _recorded(row: dict[str, Any], field: str | None) -> str | None:
    value = row.get(field) if field else None
    return None if value is None else str(value)


def _discrepancies(
    con: duckdb.DuckDBPyConnection, pkg: Package, table: str, row_id: str
) -> list[Discrepancy]:
    about = {name for name, sql in pkg.sql_of("checks").items() if _subject(sql) == table}
    rows = con.sql(
        f"SELECT check_id, status, explanation FROM discrepancies WHERE subject = {literal(row_id)}"
    ).fetchall()
    return [Discrepancy(*row) for row in rows if row[0] in about]


def _subject(sql: str) -> str:
    """The table whose rows a check is about."""
    found = re.search(r"'(\w+)' AS table_name", sql)
    return found[1] if found else ""


def _corrections(
    con: duckdb.DuckDBPyConnection, pkg: Package, table: str, row_id: str
) -> list[dict[str, Any]]:
    if "corrections" not in {t.name for t in pkg.tables}:
        return []
    rows = con.sql(
        f"FROM corrections WHERE table_name = {literal(table)} AND row_id = {literal(row_id)}"
    )
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]
