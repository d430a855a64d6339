"""Open a package wherever it is: a folder, a zip of a release, or a tag of this repository.

Whoever wrote it may be a stranger. So what is used is a copy of its own parts and of nothing else:
the descriptor, the schemas and tables that it names, and its SQL.
Each is an ordinary file, of a bounded size, from inside the package.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from typing import Protocol

from ..errors import PackageError
from ..inside import MOST_JSON, MOST_SQL, inside, parse_json, plain_path
from ..package import Package
from ..properties import get

MOST = 256 << 20  # bytes of all parts
RATIO = 100  # of all parts to their zip; CSV shrinks to a tenth
_PARTS = ("datapackage.json", "tables", "schemas", "scripts/sql")
_SQL = re.compile(r"scripts/sql/(macros|views|queries|checks)/\w+\.sql", re.ASCII)


@contextmanager
def opened(where: str | Path) -> Iterator[Package]:
    """A copy of the package at `where`, for as long as it is used.

    Raises `PackageError` where there is none, and for parts that are not what they must be.
    """
    path = Path(where)
    with tempfile.TemporaryDirectory(prefix="vfa-") as folder:
        copy = Path(folder) / "package"
        try:
            if _is(path, stat.S_ISDIR):
                _copy(_Folder(path), copy, MOST)
            elif _is(path, stat.S_ISREG):
                _unpack(path, copy)
            else:
                archive = Path(folder) / "revision.zip"
                _archive(str(where), archive)
                _unpack(archive, copy)
            package = Package(copy)
            _ = package.tables  # what is wrong with the package is said here, with its place
        except PackageError as error:
            words = str(error).replace(f"{copy}{os.sep}", "")
            raise PackageError(f"{where}: {words}") from None
        yield package


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    try:
        return kind(path.stat().st_mode)
    except (OSError, ValueError):
        return False


class _Source(Protocol):
    """Where the parts of a package come from."""

    def names(self) -> list[str]:
        """Files that may be SQL of the package."""

    def read(self, name: str, most: int) -> bytes | None:
        """The first `most` bytes of a file; none where there is no such file."""


def _copy(source: _Source, target: Path, most: int) -> None:
    """Write the parts of a package into `target`, of `most` bytes altogether."""
    descriptor = source.read("datapackage.json", MOST_JSON + 1)
    if descriptor is None:
        raise PackageError("datapackage.json does not exist")
    for name, bound in _parts(parse_json(descriptor, "datapackage.json"), source).items():
        bound = min(bound, most)
        data = source.read(name, bound + 1)
        if data is None:
            continue  # whoever needs it says so
        if len(data) > bound:
            raise PackageError(f"{name} has more than the {bound:,} bytes that it may have")
        if name.endswith(".sql") and not _is_text(data):
            raise PackageError(f"{name} is not UTF-8")
        most -= len(data)
        try:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(data)
        except OSError as error:
            raise PackageError(f"{name} cannot be copied: {error.strerror}") from None


def _parts(descriptor: dict, source: _Source) -> dict[str, int]:
    """The names of the parts, each with the bytes that it may have."""
    found = {name: MOST_SQL for name in source.names() if _SQL.fullmatch(name)}
    name = ""
    try:
        for resource in get(descriptor, "resources", list):
            name = f"resource {get(resource, 'name', str)}: "
            found[plain_path(get(resource, "path", str))] = get(resource, "bytes", int, MOST)
            found[plain_path(get(resource, "schema", str))] = MOST_JSON
    except PackageError as error:
        raise PackageError(f"datapackage.json: {name}{error}") from None
    return {**found, "datapackage.json": MOST_JSON}


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Folder:
    def __init__(self, root: Path):
        self.root = root

    def names(self) -> list[str]:
        found = sorted((self.root / "scripts/sql").glob("*/*.sql"))
        return [path.relative_to(self.root).as_posix() for path in found]

    def read(self, name: str, most: int) -> bytes | None:
        try:
            with inside(self.root, name).open("rb") as file:
                return file.read(most)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise PackageError(f"{name} cannot be read: {error.strerror}") from None


class _Zip:
    """A zip of the package, or of one folder with the package in it."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        self.members: dict[str, zipfile.ZipInfo] = {}
        for member in archive.infolist():
            if member.filename in self.members:
                raise PackageError(f"{member.filename} stands twice in the zip")
            self.members[member.filename] = member
        folders = [n[:-16] for n in self.members if re.fullmatch(r"[^/]+/datapackage\.json", n)]
        inner = len(folders) == 1 and "datapackage.json" not in self.members
        self.prefix = folders[0] if inner else ""

    def names(self) -> list[str]:
        return [name.removeprefix(self.prefix) for name in self.members]

    def read(self, name: str, most: int) -> bytes | None:
        member = self.members.get(self.prefix + name)
        if member is None:
            return None
        if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
            raise PackageError(f"{name} is not an ordinary file in the zip")
        with self.archive.open(member) as file:
            return file.read(most)


def _unpack(path: Path, target: Path) -> None:
    try:
        size = path.stat().st_size
        if size > MOST:
            raise PackageError(f"the zip has more than {MOST:,} bytes")
        with zipfile.ZipFile(path) as archive:
            _copy(_Zip(archive), target, min(MOST, RATIO * size))
    except zipfile.BadZipFile as error:
        raise PackageError(f"it is not a zip that can be read: {error}") from None
    except (
        *(EOFError, OSError, RuntimeError, ValueError, OverflowError),  # damaged, or encrypted
        *(struct.error, zlib.error, LZMAError),
    ) as error:
        raise PackageError(f"the zip cannot be read: {error}") from None


def _archive(revision: str, target: Path) -> None:
    nothing = "it is neither a folder, nor a zip, nor a tag of this repository"
    if revision.startswith("-"):  # never an option of git
        raise PackageError(nothing)
    try:
        top = _git("rev-parse", "--show-toplevel").strip()
        _git("-C", top, "archive", "--format=zip", f"--output={target}", revision, *_PARTS)
    except FileNotFoundError:
        raise PackageError(f"{nothing} (git is not installed)") from None
    except subprocess.CalledProcessError as error:
        raise PackageError(f"{nothing} (git: {error.stderr.strip()})") from None
    except (OSError, ValueError) as error:  # too long a word, or a NUL in it
        raise PackageError(f"{nothing} ({error})") from None


def _git(*words: str) -> str:
    done = subprocess.run(
        ["git", *words], capture_output=True, encoding="utf-8", errors="replace", check=True
    )
    return done.stdout
