"""Step 2: the bytes of each table are UTF-8 text with plain line ends; one pass, in pieces."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator

from ...package import Table
from .. import cache
from ..messages import FORMAT, cause_of_bytes
from ..report import Failure
from ..state import File, State, file_name

PIECE = 1 << 20


def check(state: State) -> Iterator[Failure]:
    for table in state.package.tables:
        for failure, is_fatal in _read(state, table):
            if is_fatal:
                state.broken.add(table.name)
            yield failure
        if table.name in state.files and cache.get("table", key_of(state, table)) is not None:
            state.unchanged.add(table.name)


def key_of(state: State, table: Table) -> str:
    """Of all that bytes, shape and types of a table depend on."""
    schema = [[f.name, f.type] for f in table.fields], table.primary_key
    return cache.key_of(cache.code(), state.files[table.name].digest, schema)


def _read(state: State, table: Table) -> Iterator[tuple[Failure, bool]]:
    """Failures, each with whether the rows cannot be trusted because of it."""

    def fail(message: str, advice: str, line: int | None = None) -> Failure:
        return Failure("file", "structure", message, advice, file_name(table), line)

    mend, head = FORMAT.format(file=file_name(table)), b""
    try:
        file = table.path.open("rb")
    except FileNotFoundError:
        yield fail("the file does not exist", "restore it"), True
        return
    except OSError as error:
        yield fail(f"the file cannot be read: {error.strerror}", "make it readable"), True
        return
    with file:
        decoder = codecs.getincrementaldecoder("utf-8")()
        digest, size, lines, header, last = hashlib.sha256(), 0, 0, b"", b"\n"
        found: set[str] = set()
        while piece := file.read(PIECE):
            head = head or piece[:400]
            if not size and piece.startswith(codecs.BOM_UTF8):
                advice = f"save as UTF-8 without BOM; {mend}"
                yield fail("starts with a byte order mark", advice, 1), True
            if not size and piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                yield fail(*cause_of_bytes(piece), 1), True
                return  # every other byte would be a failure of its own
            for byte, message, advice in (
                (b"\0", "holds a NUL byte", "remove it"),
                (b"\r", "has carriage returns", f"end lines with LF only; {mend}"),
            ):
                if byte in piece and message not in found:
                    found.add(message)
                    line = lines + piece[: piece.index(byte)].count(b"\n") + 1
                    yield fail(message, advice, line), True
            if decoder is not None:
                try:
                    decoder.decode(piece)
                except UnicodeDecodeError as error:
                    line = lines + error.object[: error.start].count(b"\n") + 1
                    yield fail(*cause_of_bytes(head or piece), line), True
                    decoder = None
            digest.update(piece)
            if b"\n" not in header:
                header += piece
            size, lines, last = size + len(piece), lines + piece.count(b"\n"), piece[-1:]
    if decoder is not None and decoder.getstate()[0]:
        yield fail("is not UTF-8", "save as UTF-8: the last letter is cut", lines + 1), True
    if last != b"\n":
        yield fail("does not end with a line break", "end the last line with one", lines + 1), False
    state.files[table.name] = File(
        digest.hexdigest(), size, lines + (last != b"\n"), header.split(b"\n", 1)[0], last == b"\n"
    )
