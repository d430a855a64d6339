"""Which folder a build may replace: one that holds what a build wrote, as it wrote it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from ..atomic import real_path
from ..package import Package, PackageError
from .files import SUMS, sha256

MANIFEST = "build.json"
_SHOWN = 5


def real_target(output: Path) -> Path:
    """The folder behind links. Raises `PackageError` for what can never be replaced."""
    try:
        target = real_path(output)
    except OSError as error:
        raise PackageError(f"{output} cannot be followed: {error.strerror}") from None
    if target.exists() and not target.is_dir():
        raise PackageError(f"{output} is not a folder")
    if _is_mount_point(target):
        raise PackageError(
            f"{output} is a mount point, and cannot be replaced: name a folder in it"
        )
    return target


def refuse_strangers(pkg: Package, folder: Path, output: Path) -> None:
    """Raise `PackageError` unless each file of a folder is one that a build of the package wrote.

    `output` is the name of that folder for the message.
    """
    found, is_made = _strangers(pkg, folder)
    if not found:
        return
    shown = ", ".join(sorted(found)[:_SHOWN])
    if len(found) > _SHOWN:
        shown += f" and {len(found) - _SHOWN} more"
    which = "made, or that were changed since" if is_made else "made"
    raise PackageError(f"{output} holds files that no build {which}: {shown}; name another folder")


def is_whole(pkg: Package, folder: Path) -> bool:
    """Whether a folder is what a build of the package wrote: all of it, and nothing else."""
    try:
        stated = _stated(pkg, folder)
        names = set(_names(folder)) if stated else set()
        return names == {*stated, SUMS} and all(_is_ours(folder, name, stated) for name in names)
    except OSError:
        return False


def _strangers(pkg: Package, folder: Path) -> tuple[list[str], bool]:
    """What no build wrote, and whether a build wrote anything there at all."""
    while (state := _state(folder)) is not None:
        stated = _stated(pkg, folder)
        try:
            names = _names(folder) if stated else os.listdir(folder)
            found = [name for name in names if not _is_ours(folder, name, stated)]
        except FileNotFoundError:
            continue
        if not found or _state(folder) == state:
            return found, bool(stated)
        # Another build put its own folder there while we looked.
    return [], False


def _state(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns


def _stated(pkg: Package, folder: Path) -> dict[str, str]:
    """Digests by name, as a build of this package wrote them down; none if none did."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
        is_ours = manifest["package"] == pkg.name
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines if is_ours)}


def _names(folder: Path) -> list[str]:
    """Everything in a folder but folders, which are only where files are."""

    def fail(error: OSError) -> None:
        raise error

    found = []
    for place, folders, files in os.walk(folder, onerror=fail):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        found += [Path(place, name).relative_to(folder).as_posix() for name in [*files, *links]]
    return found


def _is_ours(folder: Path, name: str, stated: dict[str, str]) -> bool:
    path = folder / name
    if not stated or path.is_symlink() or not path.is_file():
        return False
    if name == SUMS:
        return True
    return name in stated and sha256(path) == stated[name]


def _is_mount_point(path: Path) -> bool:
    if os.path.ismount(path):
        return True
    try:  # a folder that is mounted within its own file system looks like any other
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    points = {line.split(" ")[4] for line in lines.splitlines()}
    return str(path) in {re.sub(r"\\([0-7]{3})", lambda c: chr(int(c[1], 8)), p) for p in points}
