"""Validation: a package passes each step of `steps/` once, forward; what comes out is failures.

Every failure names file, line, row, column, value and rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..package import Package
from .report import Report

if TYPE_CHECKING:
    from .rules import Rule


def catalogue(pkg: Package) -> list[Rule]:
    """Every rule there is, as `Rule(id, level, title, protects)`."""
    from .rules import catalogue

    return catalogue(pkg)


def validate(
    pkg: Package,
    *,
    quick: bool = False,
    seconds: float | None = None,
    megabytes: int | None = None,
) -> Report:
    """Check a package against every rule; `quick` leaves out the second opinion of frictionless.

    `seconds` is what SQL that the package brings may take in all (300), `megabytes` the memory of
    the database (400), which then spills to disk.

    Raises `PackageError` where the descriptor itself cannot be read; everything else is reported.
    Tables are read only where the descriptor and the schemas allow it.
    """
    from . import second_opinion
    from .rules import catalogue
    from .state import MEGABYTES, SECONDS, State
    from .steps import FIRST, STEPS

    with State.of(pkg, seconds or SECONDS, megabytes or MEGABYTES) as state:
        state.failures += FIRST(state)
        if not state.is_halted:
            with second_opinion.beside(pkg, wanted=not quick) as opinion:
                for check in STEPS:
                    state.failures += check(state)
                state.failures += second_opinion.news(opinion, state.failures)
        return Report(
            pkg.name,
            pkg.version,
            state.rows,
            len(catalogue(pkg)),
            state.failures,
            state.known,
            state.unlisted,
            state.unread(),
        )
