"""SQL as text: names, values, and the words of a statement."""

from __future__ import annotations

import re


def quote(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """An SQL literal: numbers and booleans as they are, everything else as a string."""
    if isinstance(value, (bool, int, float)):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def words(sql: str) -> set[str]:
    """The names and keywords of an SQL text: what stands outside its literals and comments."""
    return set(re.findall(r"\w+", re.sub(r"'(?:[^']|'')*'|--[^\n]*", " ", sql)))
