"""The neighbourhood of a table as a linked SVG: who refers to it, itself, what it refers to."""

from __future__ import annotations

from markupsafe import Markup

from vietnam_foreign_affairs.package import Table

from .escape import html_link
from .model import Model

ROW, WIDTH, GAP, MARGIN = 19, 176, 64, 4
MANY = 9  # more tables than this refer to it: they are named in a list instead


def svg(model: Model, table: Table, root: str) -> Markup:
    """The drawing, or an empty text for a table without neighbours."""
    left: dict[str, list[str]] = {}
    for name, field in model.referred_by(table.name):
        left.setdefault(name, []).append(field)
    right: dict[str, list[tuple[str, str]]] = {}
    for key in table.foreign_keys:
        if key.table != table.name:
            right.setdefault(key.table, []).append((key.field, key.references))
    if not left and not right:
        return Markup()
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
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="Neighbourhood">'
        '<svg class="er" role="group" aria-label="{}" viewBox="0 0 {width} {height:g}" '
        'width="{width}" height="{height:g}">{}</svg></div>{}'
    ).format(
        words,
        Markup("").join(parts),
        Markup() if drawn or not left else _list(left, root),
        width=width,
        height=height,
    )


def _own_fields(table: Table) -> list[str]:
    return [f"{n} (key)" if n in table.primary_key else n for n in table.field_names]


def _card(x: float, y: float, title: str, fields: list[str], url: str | None) -> tuple[Markup, int]:
    height = ROW * (len(fields) + 1) + 8
    name = Markup('<text x="{}" y="{}" class="t">{}</text>').format(x + 10, y + 15, title)
    head = name if url is None else html_link(name, url)
    lines = Markup("").join(
        Markup('<text x="{}" y="{}">{}</text>').format(x + 10, y + 15 + ROW * i, field)
        for i, field in enumerate(fields, 1)
    )
    box = Markup(
        '<g><rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" class="{kind}"/>'
        '<line x1="{x}" x2="{right}" y1="{line}" y2="{line}"/>{head}{lines}</g>'
    ).format(
        x=x,
        y=y,
        width=WIDTH,
        height=height,
        kind="me" if url is None else "other",
        right=x + WIDTH,
        line=y + ROW + 2,
        head=head,
        lines=lines,
    )
    return box, height


def _curve(x1: float, y1: float, x2: float, y2: float) -> Markup:
    middle = (x1 + x2) / 2
    curve = '<path d="M{0:g} {1:g}C{2:g} {1:g} {2:g} {4:g} {3:g} {4:g}" class="e"/>'
    return Markup(curve).format(x1, y1, middle, x2, y2)


def _list(left: dict[str, list[str]], root: str) -> Markup:
    code = Markup("<code>{}</code>")
    links = Markup(", ").join(html_link(code.format(n), f"{root}tables/{n}/") for n in left)
    return Markup("<p>{} tables refer to it: {}.</p>").format(len(left), links)
