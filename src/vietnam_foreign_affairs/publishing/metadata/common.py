"""What several kinds of metadata say in the same words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from ...package import Package, Table
from .. import reach
from ..files import download_url, sha256


class Download(NamedTuple):
    """A file of a release as catalogues list it; `media_type` is blank where none is registered."""

    title: str
    path: Path
    media_type: str
    url: str

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def sha256(self) -> str:
        return sha256(self.path)


def downloads(pkg: Package, folder: Path) -> list[Download]:
    """The files that hold the whole package."""
    from ..formats import WHOLE

    return [
        Download(f.title, folder / f.file_of(pkg), f.media_type, download_url(pkg, f.file_of(pkg)))
        for f in WHOLE
    ]


def downloads_of(pkg: Package, table: Table, folder: Path) -> list[Download]:
    """The files that hold one table."""
    from ..formats import FORMATS

    found = [Download("CSV", table.path, "text/csv", download_url(pkg, table.path))]
    for format in FORMATS:
        if "{table}" in format.file:
            path = folder / format.file_of(pkg, table.name)
            if path.is_file():
                url = download_url(pkg, path)
                found.append(Download(format.title, path, format.media_type, url))
    return found


def full_title(pkg: Package) -> str:
    return f"{pkg.descriptor['title']}: {pkg.descriptor['subtitle']}"


def authors(pkg: Package) -> list[str]:
    return [person["title"] for person in pkg.descriptor["contributors"]]


def day(pkg: Package) -> str:
    """The day of the release."""
    return pkg.descriptor["created"][:10]


def page(pkg: Package, table: Table) -> str:
    """Where the site shows a table: its page, or the place of its view."""
    home, name = pkg.descriptor["homepage"], quote(table.name, safe="")
    return f"{home}reference/views/#{name}" if table.role == "derived" else f"{home}tables/{name}/"


def row_address(pkg: Package, table: Table) -> str:
    """The address of a row on the site, which is its IRI, as a URI template over the columns."""
    key = "/".join(f"{{{name}}}" for name in table.primary_key)
    return page(pkg, table) + ("/" if table.role == "derived" else "#") + key


def field_address(pkg: Package, table: Table, name: str) -> str:
    """The address of a column's description, which is the IRI of the property."""
    place = page(pkg, table)
    return f"{place}/{name}" if table.role == "derived" else f"{place}#field-{name}"


def covered(pkg: Package, table: Table) -> tuple[str, str]:
    """The first and the last day that a table's rows state, up to the day of the release.

    What the descriptor claims, where the table has no dates and no years.
    """
    claimed = table.coverage.starts_on, min(table.coverage.ends_on, day(pkg))
    return _stated(pkg, table) or claimed


def period(pkg: Package) -> tuple[str, str]:
    """The first and the last day of the facts: of tables that claim to be complete, if there are.

    A birthday of 1890 or a target for 2045 is a fact, and makes no record of the years between.
    """
    facts = [table for table in pkg.tables if table.role == "facts"]
    dated = [(table, days) for table in facts if (days := _stated(pkg, table))]
    complete = [days for table, days in dated if table.coverage.complete]
    days = complete or [days for _, days in dated] or [covered(pkg, table) for table in facts]
    return min(first for first, _ in days), max(last for _, last in days)


def _stated(pkg: Package, table: Table) -> tuple[str, str] | None:
    import duckdb

    from ...database import scan_sql

    columns = [f.name for f in table.fields if f.type == "date" or f.name == reach.YEAR]
    with duckdb.connect() as con:
        return reach.stated(con, scan_sql(table), columns, day(pkg))


def to_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
