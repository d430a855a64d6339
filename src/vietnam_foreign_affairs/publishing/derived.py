"""Tables that follow from others: views written as CSV, with schemas made from their columns.

A column that the facts have too keeps its words; the words of the rest stand here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..database import quote
from ..output import to_csv
from ..package import Field, Package, PackageError
from .files import write_json

if TYPE_CHECKING:
    import duckdb


class Derived(NamedTuple):
    """A view that is published as a table."""

    name: str
    key: tuple[str, ...]
    title: str
    title_vi: str


DERIVED = (
    Derived("partners", ("iso3",), "Partners today", "Đối tác hiện nay"),
    Derived("partnership_spells", ("upgrade_id",), "Partnership spells", "Các giai đoạn đối tác"),
    Derived(
        "partner_totals_by_day", ("day",), "Partner totals by day", "Tổng số đối tác theo ngày"
    ),
    Derived("upgrades_by_year", ("year",), "Upgrades by year", "Nâng cấp theo năm"),
    Derived("trips", ("leader_id", "starts_on"), "Trips abroad", "Các chuyến công du"),
    Derived("reconciliation", ("check_id", "observation_id"), "Reconciliation", "Đối chiếu"),
    Derived("evidence_scores", ("table_name",), "Evidence scores", "Điểm chứng cứ"),
)

# Title, Vietnamese title and description of columns that no table of facts has, or that mean
# something of their own in one view (then under "view.column").
WORDS = {
    "tier_id": ("Tier", "Khuôn khổ", "The framework."),
    "tier": ("Name of the tier", "Tên khuôn khổ", "The framework in words."),
    "since": ("Since", "Từ ngày", "Day on which the framework in force began."),
    "steps": ("Steps", "Số bước", "Number of steps up to the framework in force."),
    "step": ("Step", "Bước", "Number of the step on the partner's ladder, from 1."),
    "valid_from": ("Valid from", "Từ ngày", "First day of the framework."),
    "valid_to": (
        "Valid to",
        "Đến ngày",
        "Day on which a higher framework took its place; this day is no longer part of the spell. "
        "Blank while the framework is in force.",
    ),
    "day": ("Day", "Ngày", "Day on which something changed; the totals hold from this day."),
    "partners": ("Partners", "Số đối tác", "Partners on all counted tiers."),
    "csp": ("CSP", "ĐTCLTD", "Comprehensive strategic partners."),
    "sp": ("SP", "ĐTCL", "Strategic partners."),
    "cp": ("CP", "ĐTTD", "Comprehensive partners."),
    "year": ("Year", "Năm", "Calendar year."),
    "upgrades": ("Upgrades", "Số nâng cấp", "New entrants and promotions together."),
    "new_entrants": ("New entrants", "Đối tác mới", "Partners without a counted tier before."),
    "promotions": ("Promotions", "Nâng bậc", "Partners raised from one counted tier to another."),
    "to_csp": ("To CSP", "Lên ĐTCLTD", "Steps to comprehensive strategic partnership."),
    "to_sp": ("To SP", "Lên ĐTCL", "Steps to strategic partnership."),
    "to_cp": ("To CP", "Lên ĐTTD", "Steps to comprehensive partnership."),
    "countries": ("Countries", "Số nước", "Number of different countries."),
    "route": ("Route", "Lộ trình", "The countries in order, as ISO codes with a blank between."),
    "trips.starts_on": ("Starts on", "Bắt đầu", "First day of the trip."),
    "trips.ends_on": ("Ends on", "Kết thúc", "Last day of the trip."),
    "indicator": ("Name of the indicator", "Tên chỉ số", "The indicator in words."),
    "stated_by": ("Stated by", "Nơi công bố", "Who stated the figure."),
    "stated": ("Stated", "Công bố", "The figure as stated."),
    "stated_low": ("Stated, least", "Công bố, nhỏ nhất", "Least figure that the words allow."),
    "stated_high": (
        "Stated, greatest",
        "Công bố, lớn nhất",
        "Greatest figure that the words allow; blank where there is none.",
    ),
    "derived": ("Derived", "Tính được", "The figure that follows from the rest of the package."),
    "derived_low": ("Derived, least", "Tính được, nhỏ nhất", "Least figure that can follow."),
    "derived_high": (
        "Derived, greatest",
        "Tính được, lớn nhất",
        "Greatest figure that can follow.",
    ),
    "difference": ("Difference", "Chênh lệch", "Derived minus stated."),
    "is_incomplete": (
        "Is incomplete",
        "Chưa đầy đủ",
        "Whether the table behind it claims no completeness and holds less than stated.",
    ),
    "reconciliation.status": (
        "Status",
        "Tình trạng",
        "agrees, explained, inferred, open, or incomplete where the record does not claim to be "
        "complete and holds less than stated.",
    ),
    "table_name": ("Table", "Bảng", "Name of the table."),
    "rows": ("Rows", "Số dòng", "Number of rows that cite a source."),
    "share_official": ("Share official", "Tỷ lệ chính thức", "Share with an official source."),
    "share_two_publishers": (
        "Share with two publishers",
        "Tỷ lệ hai nguồn",
        "Share with sources of two different publishers.",
    ),
    "share_dates_to_the_day": (
        "Share of dates to the day",
        "Tỷ lệ chính xác đến ngày",
        "Share of dates that are known to the day; blank where the table has no such dates.",
    ),
}
# What a derived table says of its file in the words that the first table has.
_LIKE_OTHERS = ("$schema", "profile", "format", "mediatype", "encoding", "dialect")
_TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "string",  # Data Package v2 contradicts itself on lists: a blank between
    "BIGINT": "integer",
    "INTEGER": "integer",
    "HUGEINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}


def write_derived(
    pkg: Package, con: duckdb.DuckDBPyConnection, derived: Derived, out: Path
) -> dict[str, Any]:
    """Write a view's CSV and schema under `out`; return its entry for the descriptor.

    Raises `PackageError` for a column of a type that a CSV cannot hold.
    """
    view = con.table(derived.name)
    types = dict(zip(view.columns, map(str, view.types), strict=True))
    cells = ", ".join(f"{_cell(name, kind)} AS {quote(name)}" for name, kind in types.items())
    # As formatting.py sorts: by the characters of the cells, not by the values.
    order = ", ".join(f"{quote(name)}::VARCHAR" for name in derived.key)
    # A table is a set of rows: what a view says twice is written once.
    rows = view.project(cells).distinct().order(order).fetchall()
    places = [view.columns.index(name) for name in derived.key]
    if len({tuple(row[i] for i in places) for row in rows}) < len(rows):
        raise PackageError(f"view {derived.name}: {', '.join(derived.key)} is no key")
    path = Path("derived") / f"{derived.name}.csv"
    (out / path).parent.mkdir(exist_ok=True)
    with (out / path).open("w", encoding="utf-8", newline="") as file:
        to_csv(file, view.columns, rows)
    schema = Path("schemas") / f"{derived.name}.json"
    description = _comment(con, derived.name)
    write_json(out / schema, _schema(pkg, derived, types, description))
    like = pkg.descriptor["resources"][0]
    return {
        "name": derived.name,
        "path": path.as_posix(),
        "type": "table",
        "title": derived.title,
        "title_vi": derived.title_vi,
        "description": description,
        "role": "derived",
        **{name: like[name] for name in _LIKE_OTHERS if name in like},
        "schema": schema.as_posix(),
        "licenses": pkg.descriptor["licenses"],
        **_lineage(pkg, derived),
    }


def _cell(name: str, kind: str) -> str:
    if kind.endswith("[]"):
        return f"array_to_string({quote(name)}, ' ')"
    # What follows the ninth decimal is the noise of binary fractions.
    return f"round({quote(name)}, 9)" if kind == "DOUBLE" else quote(name)


def _schema(
    pkg: Package, derived: Derived, types: dict[str, str], description: str
) -> dict[str, Any]:
    facts = {f.name: f for table in reversed(pkg.tables) for f in table.fields}
    keys = [key for key in (_reference(pkg, name) for name in types) if key]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "title": derived.title,
        "description": description,
        "fields": [_field(derived, name, kind, facts.get(name)) for name, kind in types.items()],
        "missingValues": [""],
        "primaryKey": list(derived.key),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(derived: Derived, name: str, kind: str, fact: Field | None) -> dict[str, Any]:
    if kind not in _TYPES:
        raise PackageError(f"view {derived.name}: a CSV cannot hold column {name} of type {kind}")
    words = WORDS.get(f"{derived.name}.{name}") or WORDS.get(name)
    if not words and fact:
        words = (fact.title, fact.title_vi, fact.description)
    if not words:
        title = name.replace("_", " ").capitalize()
        words = (title, title, f"Column {name} of the view {derived.name}.")
    field = dict(zip(("name", "title", "title_vi", "description"), (name, *words), strict=True))
    field["type"] = _TYPES[kind]
    if fact and fact.unit and fact.type == field["type"]:
        field["unit"] = fact.unit
    if name in derived.key:
        field["constraints"] = {"required": True}
    return field


def _reference(pkg: Package, name: str) -> dict[str, Any] | None:
    """The foreign key of a column: where the facts' column of that name refers to."""
    targets = {
        (key.table, key.references)
        for t in pkg.tables
        for key in t.foreign_keys
        if key.field == name
    } or {(t.name, name) for t in pkg.tables if t.primary_key == (name,)}
    if len(targets) != 1:
        return None
    table, column = targets.pop()
    return {"fields": [name], "reference": {"resource": table, "fields": [column]}}


