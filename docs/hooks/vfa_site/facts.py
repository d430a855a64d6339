"""Rows as lines of prose, for the pages of countries and years."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from vietnam_foreign_affairs.package import Table

from .model import LABELS, Citation, Model, Row

_SILENT = {"source_id", "locator", "note", "wikidata_id", "definition", "counted_in_official_total"}


class Fact(NamedTuple):
    """A row: when, its name, the rest of its cells, its sources, what the record says to it."""

    when: str
    name: str
    rest: str
    url: str
    report: str
    citations: list[Citation]
    finding: dict[str, Any] | None


def fact(
    model: Model, table: Table, row: Row, root: str, *, without: str = "", citing: str = ""
) -> Fact:
    """A row as a line. `without` leaves out what refers to that table, `citing` that source."""
    row_id = model.row_id(table, row)
    name, rest = (
        _figure(model, row) if table.name == "observations" else _words(model, table, row, without)
    )
    return Fact(
        _period(model, table, row),
        name,
        rest,
        model.row_url(table.name, row_id, root),
        model.report_url(table.name, row_id),
        [c for c in model.citations.get((table.name, row_id), []) if c.source_id != citing],
        findings(model).get(row_id) if table.name == "observations" else None,
    )


@cache
def findings(model: Model) -> dict[str, dict[str, Any]]:
    """Observation -> the line of the reconciliation that does not agree with it."""
    rows = model.records(
        "SELECT * FROM reconciliation WHERE status <> 'agrees' ORDER BY check_id DESC"
    )
    return {r["observation_id"]: r for r in rows}


def _period(model: Model, table: Table, row: Row) -> str:
    dates = [f.name for f in table.fields if f.type == "date" and row[f.name]]
    if not dates:
        return ""
    if table.name == "observations":
        return model.exact(row, "stated_on")
    start = model.exact(row, dates[0])
    if dates[0] == "starts_on" and row.get("ends_on") and row["ends_on"] != row["starts_on"]:
        return f"{start} to {model.exact(row, 'ends_on')}"
    return start


def _figure(model: Model, row: Row) -> tuple[str, str]:
    indicator = model.by_id["indicators"][row["indicator_id"]]
    value = f"{float(row['value']):,.6f}".rstrip("0").rstrip(".").replace("-", "−")
    qualifier = "" if row["qualifier"] == "exact" else row["qualifier"].replace("_", " ") + " "
    unit = {"percent": "%"}.get(indicator["unit"], f" {indicator['unit']}")
    kind = {"F": "forecast", "E": "estimate", "P": "provisional"}.get(row.get("obs_status", ""))
    period = f"{row['starts_on']} to {row['ends_on']}" if row["starts_on"] else row["ends_on"]
    if row["starts_on"].endswith("-01-01") and row["ends_on"] == f"{row['starts_on'][:4]}-12-31":
        period = row["starts_on"][:4]
    rest = [period, kind, row["stated_by"], f"“{row['phrase']}”" if row["phrase"] else ""]
    name = indicator["name_en"]
    if row["counterpart_iso3"]:
        name += f" ({model.label('countries', row['counterpart_iso3'])})"
    return f"{name}: {qualifier}{value}{unit}", " · ".join(filter(None, rest))


def _words(model: Model, table: Table, row: Row, without: str) -> tuple[str, str]:
    keys = {k.field: k.table for k in table.foreign_keys}
    names, rest = [], []
    for field in table.fields:
        value = row[field.name]
        target = keys.get(field.name)
        if not value or field.name in _SILENT or field.type == "date" or target == "sources":
            continue
        if field.name.endswith("_precision") or target == without != "":
            continue
        if target:
            names.append(model.label(target, value))
        elif field.name in LABELS:
            names.insert(0, value)
        elif field.name not in table.primary_key:
            is_code = "enum" in field.constraints or field.name == "office"
            words = value.replace("_", " ") if is_code else value
            rest.append(f"{field.title}: {words}" if is_code and len(words) < 4 else words)
    if not names and without and keys.get(table.primary_key[0]) == without:
        names = [table.title]
    if not names:
        names = rest[:1] or [model.row_id(table, row)]
        rest = rest[1:]
    return ", ".join(dict.fromkeys(names)), " · ".join(dict.fromkeys(rest))
