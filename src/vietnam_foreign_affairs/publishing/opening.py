"""Open a package wherever it is: a folder, a zip of a release, or a tag of this repository."""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..package import Package, PackageError

_PARTS = ("datapackage.json", "tables", "schemas", "scripts/sql")


@contextmanager
def opened(where: str | Path) -> Iterator[Package]:
    """The package at `where`, unpacked for as long as it is used.

    Raises `PackageError` where there is none.
    """
    path = Path(where)
    if path.is_dir():
        yield Package(path)
        return
    with tempfile.TemporaryDirectory(prefix="vfa-") as folder:
        if path.is_file():
            _unpack(path, Path(folder), path.name)
        else:
            archive = Path(folder) / "revision.zip"
            _archive(str(where), archive)
            _unpack(archive, Path(folder) / "package", str(where))
            folder = str(Path(folder) / "package")
        yield Package(Path(folder))


def _unpack(path: Path, folder: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
    except zipfile.BadZipFile:
        raise PackageError(f"{name} is not a zip of the package") from None


def _archive(revision: str, target: Path) -> None:
    nothing = f"{revision} is neither a folder, nor a zip, nor a tag of this repository"
    if revision.startswith("-"):  # never an option of git
        raise PackageError(nothing)
    try:
        top = _git("rev-parse", "--show-toplevel").strip()
        _git("-C", top, "archive", "--format=zip", f"--output={target}", revision, *_PARTS)
    except FileNotFoundError:
        raise PackageError(f"{nothing} (git is not installed)") from None
    except subprocess.CalledProcessError as error:
        raise PackageError(f"{nothing} (git: {error.stderr.strip()})") from None


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=True)
    return done.stdout
