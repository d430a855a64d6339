"""Rows as lines of prose, for the pages of countries and years."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from vietnam_foreign_affairs.package import Table

from .messages import Words
from .model import Citation, Model, Row
from .render import day, number

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
    first: str  # the day that it is put in order by
    corrections: list[Row]


def fact(
    model: Model,
    table: Table,
    row: Row,
    root: str,
    words: Words,
    *,
    without: str = "",
    citing: str = "",
) -> Fact:
    """A row as a line. `without` leaves out what refers to that table, `citing` that source."""
    row_id = model.row_id(table, row)
    said = SENTENCES.get(table.name)
    name, rest = said(model, row, words) if said else _words(model, table, row, words, without)
    return Fact(
        _period(model, table, row, words),
        name,
        rest,
        model.row_url(table.name, row_id, root),
        model.report_url(table.name, row_id),
        [c for c in model.citations.get((table.name, row_id), []) if c.source_id != citing],
        findings(model).get(row_id) if table.name == "observations" else None,
        first_date(model, table, row),
        model.corrections.get((table.name, row_id), []),
    )


@cache
def findings(model: Model) -> dict[str, dict[str, Any]]:
    """Observation -> the line of the reconciliation that does not agree with it."""
    rows = model.records(
        "SELECT * FROM reconciliation WHERE status <> 'agrees' ORDER BY check_id DESC"
    )
    return {r["observation_id"]: r for r in rows}


def first_date(model: Model, table: Table, row: Row) -> str:
    """What rows are put in order by: the day of the row, or on which a figure was stated."""
    if table.name == "observations":
        return model.exact(row, "stated_on")
    return model.first_date(table, row)


def _period(model: Model, table: Table, row: Row, words: Words) -> str:
    first = first_date(model, table, row)
    start = day(first, words.lang)
    last = row.get("ends_on", "") if row.get("starts_on") and table.name != "observations" else ""
    if last in ("", row.get("starts_on")):
        return start
    return " ".join([start, words.gettext("to"), day(model.exact(row, "ends_on"), words.lang)])


def _figure(model: Model, row: Row, words: Words) -> tuple[str, str]:
    _, lang = words.gettext, words.lang
    indicator = model.by_id["indicators"][row["indicator_id"]]
    value = number(float(row["value"]), lang, digits=6)
    qualifier = "" if row["qualifier"] == "exact" else words.code(row["qualifier"]) + " "
    unit = "%" if indicator["unit"] == "percent" else f" {_(indicator['unit'])}"
    kinds = {"F": _("forecast"), "E": _("estimate"), "P": _("provisional")}
    start, end = (day(row[name], lang) for name in ("starts_on", "ends_on"))
    period = " ".join([start, _("to"), end]) if start else end
    if row["starts_on"].endswith("-01-01") and row["ends_on"] == f"{row['starts_on'][:4]}-12-31":
        period = row["starts_on"][:4]
    phrase = f"“{row['phrase']}”" if row["phrase"] else ""
    rest = [period, kinds.get(row.get("obs_status", "")), row["stated_by"], phrase]
    name = indicator[f"name_{lang}"]
    if row["counterpart_iso3"]:
        name += f" ({model.label('countries', row['counterpart_iso3'], lang)})"
    return f"{name}: {qualifier}{value}{unit}", " · ".join(filter(None, rest))


def _visit(model: Model, row: Row, words: Words) -> tuple[str, str]:
    text = (
        words.gettext("{leader}, {office}, in {country}")
        if row["direction"] == "outbound"
        else words.gettext("{leader}, {office}, of {country}, in Viet Nam")
    )
    name = text.format(
        leader=model.label("leaders", row["leader_id"], words.lang),
        office=words.code(row["office"]),
        country=model.label("countries", row["iso3"], words.lang),
    )
    return name, row["occasion"]


def _mission(model: Model, row: Row, words: Words) -> tuple[str, str]:
    _, lang = words.gettext, words.lang
    country, kind = model.label("countries", row["iso3"], lang), words.code(row["kind"])
    home = _("Viet Nam")
    whose = home if row["direction"] == "abroad" else country
    place = row["city"] or (country if row["direction"] == "abroad" else home)
    name = _("{Kind} of {whose} in {place}").format(
        Kind=f"{kind[0].upper()}{kind[1:]}", whose=whose, place=place
    )
    to = _("to {organization}").format(organization=row["organization"])
    also = [model.label("countries", code, lang) for code in row["accredited_to"].split()]
    rest = [
        words.code(row["opened_as"]),
        to if row["organization"] else "",
        _("also for {countries}").format(countries=", ".join(also)) if also else "",
        row["note"],
    ]
    return name, " · ".join(filter(None, rest))


def _relations(model: Model, row: Row, words: Words) -> tuple[str, str]:
    _, lang = words.gettext, words.lang
    states = {
        "drv": _("of the Democratic Republic of Viet Nam"),
        "prg": _("of the Provisional Revolutionary Government"),
        "srv": _("of the Socialist Republic of Viet Nam"),
    }
    rest = [states.get(row["vietnamese_state"], "")]
    if row["predecessor"]:
        rest.append(_("as {predecessor}").format(predecessor=row["predecessor"]))
    for name, text in (
        ("suspended_on", _("suspended {day}")),
        ("resumed_on", _("resumed {day}")),
    ):
        if row[name]:
            rest.append(text.format(day=day(model.exact(row, name), lang)))
    country = model.label("countries", row["iso3"], lang)
    name = _("Diplomatic relations with {country}").format(country=country)
    return name, " · ".join(filter(None, rest))


def _operation(model: Model, row: Row, words: Words) -> tuple[str, str]:
    word = "" if row["qualifier"] in ("", "exact") else words.code(row["qualifier"]) + " "
    people = words.gettext("{number} people").format(number=word + row["people"])
    return row["what"], people if row["people"] else ""


def _document(model: Model, row: Row, words: Words) -> tuple[str, str]:
    kind = words.code(row["kind"])
    titles = [row["title_en"], row["title_vi"]]
    if words.lang == "vi":
        titles.reverse()
    title = next(filter(None, titles), f"{kind[0].upper()}{kind[1:]}")
    return title, " · ".join(filter(None, [row["signatories"], row["place"]]))


SENTENCES = {
    "observations": _figure,
    "high_level_visits": _visit,
    "diplomatic_missions": _mission,
    "diplomatic_relations": _relations,
    "citizen_protection": _operation,
    "documents": _document,
}


def _words(model: Model, table: Table, row: Row, words: Words, without: str) -> tuple[str, str]:
    keys = {k.field: k.table for k in table.foreign_keys}
    named = next((name for name in model.names(words.lang) if row.get(name)), "")
    names, rest = [], []
    for field in table.fields:
        value = row[field.name]
        target = keys.get(field.name)
        if not value or field.name in _SILENT or field.type == "date" or target == "sources":
            continue
        if field.name.endswith("_precision") or target == without != "":
            continue
        if target:
            names.append(model.label(target, value, words.lang))
        elif field.name == named:
            names.insert(0, value)
        elif field.name not in table.primary_key:
            is_code = "enum" in field.constraints or field.name == "office"
            text = words.code(value) if is_code else value
            title = field.title_vi if words.lang == "vi" else field.title
            rest.append(f"{title}: {text}" if is_code and len(text) < 4 else text)
    title = table.title_vi if words.lang == "vi" else table.title
    if not names and without and keys.get(table.primary_key[0]) == without:
        names = [title]
    if not names:
        names = rest[:1] or [model.row_id(table, row)]
        rest = rest[1:]
    return ", ".join(dict.fromkeys(names)), " · ".join(dict.fromkeys(rest))
