"""Mutation of the rules' own code: one operator, join, aggregate or constant, and who notices."""

from __future__ import annotations

from typing import NamedTuple


class CodeChange(NamedTuple):
    """One file with one change. `was` and `now` are the changed line before and after."""

    file: str
    text: str
    line: int
    was: str
    now: str

    @property
    def key(self) -> str:
        """What names the change, wherever its line moves to."""
        return f"{self.file}: {self.was} → {self.now}"


def change(file: str, before: str, after: str) -> CodeChange:
    old, new = before.splitlines(), after.splitlines()
    pairs = zip(old, new, strict=False)
    line = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)) - 1)
    return CodeChange(file, after, line + 1, old[line].strip(), new[line].strip())
