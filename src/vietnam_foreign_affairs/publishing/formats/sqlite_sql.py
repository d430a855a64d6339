"""The SQL of the package in the words of SQLite: sqlglot translates it, macros are filled in.

Not all of it can be said in SQLite: who asks for a translation compares the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlglot import ErrorLevel, exp, parse_one

from ...views import View


class Translator:
    """Translates statements of a package, given its macros."""

    def __init__(self, views: Iterable[View]):
        self.macros: dict[str, tuple[list[str], exp.Expression]] = {}
        for view in views:
            if view.is_macro:
                created = parse_one(view.sql, read="duckdb")
                names = [part.name for part in created.this.expressions]
                self.macros[view.name] = names, created.expression

    def select(self, sql: str) -> str:
        """A SELECT or the SELECT of a CREATE VIEW; SQL variables become named parameters.

        Raises `sqlglot.errors.SqlglotError` where DuckDB's SQL cannot be read.
        """
        tree = parse_one(sql, read="duckdb")
        if isinstance(tree, exp.Create):
            tree = tree.expression
        tree = _from_below(_from_below(tree, self._inline), _in_sqlite)
        return tree.sql(
            dialect="sqlite", pretty=True, comments=False, unsupported_level=ErrorLevel.IGNORE
        )

    def _inline(self, node: exp.Expression) -> exp.Expression:
        call = node.this if isinstance(node, exp.Table) else node
        if not isinstance(call, exp.Anonymous) or call.name.lower() not in self.macros:
            return node
        if isinstance(node.parent, exp.Table):
            return node  # the table that it makes is replaced, with its alias
        names, body = self.macros[call.name.lower()]
        given = dict(zip(names, call.expressions, strict=True))

        def fill(part: exp.Expression) -> exp.Expression:
            if isinstance(part, exp.Column) and not part.table and part.name in given:
                return exp.paren(given[part.name].copy())
            return part

        body = _from_below(_from_below(body.copy(), fill), self._inline)
        if isinstance(node, exp.Table):
            return exp.Subquery(this=body, alias=node.args.get("alias"))
        return exp.paren(body)


def _from_below(
    tree: exp.Expression, change: Callable[[exp.Expression], exp.Expression]
) -> exp.Expression:
    """Change every node, each behind what it holds."""
    root = exp.paren(tree, copy=False)
    for node in reversed(list(tree.dfs())):
        new = change(node)
        if new is not node:
            node.replace(new)
    return root.this


def _in_sqlite(node: exp.Expression) -> exp.Expression:
    say = _SAID.get(type(node))
    return say(node) if say else node


def _variable(node: exp.Anonymous) -> exp.Expression:
    if node.name.lower() != "getvariable":
        return node
    # A form sends what is left blank as an empty text.
    value = exp.Placeholder(this=node.expressions[0].name)
    return exp.Nullif(this=value, expression=exp.Literal.string(""))


def _part(sign: str) -> Callable[[exp.Expression], exp.Expression]:
    return lambda node: exp.cast(
        exp.Anonymous(this="strftime", expressions=[exp.Literal.string(sign), node.this]), "int"
    )


def _date(node: exp.Expression, *steps: str) -> exp.Expression:
    """A day and the steps from it, as SQLite's own function takes them."""
    return exp.Anonymous(this="date", expressions=[node, *map(exp.Literal.string, steps)])


def _truncated(node: exp.TimestampTrunc | exp.DateTrunc) -> exp.Expression:
    return _date(node.this, f"start of {node.text('unit').lower()}")


def _moved(node: exp.Add | exp.Sub) -> exp.Expression:
    step = node.expression
    if not isinstance(step, exp.Interval):
        return node
    sign = "+" if isinstance(node, exp.Add) else "-"
    return _date(node.this, f"{sign}{step.this.name} {step.text('unit').lower()}")


def _made(node: exp.DateFromParts) -> exp.Expression:
    form = exp.Literal.string("%04d-%02d-%02d")
    parts = [node.args["year"], node.args["month"], node.args["day"]]
    return exp.Anonymous(this="printf", expressions=[form, *parts])


def _bracketed(node: exp.DPipe) -> exp.Expression:
    """SQLite joins texts before it reckons."""
    for name in ("this", "expression"):
        part = node.args[name]
        if isinstance(part, exp.Binary) and not isinstance(part, exp.DPipe):
            node.set(name, exp.paren(part.copy()))
    return node


def _grouped(group: exp.Group) -> exp.Expression:
    """GROUP BY ALL by the places of the columns that sum nothing up."""
    if not group.args.get("all"):
        return group
    columns = enumerate(group.parent.expressions, 1)
    return exp.Group(
        expressions=[exp.Literal.number(n) for n, c in columns if not c.find(exp.AggFunc)]
    )