def _lineage(pkg: Package, derived: Derived) -> dict[str, Any]:
    """The tables that the view reads, through other views, and the coverage that they leave it."""
    sql = {p.stem: p for folder in ("macros", "views") for p in (pkg.sql / folder).glob("*.sql")}
    tables = {table.name: table for table in pkg.tables}
    seen, open_ = set(), [derived.name]
    while open_:
        name = open_.pop()
        if name not in seen:
            seen.add(name)
            words = set(re.findall(r"\w+", sql[name].read_text("utf-8"))) if name in sql else set()
            open_ += words & (sql.keys() | tables.keys())
    used = [table for table in pkg.tables if table.name in seen]
    bounds = [table.coverage for table in used if table.role == "facts"] or [
        table.coverage for table in used
    ]
    return {
        "derived_from": [table.name for table in used],
        "coverage": {
            "from": min(c.starts_on for c in bounds),
            "to": max(c.ends_on for c in bounds),
            "complete": all(c.complete for c in bounds),
            "last_checked": min(c.last_checked for c in bounds),
            "description": f"What scripts/sql/views/{derived.name}.sql makes of the tables "
            "it is derived from.",
        },
    }


def _comment(con: duckdb.DuckDBPyConnection, name: str) -> str:
    found = con.execute(
        f"SELECT comment FROM duckdb_views() WHERE view_name = '{name}' AND NOT internal"
    ).fetchone()
    if not found or not found[0]:
        raise PackageError(f"scripts/sql/views/{name}.sql lacks a COMMENT ON VIEW")
    return found[0]
