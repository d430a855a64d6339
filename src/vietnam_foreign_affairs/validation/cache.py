"""A small cache in the user's own folder: bounded, private, verified, never needed.

It keeps compiled rules, and marks on what was found sound, so that what did not change is not read
again. A text is found by the digest of all that it depends on, and holds the digest of itself: what
is damaged is made anew. A folder that others may write to is no cache. Nothing here may fail.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

MOST_FILES = 1000  # of some hundred bytes, but for the compiled rules


def folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "vietnam-foreign-affairs"


def key_of(*parts: object) -> str:
    """The key of what depends on these parts only."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(str(part).encode() + b"\0")
    return digest.hexdigest()


@lru_cache
def code() -> str:
    """A digest of validation's own code and lists, and of the libraries that it runs on."""
    versions = [(n, version(n)) for n in ("duckdb", "ibis-framework", "pandera", "sqlglot")]
    here = Path(__file__).parent
    names = ("base_views.py", "database.py", "ledger.py", "sql.py", "views.py")
    files = [here.parent / name for name in names]
    files += [*here.rglob("*.py"), *here.rglob("*.json"), *here.rglob("*.csv")]
    return key_of(*versions, *((path.name, path.read_bytes()) for path in sorted(files)))


def get(kind: str, key: str) -> str | None:
    """The text of a kind kept under a key, or None."""
    try:
        path = folder() / f"{kind}-{key}"
        if not _is_private(path.parent):
            return None
        found, _, text = path.read_text(encoding="utf-8").partition("\n")
        if found != key_of(kind, key, text):
            path.unlink()
            return None
        os.utime(path)  # what is used stays longest
        return text
    except (OSError, ValueError, RuntimeError):
        return None


def put(kind: str, key: str, text: str = "") -> None:
    """Keep a text, and of all that is kept the latest only."""
    try:
        home = folder()
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_private(home):
            return
        with tempfile.NamedTemporaryFile("w", dir=home, delete=False, encoding="utf-8") as part:
            part.write(f"{key_of(kind, key, text)}\n{text}")
        os.replace(part.name, home / f"{kind}-{key}")
        if len(os.listdir(home)) > MOST_FILES * 1.2:
            latest = sorted(home.iterdir(), key=lambda p: p.stat().st_mtime, reverse=True)
            for path in latest[MOST_FILES:]:
                path.unlink()
    except (OSError, RuntimeError):
        pass  # a home that cannot be written costs time, nothing else


def _is_private(path: Path) -> bool:
    if not hasattr(os, "getuid"):
        return True  # on Windows a profile is its user's own
    found = path.lstat()
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == os.getuid()
        and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )
