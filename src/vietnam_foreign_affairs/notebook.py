"""How tables and answers show themselves in a notebook, and in an interactive session."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .package import Table

SHOWN_ROWS = 20


class Tables(tuple["Table", ...]):
    """Tables, shown as a list with what each holds."""

    def __repr__(self) -> str:
        width = max((len(table.name) for table in self), default=0)
        return "\n".join(f"{t.name:{width}}  {t.role:10}  {t.title}" for t in self)

    def _repr_html_(self) -> str:
        rows = [
            (t.name, t.role, t.title, len(t.fields), ", ".join(t.primary_key), t.coverage.ends_on)
            for t in self
        ]
        return html(("name", "role", "title", "fields", "key", "covers until"), rows)


def table_text(table: Table) -> str:
    """A table's fields, a line each."""
    width = max(len(field.name) for field in table.fields)
    lines = [f"{table.name} ({table.role}): {table.title}", f"key: {', '.join(table.primary_key)}"]
    for field in table.fields:
        unit = f" [{field.unit}]" if field.unit else ""
        lines.append(f"  {field.name:{width}}  {field.type:7}  {field.title}{unit}")
    return "\n".join(lines)


def table_html(table: Table) -> str:
    """A table's fields with all that is said of them."""
    head = ("field", "type", "title", "unit", "description")
    rows = [(f.name, f.type, f.title, f.unit, f.description) for f in table.fields]
    about = f"<p>{escape(table.role)}: {escape(table.description)}</p>"
    return heading(table.name) + about + html(head, rows)


def heading(text: str) -> str:
    return f"<p><b>{escape(text)}</b></p>"


def html(head: Sequence[object], rows: Iterable[Sequence[object]], more: str = "") -> str:
    """An HTML table; every cell is text, and only an http(s) address is a link."""
    top = "".join(f"<th>{escape(str(name))}</th>" for name in head)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    table = f'<table class="dataframe"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
    return table + (f"<p>{escape(more)}</p>" if more else "")


def _cell(value: object) -> str:
    if value is None:
        return "<td></td>"
    text = escape(str(value))
    if text.startswith(("https://", "http://")) and " " not in text:
        text = f'<a href="{text}" rel="noopener">{text}</a>'
    return f"<td>{text}</td>"


def register(relation: type) -> None:
    """In a notebook, show the relations of this type as an HTML table.

    DuckDB 2 brings that along; before, a relation is text in a box.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell and not hasattr(relation, "_repr_mimebundle_"):
        shell.display_formatter.formatters["text/html"].for_type(relation, _relation_html)


def _relation_html(relation: Any) -> str:
    rows = relation.limit(SHOWN_ROWS + 1).fetchall()
    more = f"the first {SHOWN_ROWS} rows" if len(rows) > SHOWN_ROWS else ""
    return html(relation.columns, rows[:SHOWN_ROWS], more)
