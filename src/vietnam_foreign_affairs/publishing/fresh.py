"""A build that is used again for as long as nothing that it is made of has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from ..package import Package
from .build import build
from .inputs import made_of
from .target import MANIFEST, is_whole


def fresh(pkg: Package, output: Path, say: Callable[[str], None] | None = None) -> Path:
    """The folder `output` with a build of the package as it is now; made anew where it is not.

    Raises `PackageError` as `build` does.
    """
    output = Path(output).absolute()
    if is_whole(pkg, output):
        manifest = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
        if manifest.get("made_of") == made_of(pkg):
            return output
    return build(pkg, output, say)
