"""Text of strangers as a person can see it, on a terminal and in a message."""

from __future__ import annotations

import re

_SUSPECTS = re.compile("[^ -~]")
# Marks and letters by their category, and yet nothing is drawn for them.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def visible(text: str, keep: str = "") -> str:
    """The text with everything that is not seen, or that moves what is seen, written as an escape:
    control, bidirectional, zero-width and unassigned characters, blanks other than the space.
    Characters in `keep` stay as they are.
    """

    def written(found: re.Match[str]) -> str:
        return found[0] if found[0] in keep or _is_seen(found[0]) else _escape(found[0])

    return _SUSPECTS.sub(written, text)


def _is_seen(c: str) -> bool:
    is_selector = "\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef"
    return c.isprintable() and c not in _BLANK and not is_selector


def _escape(c: str) -> str:
    # As JSON has it, so that in JSON the escape still means the same character.
    units = c.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))
