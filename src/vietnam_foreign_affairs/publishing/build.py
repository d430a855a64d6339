"""Build `dist/`: everything that users download, at once or not at all.

All is written to a new folder beside the target, and the two change places when it is complete: a
build that fails or is killed leaves the previous one whole. Nothing takes the time or the
machine into a file, so two builds of one commit give the same bytes.
"""

from __future__ import annotations

import copy
import platform
import shutil
import sqlite3
import sys
import zlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from ..atomic import put, workplace
from ..package import Package, PackageError
from .derived import published_views, write_derived
from .files import FLAT_SUMS, SUMS, all_tables, offered, rows, sha256, write_json
from .formats import FORMATS, PACKAGE_FORMAT
from .formats.duckdb_file import STORAGE
from .inputs import PINS, TEXTS, made_of
from .metadata import METADATA, PACKAGE_METADATA
from .sbom import SBOM, sbom
from .target import MANIFEST, real_target, refuse_strangers

WRITERS = ("pandas", "pyarrow", "sqlglot", "typst", "xlsxwriter")  # the bytes depend on them


def build(pkg: Package, output: Path, say: Callable[[str], None] | None = None) -> Path:
    """Write every output of a checkout to the folder `output`, and return it.

    A folder that an earlier build made is replaced; a link to one stays a link. Raises
    `PackageError`, before any work, for a folder that holds anything else, and for a package
    without its texts (one that was installed, not checked out).
    """
    output = Path(output).absolute()
    say = say or _progress
    target = real_target(output)
    refuse_strangers(pkg, target, output)
    if missing := [name for name in (*TEXTS, *PINS) if not (pkg.root / name).is_file()]:
        raise PackageError(f"a build needs the checkout; there is no {', '.join(missing)} here")
    target.parent.mkdir(parents=True, exist_ok=True)
    with workplace(target) as part:
        part.mkdir()
        published = _write_package(pkg, part, say)
        for format in FORMATS:
            say(f"writing {format.title}")
            format.write(published, part)
        for name, make in METADATA.items():
            say(f"writing {name}")
            _write_text(part / name, make(published, part))
        say(f"writing {SBOM}")
        _write_text(part / SBOM, sbom(pkg))
        _write_manifest(published, part, made_of(pkg))
        write_sums(part)
        put(part, target, lambda folder: refuse_strangers(pkg, folder, output))
    say(f"built {output}")
    return output


def _write_package(pkg: Package, out: Path, say: Callable[[str], None]) -> Package:
    """The data package itself: descriptor, tables, derived tables, schemas, SQL, texts."""
    from ..database import connect

    say("copying tables and schemas")
    for table in pkg.tables:
        resource = _resource(pkg, table.name)
        for name in (resource["path"], resource["schema"]):
            _copy(pkg.root / name, out / name)
    for path in sorted(pkg.sql.rglob("*.sql")):
        _copy(path, out / path.relative_to(pkg.root))
    for name in TEXTS:
        _copy(pkg.root / name, out / name)
    descriptor = copy.deepcopy(pkg.descriptor)
    descriptor["resources"] = [_resource(descriptor, table.name) for table in pkg.tables]
    con = connect(pkg)
    con.execute("SET threads = 1")  # sums of fractions depend on their order
    for derived in published_views(pkg):
        say(f"deriving {derived.name}")
        descriptor["resources"].append(write_derived(pkg, con, derived, out))
    write_json(out / "datapackage.json", descriptor)
    counts = {table.name: len(rows(table)) for table in all_tables(Package(out))}
    for resource in descriptor["resources"]:
        path = out / resource["path"]
        resource["bytes"] = path.stat().st_size
        resource["hash"] = f"sha256:{sha256(path)}"
        resource["rows"] = counts[resource["name"]]
    write_json(out / "datapackage.json", descriptor)
    published = Package(out)
    for name, make in PACKAGE_METADATA.items():
        _write_text(out / name, make(published, out))
    say(f"writing {PACKAGE_FORMAT.title}")
    PACKAGE_FORMAT.write(published, out)
    return published


def _write_manifest(pkg: Package, out: Path, made_of: str) -> None:
    import duckdb

    write_json(
        out / MANIFEST,
        {
            "package": pkg.name,
            "version": pkg.version,
            "created": pkg.descriptor["created"],
            "made_of": made_of,
            "made_with": {
                "python": platform.python_version(),
                "duckdb": duckdb.__version__,
                "duckdb_storage": STORAGE,
                "sqlite": sqlite3.sqlite_version,
                **{name: version(name) for name in WRITERS},
                "zlib": zlib.ZLIB_RUNTIME_VERSION,
            },
            "rows": {r["name"]: r["rows"] for r in pkg.descriptor["resources"]},
        },
    )


def write_sums(folder: Path) -> None:
    """SHA256SUMS of every other file, as `sha256sum --check` reads it, with folders and without."""
    flat = [f"{sha256(folder / path)}  {path.name}\n" for path in offered(folder)]
    _write_text(folder / FLAT_SUMS, "".join(flat))
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    lines = [f"{sha256(folder / name)}  {name}\n" for name in files if name != SUMS]
    _write_text(folder / SUMS, "".join(lines))


def _resource(pkg: Package | dict, name: str) -> dict:
    descriptor = pkg.descriptor if isinstance(pkg, Package) else pkg
    return next(r for r in descriptor["resources"] if r["name"] == name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _progress(line: str) -> None:
    """A line on the terminal; nothing where nobody looks."""
    if sys.stderr and sys.stderr.isatty():
        print(line, file=sys.stderr, flush=True)
