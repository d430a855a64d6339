"""Properties of a descriptor or a schema, each of the kind that it must be."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from .errors import PackageError

_WORDS = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    list: "a list",
    (str, list): "a list of names",
    (str, int, float): "a value",
}


def get(of: Any, name: str, kind: Any, *default: Any) -> Any:
    """A property of an object of the JSON; raises `PackageError` if it is not of that kind."""
    if not isinstance(of, dict):
        raise PackageError(f"{of!r:.60} stands where an object must")
    if name not in of:
        if default:
            return default[0]
        raise PackageError(f"{of['name']!r} lacks {name!r}" if "name" in of else f"lacks {name!r}")
    value = of[name]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise PackageError(f"{name!r} is {value!r:.60}, not {_WORDS.get(kind, 'an object')}")
    return value


def texts(of: Any, name: str) -> tuple[str, ...]:
    """One name or several; the standard allows both."""
    value = get(of, name, (str, list))
    names = [value] if isinstance(value, str) else value
    if not names or not all(isinstance(n, str) for n in names):
        raise PackageError(f"{name!r} is {value!r:.60}, not a list of names")
    return tuple(names)


def first(values: list[Any], name: str) -> Any:
    if not values:
        raise PackageError(f"{name!r} is empty")
    return values[0]


def day(of: dict[str, Any], name: str) -> str:
    text = get(of, name, str)
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise PackageError(f"{name!r} is {text!r:.60}, not a day as YYYY-MM-DD")


def no_twice(names: list[str], what: str) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise PackageError(f"two {what}s have the name {name!r}")
