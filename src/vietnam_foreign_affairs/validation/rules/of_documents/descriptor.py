"""Rules on what the descriptor claims of the package: names, files, checks, coverage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ...documents import DESCRIPTOR, Document, Documents, Place
from ...report import Failure
from .. import Rule

NAMES = Rule(
    "names",
    "structure",
    "The package and its tables are called as their addresses and files are",
    "whoever finds a table by its name",
)
FILES = Rule(
    "files",
    "structure",
    "Every resource has its files, every file its resource, every check its line",
    "tables, schemas and checks that could be lost, or left over, unseen",
)
CLAIMS = Rule(
    "claims",
    "structure",
    "Coverage is in order, in the past, and complete only where it says of what",
    "claims of completeness",
)
# How the description of a complete coverage begins, and no other.
WHOLE = ("All ", "Every ", "Exactly ")


def check(docs: Documents) -> Iterator[Failure]:
    descriptor = docs.descriptor
    if descriptor is None:
        return
    yield from _names(docs, descriptor)
    yield from _files(docs, descriptor)
    yield from _checks(docs, descriptor)
    yield from _claims(docs, descriptor)


def _names(docs: Documents, descriptor: Document) -> Iterator[Failure]:
    name = descriptor.content["name"]
    for address in ("id", "homepage"):
        last = descriptor.content[address].rstrip("/").rpartition("/")[2]
        if last != name:
            message = f"the address ends in {last}, and the package is called {name}"
            yield descriptor.fail(
                NAMES.id, (address,), message, "let both agree", descriptor.content[address]
            )
    # Where the home is made of a repository on GitHub, that is the one.
    home = re.match(r"https://([^./]+)\.github\.io/([^/]+)", descriptor.content["homepage"])
    address = f"https://github.com/{home[1]}/{home[2]}" if home else descriptor.content["id"]
    if descriptor.content["id"] != address:
        message = "the id is not the repository of the homepage"
        yield descriptor.fail(
            NAMES.id, ("id",), message, f"write {address}", descriptor.content["id"]
        )
    for place, resource in docs.resources:
        folder = "derived" if resource["role"] == "derived" else "tables"
        right = {
            "path": f"{folder}/{resource['name']}.csv",
            "schema": f"schemas/{resource['name']}.json",
        }
        for key, value in right.items():
            if resource[key] != value:
                message = f"the table {resource['name']} has another file"
                yield descriptor.fail(
                    NAMES.id, (*place, key), message, f"write {value}", resource[key]
                )


def _files(docs: Documents, descriptor: Document) -> Iterator[Failure]:
    named = {resource[key] for _, resource in docs.resources for key in ("path", "schema")}
    for place, resource in docs.resources:
        # A missing table is told where it is read.
        if not (docs.root / resource["schema"]).exists():
            yield descriptor.fail(
                FILES.id, (*place, "schema"), "the file does not exist", "restore it",
                resource["schema"],
            )  # fmt: skip
    for file in files(docs.root):
        if file not in named:
            advice = f"remove it, or name it in {DESCRIPTOR} as a resource"
            yield Failure(FILES.id, "structure", "no resource names this file", advice, file)


def files(root: Path) -> list[str]:
    """What lies in the folders of tables and schemas, but for what programs hide there."""
    return [
        f"{folder}/{path.name}"
        for folder in ("tables", "derived", "schemas")
        if (root / folder).is_dir()
        for path in sorted((root / folder).iterdir())
        if not path.name.startswith((".", "~$"))
    ]


def check_files(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / "scripts" / "sql" / "checks").glob("*.sql"))


def _checks(docs: Documents, descriptor: Document) -> Iterator[Failure]:
    listed, there = descriptor.content["checks"], check_files(docs.root)
    for number, name in enumerate(listed):
        if name not in there:
            yield descriptor.fail(
                FILES.id, ("checks", number), "the check has no file any more",
                f"restore scripts/sql/checks/{name}.sql", name,
            )  # fmt: skip
    if unlisted := ", ".join(name for name in there if name not in listed):
        yield descriptor.fail(
            FILES.id, ("checks",), "there are checks in scripts/sql/checks that it does not list",
            f"add {unlisted}", unlisted,
        )  # fmt: skip


def _claims(docs: Documents, descriptor: Document) -> Iterator[Failure]:
    created = _day(descriptor.content["created"][:10])
    today = datetime.now(UTC).date()
    if created is None or created > today:
        message = "the day does not exist" if created is None else "the day is still to come"
        yield descriptor.fail(
            CLAIMS.id, ("created",), message, "write the day of the release",
            descriptor.content["created"],
        )  # fmt: skip
    for place, resource in docs.resources:
        coverage = resource["coverage"]
        for key, message, advice in _wrong(coverage, created or today):
            yield descriptor.fail(
                CLAIMS.id, (*place, "coverage", key), message, advice, coverage[key]
            )
        says_whole = coverage["description"].startswith(WHOLE)
        if resource["role"] != "derived" and says_whole != coverage["complete"]:
            yield descriptor.fail(
                CLAIMS.id, (*place, "coverage", "complete"),
                f"the table claims to be {'' if coverage['complete'] else 'in'}complete, and its "
                "coverage.description says otherwise",
                "begin the description of a complete table, and of no other, with All, Every or "
                "Exactly, and say of what",
                coverage["complete"],
            )  # fmt: skip


def _wrong(coverage: dict[str, Any], created: date) -> Iterator[tuple[str, str, str]]:
    """Key of the coverage, what is wrong with it, what would be right."""
    keys = ("from", "to", "last_checked", "complete_to")
    days = {key: _day(coverage[key]) for key in keys if key in coverage}
    if missing := [key for key, day in days.items() if day is None]:
        for key in missing:
            yield key, "the day does not exist", "write a day as YYYY-MM-DD"
        return
    first, last, checked, whole = (days.get(key) for key in keys)
    if first > checked:
        yield "from", "the coverage begins after its last check", "write the earlier day"
    if first > last:
        yield "to", "the coverage ends before it begins", "write the later day"
    if checked > created:
        message = f"the last check is later than the release, which was created on {created}"
        yield "last_checked", message, "write the day of the last check, or mend created"
    if whole and not first <= whole <= min(last, checked):
        message = "the table claims to be complete to a day outside of its coverage"
        yield "complete_to", message, "write a day between its beginning and its last check"
    if last.year != checked.year and str(last.year) not in coverage["description"]:
        message = "the coverage ends in another year than its last check, and its description not"
        yield "to", message, "write the day to which the table goes, or say why it ends there"
    if last > checked and coverage["complete"]:
        message = "the table claims to be complete beyond its last check"
        yield "to", message, "end on the day of the last check, or claim less"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def place_of(docs: Documents, table: str) -> Place:
    """The place of a table in the descriptor."""
    return next(place for place, resource in docs.resources if resource["name"] == table)
