"""A page a year: what happened and what was said; a year with a review follows it item by item."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from vietnam_foreign_affairs.package import Table

from .facts import fact
from .model import Model, Row
from .render import Renderer

_APART = ("countries", "highlights", "observations", "leaders", "organizations")


def pages(model: Model, renderer: Renderer) -> dict[str, str]:
    rows = _by_year(model)
    counts = {y: {n: len(r) for n, r in rows[y].items()} for y in sorted(rows, reverse=True)}
    reviews = _reviews(model)
    found = {
        "years/index.md": renderer.page(
            "years.md.j2", counts=counts, reviews=reviews, today=_today(model)
        )
    }
    ordered = sorted(rows)
    for i, year in enumerate(ordered):
        found[f"years/{year}.md"] = renderer.page(
            "year.md.j2",
            year=year,
            tables=[t for t in model.tables.values() if rows[year].get(t.name)],
            review=reviews.get(year),
            before=ordered[i - 1] if i else None,
            after=ordered[i + 1] if i + 1 < len(ordered) else None,
        )
    return found


def _today(model: Model) -> int:
    """The year in which the record was last checked."""
    return int(model.value("SELECT max(year(last_checked)) FROM table_coverage"))


def add_fragments(model: Model, renderer: Renderer) -> None:
    rows = _by_year(model)
    reviews = _reviews(model)

    words = renderer.words

    def year(argument: str, root: str) -> str:
        number, name = argument.split(":")
        table = model.tables[name]
        found = [fact(model, table, row, root, words) for row in rows[int(number)][name]]
        if name == "observations":
            found.sort(key=lambda f: (f.name, f.first))
        else:
            found.sort(key=lambda f: (f.first, f.name))
        return renderer.fragment("facts.html.j2", facts=found)

    def item(argument: str, root: str) -> str:
        number, index = argument.split(":")
        review = reviews[int(number)]
        block = review["items"][int(index)]
        found = [
            (
                model.tables[name],
                fact(model, model.tables[name], row, root, words, citing=review["id"]),
            )
            for name, row in block["rows"]
        ]
        return renderer.fragment("item.html.j2", facts=found)

    renderer.fragments |= {"year": year, "item": item}


def _by_year(model: Model) -> dict[int, dict[str, list[Row]]]:
    found: dict[int, dict[str, list[Row]]] = defaultdict(dict)
    for table in model.tables.values():
        if table.role != "facts" or (table.name in _APART and table.name != "observations"):
            continue
        for row in model.rows[table.name]:
            year = _year(model, table, row)
            if year:
                found[year].setdefault(table.name, []).append(row)
    return dict(found)


def _year(model: Model, table: Table, row: Row) -> int | None:
    """An observation belongs to the year that it speaks of, not to the one it was made in."""
    if table.name == "observations":
        return int(row["ends_on"][:4])
    return model.year_of(table, row)


def _reviews(model: Model) -> dict[int, dict[str, Any]]:
    """Year -> the review: its source, its items in order, the rows that cite each item."""
    found: dict[int, dict[str, Any]] = {}
    cited: dict[tuple[str, str], list[tuple[str, Row]]] = defaultdict(list)
    for (name, row_id), citations in model.citations.items():
        for c in citations:
            row = model.by_id.get(name, {}).get(row_id)
            if c.locator and row is not None and name != "highlights":
                cited[c.source_id, c.locator].append((name, row))
    order = list(model.tables)
    for highlight in model.rows["highlights"]:
        source = highlight["source_id"]
        review = found.setdefault(
            int(highlight["year"]),
            {"id": source, "source": model.by_id["sources"][source], "items": []},
        )
        block = next((b for b in review["items"] if b["locator"] == highlight["locator"]), None)
        if block is None:
            rows = cited[source, highlight["locator"]]
            rows.sort(key=lambda pair: order.index(pair[0]))
            block = {"locator": highlight["locator"], "highlights": [], "rows": rows}
            review["items"].append(block)
        block["highlights"].append(highlight)
    for review in found.values():
        review["items"].sort(key=lambda b: int(re.findall(r"\d+", b["locator"])[0]))
    return found
