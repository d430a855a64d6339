"""Build and serve the site: MkDocs with the configuration of this checkout.

The site's own code is in `docs/hooks`; this module only calls MkDocs, and only when asked to.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from .package import Package, PackageError


def build(pkg: Package, target: Path | None = None) -> int:
    """Build the site into `target` (`site/` by default); the exit status of MkDocs."""
    folder = ["--site-dir", str(target.resolve())] if target else []
    return _mkdocs(pkg, "build", "--strict", "--clean", *folder)


def serve(pkg: Package, address: str = "127.0.0.1:8000") -> int:
    """Serve the site while it is edited, until interrupted."""
    watched = [arg for name in ("tables", "schemas", "scripts/sql") for arg in ("--watch", name)]
    return _mkdocs(pkg, "serve", "--dev-addr", address, *watched)


def _mkdocs(pkg: Package, *arguments: str) -> int:
    if not (pkg.root / "mkdocs.yml").is_file():
        raise PackageError("the site is built from a checkout: mkdocs.yml is not here")
    if find_spec("mkdocs") is None:
        raise PackageError("the site needs MkDocs: pip install -r requirements/docs.txt")
    # Material announces at every start that MkDocs 2 will not do; the version is pinned.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    try:
        return subprocess.run(command, cwd=pkg.root, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0
