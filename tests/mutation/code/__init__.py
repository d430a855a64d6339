"""Mutation of the rules' own code: one operator, join, aggregate or constant, and who notices."""

from __future__ import annotations

from typing import NamedTuple


class CodeChange(NamedTuple):
    """One file with one change. `was` and `now` are the changed line before and after.

    `number` counts the lines that read as this one did, up to it.
    """

    file: str
    text: str
    line: int
    was: str
    now: str
    number: int = 1

    @property
    def key(self) -> str:
        """What names the change, wherever its line moves to."""
        which = f" ({self.number})" if self.number > 1 else ""
        return f"{self.file}: {self.was} → {self.now}{which}"


def change(file: str, before: str, after: str) -> CodeChange:
    old, new = before.splitlines(), after.splitlines()
    pairs = zip(old, new, strict=False)
    line = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)) - 1)
    number = old[: line + 1].count(old[line])
    return CodeChange(file, after, line + 1, old[line].strip(), new[line].strip(), number)
