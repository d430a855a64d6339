"""The neighbourhood of a table as a linked SVG: who refers to it, itself, what it refers to."""

from __future__ import annotations

from html import escape

from vietnam_foreign_affairs.package import Table

from .model import Model

ROW, WIDTH, GAP, MARGIN = 19, 176, 64, 4
MANY = 9  # more tables than this refer to it: they are named in a list instead


def svg(model: Model, table: Table, root: str) -> str:
    """The drawing, or an empty string for a table without neighbours."""
    left: dict[str, list[str]] = {}
    for name, field in model.referred_by(table.name):
        left.setdefault(name, []).append(field)
    right: dict[str, list[tuple[str, str]]] = {}
    for key in table.foreign_keys:
        if key.table != table.name:
            right.setdefault(key.table, []).append((key.field, key.references))
    if not left and not right:
        return ""
    drawn = left if len(left) <= MANY else {}
    own_x = MARGIN + (WIDTH + GAP if drawn else 0)
    parts, ends, y = [], [], MARGIN
    for name, fields in drawn.items():
        card, height = _card(MARGIN, y, name, fields, f"{root}tables/{name}/")
        parts.append(card)
        ends.append(y + height / 2)
        y += height + 10
    own, own_height = _card(own_x, MARGIN, table.name, _own_fields(table), None)
    bottom = max(y, MARGIN + own_height)
    for end in ends:
        parts.append(_curve(MARGIN + WIDTH, end, own_x, MARGIN + ROW * 0.7))
    parts.append(own)
    y, names = MARGIN, table.field_names
    for name, pairs in right.items():
        x = own_x + WIDTH + GAP
        card, height = _card(x, y, name, sorted({b for _, b in pairs}), f"{root}tables/{name}/")
        parts.append(card)
        for field, _ in pairs:
            start = MARGIN + ROW * (names.index(field) + 1.7)
            parts.append(_curve(own_x + WIDTH, start, x, y + ROW * 0.7))
        y += height + 10
    width = own_x + WIDTH + MARGIN + (GAP + WIDTH if right else 0)
    height = max(bottom, y) + MARGIN
    words = (
        f"{table.name} refers to {', '.join(right) or 'no other table'}; "
        f"{', '.join(left) or 'no table'} refer{'s' * (len(left) < 2)} to it."
    )
    drawing = (
        f'<svg class="er" role="group" aria-label="{escape(words)}" '
        f'viewBox="0 0 {width} {height:g}" width="{width}" height="{height:g}">'
        f"{''.join(parts)}</svg>"
    )
    more = "" if drawn or not left else _list(left, root)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Neighbourhood">{drawing}'
        f"</div>{more}"
    )


def _own_fields(table: Table) -> list[str]:
    return [f"{n} (key)" if n in table.primary_key else n for n in table.field_names]


def _card(x: float, y: float, title: str, fields: list[str], url: str | None) -> tuple[str, int]:
    height = ROW * (len(fields) + 1) + 8
    name = f'<text x="{x + 10}" y="{y + 15}" class="t">{escape(title)}</text>'
    head = name if url is None else f'<a href="{url}">{name}</a>'
    lines = "".join(
        f'<text x="{x + 10}" y="{y + 15 + ROW * i}">{escape(field)}</text>'
        for i, field in enumerate(fields, 1)
    )
    kind = "me" if url is None else "other"
    return (
        f'<g><rect x="{x}" y="{y}" width="{WIDTH}" height="{height}" rx="4" class="{kind}"/>'
        f'<line x1="{x}" x2="{x + WIDTH}" y1="{y + ROW + 2}" y2="{y + ROW + 2}"/>'
        f"{head}{lines}</g>",
        height,
    )


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (x1 + x2) / 2
    return f'<path d="M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}" class="e"/>'


def _list(left: dict[str, list[str]], root: str) -> str:
    links = ", ".join(f'<a href="{root}tables/{n}/"><code>{n}</code></a>' for n in left)
    return f"<p>{len(left)} tables refer to it: {links}.</p>"
