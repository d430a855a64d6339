"""The error that a person is told about, in one sentence."""

from __future__ import annotations

from .visible import visible


class PackageError(Exception):
    """A data package that cannot be read, or a name that it does not hold."""

    def __str__(self) -> str:
        # A message quotes names and values of the package, whoever wrote them.
        return visible(super().__str__(), keep="\n")