def _position(node: exp.ArrayPosition) -> exp.Expression:
    if not isinstance(node.this, exp.Array):
        return node
    cases = enumerate(node.this.expressions, 1)
    ifs = [exp.If(this=value.copy(), true=exp.Literal.number(n)) for n, value in cases]
    return exp.Case(this=node.expression.copy(), ifs=ifs)


def _pair(node: exp.Tuple) -> exp.Expression:
    if not isinstance(node.parent, exp.Distinct):
        return node
    return exp.Anonymous(this="json_array", expressions=[part.copy() for part in node.expressions])


def _list_as_text(node: exp.ArrayToString) -> exp.Expression:
    """A list is kept as a text with blanks between."""
    blank = exp.Literal.string(" ")
    return exp.Anonymous(this="replace", expressions=[node.this, blank, node.expression])


def _select(select: exp.Select) -> exp.Expression:
    return _collected(_spelled_out(select))


def _spelled_out(select: exp.Select) -> exp.Select:
    """A column that is reckoned from one before it, named by its alias, has that one's words."""
    known: dict[str, exp.Expression] = {}
    for column in select.expressions:
        for part in list(column.find_all(exp.Column)):
            if not part.table and part.name in known:
                part.replace(exp.paren(known[part.name].copy()))
        if isinstance(column, exp.Alias) and not isinstance(column.this, exp.Column):
            known[column.alias] = column.this
    return select


def _collected(select: exp.Select) -> exp.Expression:
    """What hangs on an order: an inner SELECT collects values, an outer one puts them in order."""
    outer = []
    for column in select.expressions:
        name = exp.to_identifier(column.alias_or_name, quoted=True)
        found = column.unalias()
        while isinstance(found, exp.Cast | exp.Filter):
            found = found.this
        if isinstance(found, exp.GroupConcat | exp.First | exp.Last):
            if isinstance(column.unalias(), exp.Cast):
                column.unalias().replace(column.unalias().this)
            outer.append(_in_order(found, name))
        else:
            outer.append(exp.column(name))
    if all(isinstance(column, exp.Column) for column in outer):
        return select
    return exp.select(*outer).from_(exp.Subquery(this=select.copy(), alias="collected"))


def _in_order(found: exp.Expression, name: exp.Identifier) -> exp.Expression:
    value, order, grouped = found.this, [], ""
    if isinstance(value, exp.Order):
        value, order = value.this, value.expressions
    if isinstance(value, exp.Distinct):
        value, grouped = value.expressions[0], "GROUP BY json_extract(value, '$[0]')"
    keys = [value, *(part.this for part in order)]
    made = exp.Anonymous(this="json_array", expressions=[key.copy() for key in keys])
    found.replace(exp.Anonymous(this="json_group_array", expressions=[made]))
    is_last, key = isinstance(found, exp.Last), "json_extract(value, '$[{}]')"
    if grouped:
        key = f"min({key})"
    by = [
        f"{key.format(n)} {'DESC' if bool(part.args.get('desc')) != is_last else 'ASC'} "
        f"NULLS {'FIRST' if is_last else 'LAST'}"
        for n, part in enumerate(order, 1)
    ]
    ordered = f"{grouped} {'ORDER BY ' * bool(by)}{', '.join(by)}"
    cells = f"SELECT json_extract(value, '$[0]') AS v FROM json_each({name.sql('sqlite')})"
    if isinstance(found, exp.GroupConcat):
        separator = found.args["separator"].sql("sqlite")
        filled = f"{cells} WHERE json_extract(value, '$[0]') IS NOT NULL {ordered}"
        text = f"(SELECT group_concat(v, {separator}) FROM ({filled}))"
    else:
        text = f"({cells} {ordered} LIMIT 1)"
    return exp.alias_(parse_one(text, read="sqlite"), name)


_SAID: dict[type[exp.Expression], Callable[[Any], exp.Expression]] = {
    exp.Anonymous: _variable,
    exp.Year: _part("%Y"),
    exp.Month: _part("%m"),
    exp.TimestampTrunc: _truncated,
    exp.DateTrunc: _truncated,
    exp.Add: _moved,
    exp.Sub: _moved,
    exp.DateFromParts: _made,
    exp.DPipe: _bracketed,
    exp.Group: _grouped,
    exp.ArrayPosition: _position,
    exp.ArrayToString: _list_as_text,
    exp.Tuple: _pair,
    exp.Select: _select,
}
