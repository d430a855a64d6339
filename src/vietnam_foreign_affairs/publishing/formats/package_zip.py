"""The data package as a zip that tools open as it is: datapackage.json stands at the top."""

from __future__ import annotations

import zipfile
from pathlib import Path

from ...package import Package
from ..files import created

FILE = "{name}-{version}.zip"


def write(pkg: Package, out: Path) -> None:
    """Zip all that the folder holds so far: the package is written first, other formats later."""
    target = out / FILE.format(name=pkg.name, version=pkg.version)
    files = sorted(p for p in out.rglob("*") if p.is_file() and p != target)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files:
            info = zipfile.ZipInfo(path.relative_to(out).as_posix(), created(pkg).timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            info.create_system = 3  # Unix, wherever it is made
            archive.writestr(info, path.read_bytes())
