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
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        # Folders have entries too: some readers make no folder that has none.
        for path in sorted(p for p in out.rglob("*") if p != target):
            name = path.relative_to(out).as_posix() + ("/" if path.is_dir() else "")
            info = zipfile.ZipInfo(name, created(pkg).timetuple()[:6])
            info.create_system = 3  # Unix, wherever it is made
            if path.is_dir():
                info.external_attr = 0o40755 << 16 | 0x10
                archive.writestr(info, b"")
            else:
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o100644 << 16
                archive.writestr(info, path.read_bytes())
