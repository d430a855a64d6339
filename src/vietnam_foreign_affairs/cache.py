"""A small cache in the user's own folder: bounded, private, verified, never needed.

It keeps compiled rules, marks on what was found sound, and the database that is served: what
did not change is not read again. A text is found by the digest of all it depends on, and holds
the digest of itself: what is damaged is made anew. A folder that others may write to is no cache.
Nothing here may fail.
"""

from __future__ import annotations

import hashlib
import os
import stat
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
        import tempfile  # dear, and not needed where only the data are read

        if not (home := _home()):
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


def place(name: str) -> Path | None:
    """Where a file of that name may be kept, by a writer who sees to the rest; None for nowhere."""
    try:
        home = _home()
        return home / name if home else None
    except (OSError, RuntimeError):
        return None


def _home() -> Path | None:
    """The folder, made where it lacks; None where others may write to it."""
    home = folder()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return home if _is_private(home) else None


def _is_private(path: Path) -> bool:
    if not hasattr(os, "getuid"):
        return True  # on Windows a profile is its user's own
    found = path.lstat()
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == os.getuid()
        and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )
