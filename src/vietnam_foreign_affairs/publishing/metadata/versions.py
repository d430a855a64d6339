"""versions.json: every version, when it came out, what it changed, where its files and sums are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...package import Package
from ..changelog import Version
from ..changelog import versions as changelog
from ..files import SUMS, download_url, offered, release_page, sha256
from .common import to_json


def versions(pkg: Package, folder: Path) -> str:
    """The latest version with each file; earlier ones with the address of their sums."""
    known = [_version(pkg, version) for version in changelog(pkg)]
    home = pkg.descriptor["homepage"]
    known[0]["files"] = [
        {
            "path": path.as_posix(),
            "url": f"{home}release/{path.as_posix()}",
            "archived": download_url(pkg, path),
            "bytes": (folder / path).stat().st_size,
            "sha256": sha256(folder / path),
        }
        for path in offered(folder)
    ]
    return to_json({"package": pkg.name, "latest": pkg.version, "versions": known})


def _version(pkg: Package, version: Version) -> dict[str, Any]:
    return {
        "version": version.version,
        "date": version.day or None,
        "page": release_page(pkg, version.version),
        "sums": download_url(pkg, SUMS, version.version),
        "changes": version.parts,
    }
