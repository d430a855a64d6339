"""`vfa release`: write down what is published, so that no published fact changes in silence."""

from __future__ import annotations

from .. import atomic, ledger
from ..errors import PackageError
from ..package import Package
from .comparison import parts
from .corrections import published_version


def release(pkg: Package) -> str:
    """Write `published.csv` for the package as it is; what is now pending becomes history.

    Raises `PackageError` where the package is not valid, or its version is not a new one.
    """
    from ..database import connect
    from ..validation import validate

    if ledger.path_of(pkg).exists():
        last = published_version(pkg)
        if parts(pkg.version) <= parts(last):
            raise PackageError(
                f"release {last} is in the ledger already: "
                f"raise the version in datapackage.json above it, it is {pkg.version}"
            )
    report = validate(pkg)
    if not report.valid:
        raise PackageError(f"{report.to_text().splitlines()[-1]}; run vfa validate")
    text = ledger.text_of_release(pkg, connect(pkg))
    atomic.write({ledger.path_of(pkg): text.encode()})
    return pkg.version
