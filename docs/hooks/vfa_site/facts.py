"""Rows as lines of prose, for the pages of countries and years."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from vietnam_foreign_affairs.package import Table

from .model import LABELS, Citation, Model, Row

_SILENT = {"source_id", "locator", "note", "wikidata_id", "definition", "counted_in_official_total"}


STATES = {
    "drv": "of the Democratic Republic of Viet Nam",
    "prg": "of the Provisional Revolutionary Government",
    "srv": "of the Socialist Republic of Viet Nam",
}


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
    said = SENTENCES.get(table.name)
    name, rest = said(model, row) if said else _words(model, table, row, without)
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


def _visit(model: Model, row: Row) -> tuple[str, str]:
    country, office = model.label("countries", row["iso3"]), row["office"].replace("_", " ")
    where = f"in {country}" if row["direction"] == "outbound" else f"of {country}, in Viet Nam"
    return f"{model.label('leaders', row['leader_id'])}, {office}, {where}", row["occasion"]


def _mission(model: Model, row: Row) -> tuple[str, str]:
    country, kind = model.label("countries", row["iso3"]), row["kind"].replace("_", " ")
    whose = "Viet Nam" if row["direction"] == "abroad" else country
    place = row["city"] or (country if row["direction"] == "abroad" else "Viet Nam")
    name = f"{kind[0].upper()}{kind[1:]} of {whose} in {place}"
    to = f"to {row['organization']}" if row["organization"] else ""
    also = [model.label("countries", code) for code in row["accredited_to"].split()]
    rest = [row["opened_as"].replace("_", " "), to, f"also for {', '.join(also)}" if also else ""]
    return name, " · ".join(filter(None, [*rest, row["note"]]))


def _relations(model: Model, row: Row) -> tuple[str, str]:
    with_whom = STATES.get(row["vietnamese_state"], "")
    rest = [with_whom, f"as {row['predecessor']}" if row["predecessor"] else ""]
    for name, word in (("suspended_on", "suspended"), ("resumed_on", "resumed")):
        if row[name]:
            rest.append(f"{word} {model.exact(row, name)}")
    name = f"Diplomatic relations with {model.label('countries', row['iso3'])}"
    return name, " · ".join(filter(None, rest))


def _operation(model: Model, row: Row) -> tuple[str, str]:
    word = "" if row["qualifier"] in ("", "exact") else row["qualifier"].replace("_", " ") + " "
    people = f"{word}{row['people']} people" if row["people"] else ""
    return row["what"], people


def _document(model: Model, row: Row) -> tuple[str, str]:
    kind = row["kind"].replace("_", " ")
    title = row["title_en"] or row["title_vi"] or f"{kind[0].upper()}{kind[1:]}"
    return title, " · ".join(filter(None, [row["signatories"], row["place"]]))


SENTENCES = {
    "observations": _figure,
    "high_level_visits": _visit,
    "diplomatic_missions": _mission,
    "diplomatic_relations": _relations,
    "citizen_protection": _operation,
    "documents": _document,
}


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
