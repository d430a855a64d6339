"""What the console in the browser loads: tables with explicit types, views, macros, questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vietnam_foreign_affairs.database import quote, scan_sql, views
from vietnam_foreign_affairs.questions import Query

from .model import Model
from .render import Renderer


def pages(model: Model, renderer: Renderer) -> dict[str, str]:
    """The console's pages are written by hand."""
    return {}


def add_fragments(model: Model, renderer: Renderer) -> None:
    renderer.fragments["console"] = lambda _, root: renderer.fragment(
        "console.html.j2", root=root, home=renderer.home(root), asked=_asked
    )


def _asked(query: Query) -> list[dict[str, str]]:
    """What the form asks for a question: its parameters, their kinds and defaults."""
    return [
        {
            "name": p.name,
            "kind": "country" if p.key == "countries.iso3" else p.type,
            "default": p.default,
            "about": p.description,
        }
        for p in query.parameters
    ]


def package_of(model: Model) -> dict[str, Any]:
    """Paths of the CSV files from the site's root; SQL that loads them; what is offered to ask."""
    tables, load = [], []
    for table in model.tables.values():
        path = Path("tables") / table.path.name
        tables.append(path.as_posix())
        load.append(f"CREATE TABLE {quote(table.name)} AS FROM {scan_sql(table, path)};")
    return {
        "tables": tables,
        "load": "\n".join(load),
        "derived": "\n".join(views(model.pkg).values()),
    }
