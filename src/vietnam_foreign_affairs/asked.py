"""Which package a path means, and which file of it is asked about."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from .errors import PackageError
from .package import Package, package


@contextmanager
def asked(path: Path | None) -> Iterator[tuple[Package, str, str]]:
    """The package, the file of it that alone is asked about (blank for all), and a word on it.

    A folder, its `datapackage.json`, a zip, or a CSV file; a CSV file without a package around it
    is taken in place of the table of its name in this package. Raises `PackageError` for others.
    """
    if path is None:
        yield package(), "", ""
    elif path.is_dir():
        yield Package(path), "", ""
    elif not path.exists():
        raise PackageError(f"{path} does not exist")
    elif path.name == "datapackage.json":
        yield Package(path.parent), "", ""
    elif path.suffix.lower() == ".zip":
        from .publishing.opening import opened

        with opened(path) as pkg:
            yield pkg, "", ""
    elif path.suffix.lower() == ".csv":
        with _around(path.resolve()) as found:
            yield found
    else:
        raise PackageError(f"{path} is neither a package folder, nor a zip, nor a CSV file")


@contextmanager
def _around(path: Path) -> Iterator[tuple[Package, str, str]]:
    for root in path.parents:
        if (root / "datapackage.json").is_file():
            pkg = Package(root)
            file = shown(path, root)
            known = [shown(table.path.resolve(), root) for table in pkg.tables]
            if file not in known:
                raise PackageError(f"{file} is the file of no table; they are {', '.join(known)}")
            yield pkg, file, ""
            return
    own = package()
    table = next((table for table in own.tables if table.path.name == path.name), None)
    if table is None:
        raise PackageError(f"{path} has no datapackage.json around it, and no table has its name")
    with tempfile.TemporaryDirectory(prefix="vfa-") as folder:
        copy = Path(folder)
        for each in own.tables:
            target = copy / each.path.relative_to(own.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path if each == table else each.path, target)
        for part in ("schemas", "scripts/sql"):
            shutil.copytree(own.root / part, copy / part)
        shutil.copy(own.root / "datapackage.json", copy)
        words = f"{path} has no package around it: checked as {table.name} of {own.version}"
        yield Package(copy), shown(table.path, own.root), words


def shown(path: PurePath, root: PurePath) -> str:
    """A path below a folder as it is compared and shown, on every system."""
    return path.relative_to(root).as_posix()
