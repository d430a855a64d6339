"""What several kinds of metadata say in the same words."""

from __future__ import annotations

import json
from typing import Any

from ...package import Package


def full_title(pkg: Package) -> str:
    return f"{pkg.descriptor['title']}: {pkg.descriptor['subtitle']}"


def authors(pkg: Package) -> list[str]:
    return [person["title"] for person in pkg.descriptor["contributors"]]


def day(pkg: Package) -> str:
    """The day of the release."""
    return pkg.descriptor["created"][:10]


def period(pkg: Package) -> tuple[str, str]:
    """The first and the last day that the tables of facts cover."""
    facts = [table.coverage for table in pkg.tables if table.role == "facts"]
    return min(c.starts_on for c in facts), max(c.ends_on for c in facts)


def to_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
