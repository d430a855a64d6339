"""CHANGELOG.md as data: what each version changed, and when it came out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ..package import Package
from ..visible import visible

_VERSION = re.compile(r"## (\d+\.\d+\.\d+\S*)(?: \((\d{4}-\d\d-\d\d)\))?\s*", re.A)


class Version(NamedTuple):
    """`day` is blank where the heading names none; `parts` are bullets by their heading."""

    version: str
    day: str
    parts: dict[str, list[str]]


def versions(pkg: Package) -> list[Version]:
    """The versions, latest first; the package's own is among them, with the day of its release."""
    path = pkg.root / "CHANGELOG.md"
    found = _read(path) if path.is_file() else []
    own = next((v for v in found if v.version == pkg.version), Version(pkg.version, "", {}))
    rest = [v for v in found if v is not own]
    return [own._replace(day=pkg.descriptor["created"][:10]), *rest]


def _read(path: Path) -> list[Version]:
    found: list[Version] = []
    bullets: list[str] | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := _VERSION.fullmatch(line):
            found.append(Version(match[1], match[2] or "", {}))
            bullets = None
        elif line.startswith("## "):
            bullets = None
        elif line.startswith("### ") and found:
            bullets = found[-1].parts.setdefault(visible(line[4:].strip()), [])
        elif line.startswith("- ") and bullets is not None:
            bullets.append(visible(line[2:].strip()))
        elif line.startswith("  ") and bullets:
            bullets[-1] += f" {visible(line.strip())}"
    return found
