"""One question of a package, asked in a process of its own and on a locked database.

First trusted code loads the tables. Then the connection is locked: no file, no network, no
extension, no setting. Only then does SQL of the package run, and only SQL that makes views and
macros or selects. Whatever it does beyond that, it does to this process, which has a limit of
memory and time and can write no file.
"""

from __future__ import annotations

import io
import json
import math
import os
import re
import sys
from graphlib import CycleError
from pathlib import Path
from typing import Any

import duckdb

from .. import database, definitions, output, questions
from ..database import literal, lock
from ..errors import PackageError
from ..package import Package
from ..visible import visible
from .history import SAID
from .reading import cells

MOST_TEXT = 64 << 20  # bytes of an answer
_SPARE = 1 << 30  # bytes of address space that Python and DuckDB's own code take


def connect() -> duckdb.DuckDBPyConnection:
    """An empty database. Few threads: each reserves memory of its own, whatever the machine."""
    return duckdb.connect(config={"threads": min(4, os.cpu_count() or 1)})


def ask(
    con: duckdb.DuckDBPyConnection, root: Path, name: str, params: dict[str, str], memory: int
) -> duckdb.DuckDBPyRelation:
    """The answer to a question of the package at `root`, of which nothing is trusted.

    It lives as long as `con`, which must be new.
    """
    pkg = Package(root)
    for setting in (
        f"memory_limit = '{memory}MB'",
        "temp_directory = ''",  # it would stay readable, and belong to whoever has made it
        f"home_directory = {literal(pkg.root)}",
        f"secret_directory = {literal(pkg.root)}",
        "python_enable_replacements = false",
    ):
        con.execute(f"SET {setting}")
    load_tables(con, pkg)
    lock(con)
    derive(con, pkg)
    question = questions.find(pkg, name)
    if [definitions.kind(s) for s in con.extract_statements(question.sql)] != ["select"]:
        raise PackageError("a question is one SELECT")
    answer = questions.run(con, question, **params)
    answer.fetchall()  # a relation is lazy, and what is wrong must be said here
    return answer


def load_tables(con: duckdb.DuckDBPyConnection, pkg: Package) -> None:
    """Every table without its keys: what a release said is asked, not whether it is right."""
    for table in pkg.tables:
        cells(table)  # says in a sentence what DuckDB says in thirty lines, and sees the header
    try:
        database.serve_tables(con, pkg)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        file = re.search(r"^\s*file = .*?([^/\\]+)$", str(error), re.M)
        raise PackageError(f"{file[1] if file else 'a table'}: {short(error)}") from None


def derive(con: duckdb.DuckDBPyConnection, pkg: Package) -> None:
    """Macros and views of the package, on a connection that is locked."""
    definitions.check(con, pkg, "macros", "views")
    try:
        database.derive(con, pkg)
    except CycleError as error:
        raise PackageError(f"views need each other: {', '.join(error.args[1])}") from None


def short(error: Exception) -> str:
    """The first lines of a message, which say what is wrong, as one."""
    lines = [line.strip() for line in str(error).split("\n\n", 1)[0].splitlines()]
    return " ".join(line for line in lines if line and not line.startswith("Possible"))[:500]


class _Text(io.TextIOWrapper):
    """Keeps what is printed, for a terminal or not."""

    def __init__(self, terminal: bool):
        super().__init__(io.BytesIO(), encoding="utf-8", newline="\n")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def _limit(timeout: float, memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows; DuckDB's own limits and the other process remain
        return
    for what, most in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory * 1_000_000 + max(_SPARE, _reserved())),
        # If the process that asks is killed, this one ends too.
        (resource.RLIMIT_CPU, math.ceil(timeout) * (os.cpu_count() or 1) + 1),
    ):
        try:
            hard = resource.getrlimit(what)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue  # a system without this limit


def _reserved() -> int:
    """The address space that this process has: DuckDB 1.5.0 reserves as much as the machine has."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:  # not on Linux
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _answer(asked: dict[str, Any], con: duckdb.DuckDBPyConnection) -> bytes:
    printed = sys.stdout = _Text(asked["terminal"])
    relation = ask(con, Path(asked["root"]), asked["name"], asked["params"], asked["memory"])
    output.write(relation, asked["format"])
    printed.flush()
    text = printed.buffer.getvalue()
    if len(text) > MOST_TEXT:
        raise PackageError(f"the answer has more than {MOST_TEXT:,} bytes")
    if asked["format"] == "table":
        text = visible(text.decode("utf-8"), keep="\n").encode()
    return text


def main() -> int:
    """Answer what standard input asks; status 0 with the answer, or `SAID` with why not."""
    asked = json.load(sys.stdin)
    con = connect()
    _limit(asked["timeout"], asked["memory"])
    out, status = sys.stdout.buffer, SAID
    more = f"it needs more than {asked['memory']:,} MB of memory; --memory gives it more"
    try:
        said, status = _answer(asked, con), 0
    except PackageError as error:
        said = str(error).encode()
    except (MemoryError, duckdb.OutOfMemoryException):
        said = more.encode()
    except (duckdb.Error, RecursionError, ValueError) as error:
        said = visible(short(error)).encode()
    out.write(said)
    out.flush()
    return status


if __name__ == "__main__":
    sys.exit(main())
