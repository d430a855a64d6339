"""The way to standard output and standard error, for every command.

What a cell holds may be written by a stranger: on a terminal, and in text for people, characters
that steer it or that nobody sees are written out. CSV and JSON in a pipe or a file stay exact.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import TextIO

from .errors import PackageError
from .visible import visible

_BOXES = str.maketrans("│─┌┐└┘├┤┬┴┼·…", "|-+++++++++..")


def emit(text: str, *, exact: bool = False) -> None:
    """Write text to standard output, whole. `exact` is for what programs read: UTF-8, unchanged.

    A reader that has had enough is no fault; the command goes on to its own exit status. Raises
    `PackageError` where nothing can be written: output that is lost is never a success.
    """
    out = sys.stdout
    if out is None:
        raise PackageError("standard output is closed: there is nowhere to write the answer")
    try:
        _put(out, text, exact and not out.isatty())
    except OSError as error:
        _silence(out)
        if error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL):
            return
        raise PackageError(f"standard output cannot be written: {error.strerror}") from None


def _put(out: TextIO, text: str, exact: bool) -> None:
    encoding = "utf-8" if exact else out.encoding or "utf-8"
    if not exact:
        text = visible(text, keep="\n\t")
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            text = text.translate(_BOXES)
    data = text.encode(encoding, "backslashreplace" if exact else "replace")
    if hasattr(out, "buffer"):
        out.flush()
        out.buffer.write(data)
    else:
        out.write(data.decode(encoding))  # a notebook, say
    out.flush()


def complain(text: str) -> None:
    """A line on standard error; where that is closed or full, there is nobody to tell."""
    try:
        print(visible(text, keep="\n\t"), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _silence(sys.stderr)


def hold_streams() -> None:
    """Occupy standard streams that are closed, so that no file of ours gets their numbers."""
    while (number := os.open(os.devnull, os.O_RDWR)) < 3:
        os.set_inheritable(number, True)
    os.close(number)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _silence(stream: TextIO) -> None:
    # What is left in a buffer would be tried, and fail, once more when Python ends.
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
