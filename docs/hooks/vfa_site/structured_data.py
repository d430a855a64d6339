"""schema.org JSON-LD of a page: the data set, or a table, as the release has it."""

from __future__ import annotations

from pathlib import PurePosixPath

from markupsafe import Markup

from .escape import script_data
from .release import Release

CONTEXT = {"@context": "https://schema.org/"}


def of_page(release: Release, uri: str) -> Markup | None:
    """The JSON-LD of a page, or None."""
    path = PurePosixPath(uri)
    home = release.pkg.descriptor["homepage"]
    if uri in ("index.md", "vi/index.md"):
        node = release.nodes[home]
    elif path.parent.name == "tables":
        node = release.nodes.get(f"{home}tables/{path.stem}/")
    else:
        node = None
    return script_data(CONTEXT | node) if node else None
