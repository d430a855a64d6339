"""Files that a data package names: inside its folder, ordinary, of a bounded size.

Whoever wrote the package may be a stranger, so this is asked before a file is opened.
"""

from __future__ import annotations

import json
import re
import stat
from collections import Counter
from pathlib import Path
from typing import Any

from .errors import PackageError

MOST_JSON = 4 << 20  # bytes of a descriptor or a schema
MOST_SQL = 1 << 20  # bytes of a file of SQL
MOST_TABLE = 1 << 30  # bytes of a table
# What a path could mean elsewhere: another drive, an address, many files at once, a device.
_NOT_PLAIN = re.compile(r"[\\:*?\[\]\x00-\x1f\x7f]|(?i:(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$))")


def plain_path(name: Any) -> str:
    """A path that can only mean a file below the folder that it is put to.

    Raises `PackageError` for everything else: absolute, with `..`, an address, a pattern.
    """
    if not isinstance(name, str) or not name:
        raise PackageError(f"the path {name!r:.80} is not the name of a file")
    if "://" in name:
        raise PackageError(f"the path {name!r:.80} is an address, and nothing is fetched")
    if name.startswith(("/", "~")) or ".." in name.split("/") or _NOT_PLAIN.search(name):
        raise PackageError(f"the path {name!r:.80} is not the plain relative path of one file")
    return name


def inside(root: Path, name: Any, most: int = MOST_TABLE) -> Path:
    """The file of that name below the folder `root`; it may be missing.

    Raises `PackageError` for a path that leads out of the folder, symbolic links followed, and for
    what is no ordinary file (a folder, a device, a pipe) or has more than `most` bytes.
    """
    path = root / plain_path(name)
    try:
        real = path.resolve()
        if not real.is_relative_to(root.resolve()):
            raise PackageError(f"the path {name!r:.80} leads out of the package")
        found = real.stat()
    except (FileNotFoundError, NotADirectoryError):
        return path
    except (OSError, RuntimeError, ValueError):  # too long, a loop of links, not permitted
        raise PackageError(f"the path {name!r:.80} cannot be followed") from None
    if not stat.S_ISREG(found.st_mode):
        raise PackageError(f"the path {name!r:.80} is not an ordinary file")
    if found.st_size > most:
        raise PackageError(
            f"the path {name!r:.80} has {found.st_size:,} bytes, of {most:,} at most"
        )
    return path


def read_json(root: Path, name: Any, shown: object = None) -> dict[str, Any]:
    """The JSON object in a file below `root`; `shown` is what messages call it.

    Raises `PackageError` where it is not there, or is anything but one plain JSON object.
    """
    shown = shown or name
    return parse_json(_read(inside(root, name, MOST_JSON), shown), shown)


def read_sql(root: Path, name: Any) -> str:
    """The text of a file of SQL below `root`; raises `PackageError` where it is none."""
    try:
        return _read(inside(root, name, MOST_SQL), name).decode("utf-8")
    except UnicodeDecodeError:
        raise PackageError(f"{name} is not UTF-8") from None


def _read(path: Path, shown: object) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise PackageError(f"{shown} does not exist") from None
    except OSError as error:
        raise PackageError(f"{shown} cannot be read: {error.strerror}") from None


def parse_json(data: bytes, shown: object) -> dict[str, Any]:
    """The JSON object in `data`; raises `PackageError` for anything else, and says why."""
    try:
        content = json.loads(
            data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number
        )
        # A half of a pair of surrogates is no text: it could not be shown, or written again.
        json.dumps(content, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except RecursionError:
        raise PackageError(f"{shown} is nested too deeply") from None
    except _TwiceError as error:
        raise PackageError(f"{shown}: the key {error} stands twice in one object") from None
    except ValueError as error:
        raise PackageError(f"{shown} is not JSON: {str(error)[:200]}") from None
    if not isinstance(content, dict):
        raise PackageError(f"{shown} is not a JSON object")
    return content


class _TwiceError(Exception):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _TwiceError(repr(counts.most_common(1)[0][0]))
    return found


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")
