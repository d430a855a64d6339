"""What a build is made of, so that one that is still fresh need not be made again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..package import Package

TEXTS = ("README.md", "CHANGELOG.md", "LICENSE", "LICENSE-DATA")
# What the bill of materials reads besides.
PINS = ("pyproject.toml", "scripts/vendor/package.json")
_PARTS = ("datapackage.json", *TEXTS, *PINS, "schemas", "scripts/sql", "tables")


def made_of(pkg: Package) -> str:
    """A digest of the package, its texts, this code and the database that runs it."""
    import duckdb

    code = Path(__file__).resolve().parents[1]
    files = [(f"code/{p.relative_to(code).as_posix()}", p) for p in sorted(code.rglob("*.py"))]
    for part in _PARTS:
        path = pkg.root / part
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        files += [(p.relative_to(pkg.root).as_posix(), p) for p in found]
    digest = hashlib.sha256(duckdb.__version__.encode())
    for name, path in files:
        if path.is_file():
            data = path.read_bytes()
            digest.update(f"\0{name}\0{len(data)}\0".encode() + data)
    return f"sha256:{digest.hexdigest()}"
