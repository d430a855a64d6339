"""Build and serve the site: MkDocs with the configuration of this checkout.

The site's own code is in `docs/hooks`; this module only calls MkDocs, and only when asked to. A
site is built beside the old one and takes its place when it is complete: a build that fails, is
interrupted or killed leaves the old one whole.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from . import atomic
from .package import Package, PackageError

SUMS = "SHA256SUMS"
INTERRUPTED = 130
# MkDocs in a process of its own, which ends with this one whatever ends it: its standard input is
# a pipe from here. The folder it stands in holds no modules.
_MKDOCS = """
import os, sys, threading
sys.path = [path for path in sys.path if path]
def watch():
    while os.read(0, 1): pass
    os._exit(1)
threading.Thread(target=watch, daemon=True).start()
from mkdocs.__main__ import cli
cli(prog_name="mkdocs")
"""


def build(pkg: Package, target: Path | None = None) -> int:
    """Build the site into `target` (`site/` by default); the exit status of MkDocs, or 130.

    Raises `PackageError` for a target that holds anything but a site that was built here.
    """
    _check_checkout(pkg)
    target = Path(target or pkg.root / "site").resolve()
    _check_target(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with atomic.workplace(target) as new:
            status = _mkdocs(pkg, "build", "--strict", "--site-dir", str(new))
            if status == 0:
                atomic.put(new, target, _check_target)
            return status
    except KeyboardInterrupt:
        print("interrupted: the site is as it was", file=sys.stderr)
        return INTERRUPTED


def serve(pkg: Package, address: str = "127.0.0.1:8000") -> int:
    """Serve the site while it is edited, until interrupted."""
    _check_checkout(pkg)
    watched = [arg for name in ("tables", "schemas", "scripts/sql") for arg in ("--watch", name)]
    try:
        return _mkdocs(pkg, "serve", "--dev-addr", address, *watched)
    except KeyboardInterrupt:
        return 0


def write_sums(site: Path) -> None:
    """Say of a site which files were built, so that nothing else is ever replaced."""
    lines = [f"{_sum(path)}  {name}\n" for name, path in _files(site) if name != SUMS]
    (site / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _check_target(target: Path) -> None:
    if not os.path.lexists(target):
        return
    if target.is_symlink() or not target.is_dir():
        raise PackageError(f"{target} is not a folder")
    if target.is_mount():
        raise PackageError(f"{target} is a mount point, which cannot be replaced; name a folder")
    sums = target / SUMS
    lines = sums.read_text(encoding="utf-8").splitlines() if sums.is_file() else []
    known = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    strangers = [name for name, path in _files(target) if _sum(path) != known.get(name, "")]
    strangers = [name for name in strangers if name != SUMS or not known]
    if strangers:
        some = ", ".join(strangers[:5]) + (", and others" if len(strangers) > 5 else "")
        raise PackageError(
            f"{target} holds what no build of the site made: {some}; "
            "move it away, or name another folder"
        )


def _files(folder: Path) -> list[tuple[str, Path]]:
    """Everything below a folder that is no folder, with its name from there, in order."""
    found = []
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        found += [Path(place, name) for name in (*files, *links)]
    return sorted((path.relative_to(folder).as_posix(), path) for path in found)


def _sum(path: Path) -> str | None:
    """None for what no build makes: links, pipes, devices."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_checkout(pkg: Package) -> None:
    if not (pkg.root / "mkdocs.yml").is_file():
        raise PackageError("the site is built from a checkout: mkdocs.yml is not here")
    if find_spec("mkdocs") is None:
        raise PackageError("the site needs MkDocs: pip install -r requirements/docs.txt")


def _mkdocs(pkg: Package, *arguments: str) -> int:
    # Material announces at every start that MkDocs 2 will not do; the version is pinned.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-c", _MKDOCS, *arguments]
    with subprocess.Popen(command, cwd=pkg.root, env=environment, stdin=subprocess.PIPE) as process:
        try:
            return process.wait()
        except BaseException:
            with suppress(subprocess.TimeoutExpired):  # Ctrl-C went to it too: it tidies up
                process.wait(timeout=1)
            process.kill()
            raise
