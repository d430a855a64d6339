"""Texts and dates as ids have them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any


@lru_cache
def duckdb_function(name: str, gives: type, takes: Any = str) -> Callable[[Any], Any]:
    """A function of DuckDB on one value that Ibis does not know."""
    import ibis

    def function(value): ...

    function.__name__, function.__annotations__ = name, {"value": takes, "return": gives}
    return ibis.udf.scalar.builtin(function)


def without_marks(text: Any) -> Any:
    """A text in small letters without marks."""
    return duckdb_function("strip_accents", str)(text.lower()).replace("đ", "d")


def slug(text: Any) -> Any:
    """A text as ids have it: small letters without marks and figures, between them hyphens."""
    return without_marks(text).re_replace("[^a-z0-9]+", " ").strip().replace(" ", "-")


def day(t: Any, name: str) -> Any:
    """A date as far as it is known: 2025-03-10, 2025-03 or 2025."""
    known = t[f"{name}_precision"].cases(("year", 4), ("month", 7), else_=10)
    return t[name].cast("string").left(known)
