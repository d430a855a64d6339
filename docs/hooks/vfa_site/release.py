"""The release that the site carries: built if it is not there, described on pages, copied whole."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from vietnam_foreign_affairs.package import Package
from vietnam_foreign_affairs.publishing import addresses
from vietnam_foreign_affairs.publishing.files import FLAT_SUMS, all_tables, offered
from vietnam_foreign_affairs.publishing.fresh import fresh
from vietnam_foreign_affairs.publishing.metadata.common import Download, downloads, downloads_of
from vietnam_foreign_affairs.publishing.sbom import SBOM

from .render import Renderer

FOLDER = "release"


class Release:
    """The build in `dist/`, which is made anew where it is not of this package."""

    def __init__(self, pkg: Package):
        self.build = fresh(pkg, pkg.root / "dist")
        self.pkg = Package(self.build)

    @cached_property
    def nodes(self) -> dict[str, dict[str, Any]]:
        """What the release says in schema.org's terms, by address."""
        text = (self.build / "schema-org.jsonld").read_text(encoding="utf-8")
        return {node["@id"]: node for node in json.loads(text)["@graph"]}

    def add_fragments(self, renderer: Renderer) -> None:
        def whole(_: str, root: str) -> str:
            files = downloads(self.pkg, self.build)
            return renderer.fragment("downloads.html.j2", files=files, place=self.place, root=root)

        def tables(_: str, root: str) -> str:
            found = [(t, downloads_of(self.pkg, t, self.build)) for t in all_tables(self.pkg)]
            return renderer.fragment(
                "table_downloads.html.j2", tables=found, place=self.place, rows=self.rows, root=root
            )

        def others(_: str, root: str) -> str:
            tables = (downloads_of(self.pkg, t, self.build) for t in all_tables(self.pkg))
            known = {f.path for files in (downloads(self.pkg, self.build), *tables) for f in files}
            paths = (self.build / path for path in offered(self.build))
            files = [Download(path.name, path, "", "") for path in paths if path not in known]
            return renderer.fragment("downloads.html.j2", files=files, place=self.place, root=root)

        def sums(_: str, root: str) -> str:
            text = (self.build / FLAT_SUMS).read_text(encoding="utf-8")
            return renderer.fragment("sums.html.j2", sums=text)

        def parts(_: str, root: str) -> str:
            return renderer.fragment("parts.html.j2", parts=self.parts)

        renderer.fragments |= {
            "downloads": whole,
            "other_downloads": others,
            "table_downloads": tables,
            "sums": sums,
            "parts": parts,
        }

    @cached_property
    def parts(self) -> list[dict[str, str]]:
        """What others wrote of that which is shipped."""
        text = (self.build / SBOM).read_text(encoding="utf-8")
        return [
            {
                "name": "/".join(filter(None, (part.get("group"), part["name"]))),
                "version": part.get("version", ""),
                "licence": ", ".join(map(_licence, part.get("licenses", ()))),
                "words": part["description"],
            }
            for part in json.loads(text)["components"]
        ]

    @property
    def rows(self) -> dict[str, int]:
        return {r["name"]: r["rows"] for r in self.pkg.descriptor["resources"]}

    def place(self, file: Download) -> str:
        """Where a file is in the folder of the release, under its name without the version."""
        path = file.path.relative_to(self.build).as_posix()
        return path.replace(f"-{self.pkg.version}", "")

    def write(self, site: Path) -> None:
        addresses.write(self.build, site / FOLDER)


def _licence(entry: dict[str, Any]) -> str:
    licence = entry.get("license", {})
    return entry.get("expression") or licence.get("id") or licence.get("name", "")
