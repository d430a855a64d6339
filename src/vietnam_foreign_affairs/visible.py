"""Text of strangers as a person can see it, on a terminal and in a message."""

from __future__ import annotations

# Marks and letters by their category, and yet nothing is drawn for them.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def visible(text: str, keep: str = "") -> str:
    """The text with everything that is not seen, or that moves what is seen, written as an escape:
    control, bidirectional, zero-width and unassigned characters, blanks other than the space.
    Characters in `keep` stay as they are.
    """
    return "".join(c if c in keep or _is_seen(c) else _escape(c) for c in text)


def _is_seen(c: str) -> bool:
    is_selector = "\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef"
    return c.isprintable() and c not in _BLANK and not is_selector


def _escape(c: str) -> str:
    return c.encode("unicode_escape").decode("ascii")
