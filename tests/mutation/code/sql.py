"""Changes of SQL: one token of sqlglot's, put back into the text, so that comments stay.

A change that DuckDB could not read any more is none. An inner join stays one: along a reference,
which every row has, an outer one is the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from sqlglot.dialects import DuckDB
from sqlglot.tokens import Token

from . import CodeChange, change

WORDS = {
    "and": "or",
    "or": "and",
    "min": "max",
    "max": "min",
    "sum": "max",
    "avg": "max",
    "first": "last",
    "last": "first",
    "lead": "lag",
    "lag": "lead",
    "least": "greatest",
    "greatest": "least",
    "bool_or": "bool_and",
    "bool_and": "bool_or",
    "row_number": "rank",
    "arg_max": "arg_min",
    "arg_min": "arg_max",
    "any_value": "count",
    "count": "max",
    "anti": "semi",
    "semi": "anti",
    "left": "",
    "full": "left",
    "distinct": "",
    "desc": "",
    "not": "",
    "all": "",
    "true": "false",
    "false": "true",
    "exists": "not exists",
}
SIGNS = {
    "=": "<>",
    "<>": "=",
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "+": "-",
    "-": "+",
    "*": "/",
    "/": "*",
}
KEYWORDS = {"and", "or", "anti", "semi", "left", "full", "distinct", "desc", "not", "all"}
FUNCTIONS = WORDS.keys() - KEYWORDS - {"true", "false", "exists"}


class Place(NamedTuple):
    file: str
    start: int
    end: int
    new: str


def places(root: Path, file: str) -> list[Place]:
    text = (root / file).read_text(encoding="utf-8")
    tokens = DuckDB().tokenize(text)
    found = []
    for number, token in enumerate(tokens):
        before = tokens[number - 1].text.lower() if number else ""
        after = tokens[number + 1].text if number + 1 < len(tokens) else ""
        new = _new(token, before, after, tokens, number)
        if new is not None:
            found.append(Place(file, token.start, token.end + 1, new))
    return found


def _new(token: Token, before: str, after: str, tokens: list[Token], number: int) -> str | None:
    word, kind = token.text.lower(), token.token_type.name
    if kind == "STRING":
        return None if before in ("on", "is") or not word else f"'{token.text}_'"
    if kind == "NUMBER":
        return str(int(word) + 1) if word.isdigit() else f"{float(word) * 2:g}"
    if word in SIGNS:
        is_star = word == "*" and (before in ("(", ",", "select", ".") or after == ")")
        return None if is_star else SIGNS[word]
    if word not in WORDS or kind == "IDENTIFIER" or before == ".":
        return None
    if word in FUNCTIONS and after != "(":
        return None
    if word == "count" and tokens[number + 2].text == "*":
        return None
    if word == "and" and any(
        t.text.lower() == "between" for t in tokens[max(0, number - 4) : number]
    ):
        return None
    if word == "all" and before != "union":  # GROUP BY ALL
        return None
    if word == "distinct" and before in ("is", "not"):
        return None
    if word == "exists" and before == "not":
        return None
    if word == "left" and after == "(":
        return None
    return WORDS[word]


def make(root: Path, place: Place) -> CodeChange | None:
    before = (root / place.file).read_text(encoding="utf-8")
    after = before[: place.start] + place.new + before[place.end :]
    if not place.new:
        after = before[: place.start] + re.sub(r"^ +", "", before[place.end :])
    return change(place.file, before, after) if _is_sql(after) else None


def _is_sql(text: str) -> bool:
    import duckdb

    try:
        duckdb.extract_statements(text)
    except duckdb.Error:
        return False
    return True
