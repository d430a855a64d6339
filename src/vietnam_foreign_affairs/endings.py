"""How a command ends: a status for each kind of end, a sentence for each that can be foreseen.

0    done; valid; the same
1    not valid; different
2    wrong use, or something foreseen that stood in the way
70   an error in this package: the sentence says where to report it
129, 130, 143   hung up, interrupted (Ctrl-C), ended (SIGTERM); 128 and the number of the signal
"""

from __future__ import annotations

import re
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import ModuleType

from .package import PackageError, package
from .terminal import complain, hold_streams

DONE, DIFFERENT, WRONG, UNFORESEEN = 0, 1, 2, 70
REPORTS = "https://github.com/vietnam-foreign-affairs/vietnam-foreign-affairs/issues"

_CANNOT_WRITE = re.compile(r"No space left|File too large|Could not write|Read-only file system")
_SIGNALS = {"SIGINT": "interrupted", "SIGTERM": "ended", "SIGHUP": "hung up"}


def ended(run: Callable[[], int | None]) -> int:
    """Run a command; return its exit status, whatever happens."""
    hold_streams()
    with _signals() as received:
        try:
            return run() or DONE
        except BaseException as error:
            # A library may turn what our handler raises into an error of its own.
            if received:
                complain(f"vfa: {_SIGNALS[signal.Signals(received[0]).name]}")
                return 128 + received[0]
            if isinstance(error, (SystemExit, GeneratorExit)):
                raise
            return _explained(error)


@contextmanager
def _signals() -> Iterator[list[int]]:
    """While this runs, signals unwind the stack, so that children end and folders are removed."""
    received: list[int] = []
    before = {}

    def stop(number: int, _frame: object) -> None:
        received.append(number)
        for other in before:
            signal.signal(other, signal.SIG_DFL)  # a second one does not wait
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread():
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            # One that is ignored (nohup, a shell's background job) stays ignored.
            if number and signal.getsignal(number) not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, stop)
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _explained(error: BaseException) -> int:
    if sentence := _sentence(error):
        complain(f"vfa: {sentence}")
        return WRONG
    complain(
        f"vfa: this should not have happened: {type(error).__name__}: {error}\n"
        f"Please report it at {REPORTS} with the command and what follows.\n"
        + "".join(traceback.format_exception(error)).rstrip()
    )
    return UNFORESEEN


def _sentence(error: BaseException) -> str:
    """What to say of an error that can be foreseen; nothing for any other."""
    if isinstance(error, PackageError):
        return str(error)
    if isinstance(error, ModuleNotFoundError) and not (error.name or "").startswith(__package__):
        return (
            f"{error.name} is not installed. Reading needs DuckDB only; for the rest: "
            'pip install "vietnam-foreign-affairs[validate,publish]"'
        )
    if isinstance(error, OSError):
        place = error.filename2 or error.filename  # where to, if there is a where from
        return f"{place}: {error.strerror}" if place else str(error.strerror or error)
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    if (duckdb := sys.modules.get("duckdb")) and isinstance(error, duckdb.Error):
        return _of_duckdb(error, duckdb)
    if (sqlite := sys.modules.get("sqlite3")) and isinstance(error, sqlite.OperationalError):
        return f"the SQLite file cannot be written: {error}"
    for cause in (error.__cause__, *error.args):
        if isinstance(cause, OSError):  # in the wrapping of a library
            return _sentence(cause)
    return ""


def _of_duckdb(error: Exception, duckdb: ModuleType) -> str:
    """DuckDB reads tables as their schemas say: where it fails, one is not as it should be."""
    if isinstance(error, duckdb.TransactionException) and error.__context__:
        return _sentence(error.__context__)  # the rollback failed, after what went wrong
    text = str(error)
    first = text.splitlines()[0] if text else type(error).__name__
    if isinstance(error, duckdb.OutOfMemoryException) or _CANNOT_WRITE.search(text):
        return first
    if isinstance(error, (duckdb.InternalException, duckdb.FatalException)):
        return ""
    file = _file_of(text)
    if isinstance(error, duckdb.IOException) and not file:
        return first
    return (
        f"{file or 'the package'} is not what its schema says, so it cannot be read ({first}). "
        "Run vfa validate: it names every row, column and value"
    )


def _file_of(text: str) -> str:
    if found := re.search(r"\btables[/\\]+([\w.-]+\.csv)", text):
        return f"tables/{found[1]}"
    with suppress(PackageError):
        for table in package().tables:
            if re.search(rf"\b(table|on|failed:) \"?{re.escape(table.name)}\b", text):
                return f"tables/{table.path.name}"
    return ""
