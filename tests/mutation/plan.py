"""Which corruptions a seed makes: every kind in turn, each time in another table."""

from __future__ import annotations

import random
from collections.abc import Iterator

from .kinds import Kind, load, mutant
from .original import Mutant, Original

ROW_GROUPS = ("cells", "text", "rows", "facts")


def kinds(*, new_rows: bool = False) -> list[Kind]:
    """All kinds, or those that can happen to a row that was never published."""
    return [
        kind
        for kind in load().values()
        if not new_rows or (kind.group in ROW_GROUPS and not kind.loses)
    ]


def draw(original: Original, seed: str, number: int, *, new_rows: bool = False) -> Iterator[Mutant]:
    """`number` different mutants; the same seed draws the same ones of the same package.

    Every kind is drawn once before one is drawn again; a kind goes through its tables in an order
    of its own, so that a longer run only adds mutants.
    """
    turns = []
    for kind in kinds(new_rows=new_rows):
        tables = kind.tables(original)
        random.Random(f"{seed}/{kind.name}").shuffle(tables)
        if tables:
            turns.append((kind, tables))
    random.Random(seed).shuffle(turns)
    seen: set[tuple[str, bytes | None]] = set()
    made, turn, idle = 0, 0, 0
    while made < number and idle < 3:
        before = made
        for kind, tables in turns:
            if made == number:
                return
            for step in range(len(tables)):  # where the kind can do nothing, the next table
                at = turn + step
                table = tables[at % len(tables)]
                key = f"{seed}/{kind.name}/{table or 'datapackage'}/{at // len(tables)}"
                found = mutant(original, kind, table, key)
                if found is None or (found.file, found.content) in seen:
                    continue
                seen.add((found.file, found.content))
                made += 1
                yield found
                break
        turn += 1
        idle = idle + 1 if made == before else 0
