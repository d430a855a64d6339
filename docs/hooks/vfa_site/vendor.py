"""Vendored browser assets are what their sums say, or there is no build."""

from __future__ import annotations

import hashlib
from pathlib import Path


def check(folder: Path) -> None:
    """Raise `ValueError` for a file that is missing, changed or not listed in SHA256SUMS."""
    listed = {}
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        listed[name] = digest
    for name, digest in listed.items():
        file = folder / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            raise ValueError(f"{file} is not what SHA256SUMS says; run scripts/vendor/refresh")
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    if extra := found - listed.keys() - {"SHA256SUMS"}:
        raise ValueError(f"not listed in {folder}/SHA256SUMS: {', '.join(sorted(extra))}")
