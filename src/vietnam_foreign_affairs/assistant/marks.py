"""Where an answer is less exact than its cells look.

Where a row carries its qualifier or precision, or its key, the cell is known. Where SQL dropped
them, a cell that equals an uncertain one of a table that was read may be it: a date is shown as the
shorter one, which is true of both; of a figure, the note says what it may be.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .. import precision

FIGURES = ("value", "stated", "people", "recorded")  # columns of figures as they were stated
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})( 00:00:00)?")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Uncertain(NamedTuple):
    """A cell that is less exact than it looks: `word` is its qualifier, or its date's precision."""

    table: str
    row_id: str
    word: str
    phrase: str | None


Known = dict[object, list[Uncertain]]  # by the figure, or the date as text
Named = list[tuple[str, str]]  # rows of tables that a row of an answer names by their keys


class Marks:
    """Shows rows as exactly as they are known, and collects the notes on them."""

    def __init__(self, uncertain: Known, read: set[str]):
        self.notes: dict[str, None] = {}
        self._uncertain = uncertain
        self._read = read
        cells = (c for value, found in uncertain.items() for c in found if _is_number(value))
        if qualifiers := sorted({_spoken(c.word) for c in cells if c.table in read}):
            self.note(
                f"figures read here are {', '.join(qualifiers)}: no sum, mean or share of them is "
                "exact, and none may be quoted without its qualifier"
            )

    def note(self, text: str) -> None:
        self.notes[text] = None

    def shown(self, row: dict[str, Any], named: Named) -> dict[str, Any]:
        """The cells of a row as exactly as they are known."""
        return {column: self._cell(column, value, row, named) for column, value in row.items()}

    def _cell(self, column: str, value: Any, row: dict[str, Any], named: Named) -> Any:
        if isinstance(value, list):
            return [self._cell(column, part, row, named) for part in value]
        if isinstance(value, str) and (found := _DAY.fullmatch(value)):
            return self._day(column, found[1], row, named)
        if _is_number(value):
            return self._figure(column, value, row, named)
        if isinstance(value, str) and column.startswith(FIGURES) and _NUMBER.fullmatch(value):
            figure = self._figure(column, float(value), row, named)
            return figure if isinstance(figure, str) else value
        return value

    def _day(self, column: str, text: str, row: dict[str, Any], named: Named) -> str:
        known = row.get(f"{column}_precision")
        if known not in precision.LENGTHS:
            found = {cell.word for cell in self._may_be(text, named)}
            known = next((word for word in precision.LENGTHS if word in found), "day")
        if known == "day":
            return text
        short = text[: precision.LENGTHS[known]]
        self.note(f"{short} in {column} is known to the {known} only: name no day")
        return short

    def _figure(self, column: str, value: float, row: dict[str, Any], named: Named) -> Any:
        said = {v for c, v in row.items() if c.endswith(("qualifier", "quality"))}
        found = [c for c in self._may_be(value, named) if not said or c.word in said]
        texts: dict[str, None] = {}
        for cell in found:
            text = str(precision.figure(value, cell.word))
            texts[text] = None
            phrase = f", in the source: {cell.phrase}" if cell.phrase else ""
            self.note(f"{column}: {text} ({cell.table} {cell.row_id}{phrase})")
        if found and (said or column.startswith(FIGURES)):
            return " / ".join(texts)
        return value

    def _may_be(self, value: object, named: Named) -> list[Uncertain]:
        """The uncertain cells that a cell may come from."""
        ids = dict(named)
        return [
            cell
            for cell in self._uncertain.get(value, ())
            if ids.get(cell.table, cell.row_id) == cell.row_id
            and (cell.table in self._read or cell.table in ids)
        ]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _spoken(word: str) -> str:
    return word.replace("_", " ")
