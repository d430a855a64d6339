"""The data dictionary: a page a table, and the indexes over all of them."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import groupby
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from vietnam_foreign_affairs.package import Field, Table
from vietnam_foreign_affairs.validation.rules import catalogue

from . import diagram
from .escape import anchor, html_link, leads
from .model import LABELS, Model, Row
from .render import Renderer

# A page holds all rows up to so many characters of HTML, otherwise the first of them: the others
# come when a reader sorts, filters, turns the page or follows a link to one.
WHOLE, PART = 1_000_000, 200_000


ROLES = {
    "facts": "Facts",
    "links": "Links",
    "vocabulary": "Vocabularies",
    "provenance": "Provenance",
}


def pages(model: Model, renderer: Renderer) -> dict[str, str]:
    """What there is in every language: the indexes over all tables."""
    return {
        "tables/index.md": renderer.page("tables-index.md.j2"),
        "reference/fields.md": renderer.page("fields.md.j2"),
        "reference/indicators.md": renderer.page("indicators.md.j2"),
    }


def english(model: Model, renderer: Renderer) -> dict[str, str]:
    """What there is once: a page a table, with its rows, and what is read beside SQL."""
    found = {
        f"tables/{name}.md": renderer.page("table.md.j2", t=table, score=model.scores.get(name))
        for name, table in model.tables.items()
    }
    by_level = groupby(catalogue(model.pkg), key=lambda rule: rule.level)
    levels = {level: list(rules) for level, rules in by_level}
    found["reference/rules.md"] = renderer.page("rules.md.j2", levels=levels)
    found["reference/views.md"] = renderer.page("views.md.j2")
    return found | rest(model, renderer)


def navigation(model: Model) -> list[dict[str, list[str]]]:
    """The pages of the tables, by what a row is."""
    return [
        {title: [f"tables/{t.name}.md" for t in model.tables.values() if t.role == role]}
        for role, title in ROLES.items()
        if any(t.role == role for t in model.tables.values())
    ]


def add_fragments(model: Model, renderer: Renderer) -> None:
    def fields(name: str, root: str) -> str:
        table = model.tables[name]
        keys = {key.field: key for key in table.foreign_keys}
        return renderer.fragment("fields.html.j2", t=table, keys=keys, rules=_rules, root=root)

    def rows(name: str, root: str) -> str:
        return _rows(model, renderer, model.tables[name], root)

    def all_fields(_: str, root: str) -> str:
        found = sorted(
            ((f, t) for t in model.tables.values() for f in t.fields), key=lambda p: p[0].name
        )
        grouped = {name: list(g) for name, g in groupby(found, key=lambda p: p[0].name)}
        return renderer.fragment("all_fields.html.j2", fields=grouped, root=root)

    renderer.fragments |= {
        "fields": fields,
        "rows": rows,
        "all_fields": all_fields,
        "indicators": lambda _, root: _indicators(model, renderer, root),
        "diagram": lambda name, root: diagram.svg(model, model.tables[name], root),
    }


def _rules(field: Field) -> list[Markup]:
    """Constraints in words."""
    code = Markup("<code>{}</code>")
    words = {
        "unique": Markup("no two alike"),
        "pattern": "form " + code,
        "minimum": "at least " + code,
        "maximum": "at most " + code,
        "minLength": Markup("at least {} characters"),
        "maxLength": Markup("at most {} characters"),
    }
    found = []
    for name, value in field.constraints.items():
        if name == "enum":
            found.append("one of " + Markup(", ").join(map(code.format, value)))
        elif name == "required":
            continue  # shown as "required" or "optional" beside the type
        elif value is True:
            found.append(words[name])
        else:
            found.append(words[name].format(value))
    return found


def _columns(table: Table) -> list[Field]:
    """As a reader looks: what it is, when, how much, who and where, the rest, its id.

    Precision is part of the date, sources stand under what it is.
    """
    apart = {"source_id", "locator"} if table.cites_sources else set()
    found = [f for f in table.fields if f.name not in apart and not f.name.endswith("_precision")]
    targets = {key.field: key.table for key in table.foreign_keys}
    named = [f for f in found if f.name in LABELS]
    named += [f for f in found if targets.get(f.name) not in (None, "sources", table.name)]
    named += [f for f in found if f.name not in table.primary_key]
    subject = (named or found)[0]

    def place(field: Field) -> int:
        tests = (
            field is subject,
            field.type == "date",
            field.type in ("number", "integer"),
            field.name in targets,
            field.name not in table.primary_key and field.name != "note",
            field.name == "note",
        )
        return next((n for n, holds in enumerate(tests) if holds), len(tests))

    return sorted(found, key=place)


def _rows(model: Model, renderer: Renderer, table: Table, root: str) -> str:
    columns = _columns(table)
    shown, later = _divided(model, renderer, table.name)
    return renderer.fragment(
        "rows.html.j2",
        table=table,
        columns=columns,
        facets=[(f, n) for n, f in enumerate(columns) if "enum" in f.constraints],
        rows=shown,
        rest=f"../{table.name}.rows.json" if later else "",
        total=len(model.rows[table.name]),
        root=root,
    )


def rest(model: Model, renderer: Renderer) -> dict[str, str]:
    """Of each large table the rows that its page does not hold, as the page would show them."""
    found = {}
    for name in model.tables:
        _, later = _divided(model, renderer, name)
        if later:
            found[f"tables/{name}.rows.json"] = json.dumps(later, ensure_ascii=False)
    return found


@cache
def _divided(
    model: Model, renderer: Renderer, name: str, root: str = "../../"
) -> tuple[list[Markup], list[Markup]]:
    """The rows that the page of a table holds, and those that come later."""
    table = model.tables[name]
    columns = _columns(table)
    keys = {key.field: key for key in table.foreign_keys}
    template = renderer.html.get_template("fragments/row.html.j2")
    done = []
    for row in model.rows[table.name]:
        row_id = anchor(model.row_id(table, row))
        cells = [(f, *_cell(model, table, f, row, keys, root)) for f in columns]
        html = template.render(
            table=table,
            row_id=row_id,
            cells=cells,
            citations=model.citations.get((table.name, row_id), []),
            corrections=model.corrections.get((table.name, row_id), []),
            report=model.report_url(table.name, row_id),
            root=root,
        )
        done.append(Markup(html))
    size = sum(map(len, done))
    held = int(PART / size * len(done)) if size > WHOLE else len(done)
    return done[:held], done[held:]


def _cell(
    model: Model, table: Table, field: Field, row: Row, keys: dict[str, Any], root: str
) -> tuple[str | Markup, str]:
    """What a cell shows, and what it is sorted by where that is something else."""
    value = row[field.name]
    if not value:
        return "", ""
    target = keys.get(field.name)
    if target:
        url = model.row_url(target.table, value, root)
        if target.table == "countries":
            url = f"{root}countries/{value}/"
        return html_link(model.label(target.table, value), url), ""
    if table.name == "evidence" and field.name == "row_id":
        return html_link(value, model.row_url(row["table_name"], value, root)), ""
    if value.startswith(("https://", "http://")) and leads(value):
        return html_link(value.split("/")[2], value), ""
    if field.unit and (unit := _unit(model, table, field, row)):
        return Markup("{} <small>{}</small>").format(value, unit), value
    return model.exact(row, field.name) if field.type == "date" else value, ""


def _unit(model: Model, table: Table, field: Field, row: Row) -> str:
    """The unit of a cell; "see indicators.unit" leads to the row that this one refers to."""
    there = re.fullmatch(r"see (\w+)\.(\w+)", field.unit or "")
    keys = [k.field for k in table.foreign_keys if there and k.table == there[1]]
    return model.by_id[there[1]][row[keys[0]]][there[2]] if keys else field.unit or ""


def _indicators(model: Model, renderer: Renderer, root: str) -> str:
    rows = model.records(
        "SELECT i.*, count(o.observation_id) AS figures, min(year(o.ends_on)) AS first, "
        "max(year(o.ends_on)) AS last FROM indicators i LEFT JOIN observations o "
        f"USING (indicator_id) GROUP BY ALL ORDER BY i.name_{renderer.lang}"
    )
    for row in rows:
        sql = (
            "SELECT ends_on, counterpart_iso3, value, qualifier, stated_by\nFROM observations\n"
            f"WHERE indicator_id = '{row['indicator_id']}'\n"
            "ORDER BY counterpart_iso3 NULLS FIRST, ends_on"
        )
        row["url"] = f"{renderer.home(root)}console/#q={quote(sql)}"
    return renderer.fragment("indicators.html.j2", rows=rows, root=root)
