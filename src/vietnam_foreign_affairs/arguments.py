"""Words of the command line: read, and refused in a sentence."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

from .errors import PackageError
from .visible import visible


class Parser(argparse.ArgumentParser):
    """Says what is wrong without repeating what would steer a terminal."""

    def error(self, message: str) -> NoReturn:
        super().error(visible(message))


def parameters(words: list[str]) -> dict[str, str]:
    """`name=value` words as a dict."""
    found: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            raise PackageError(f"write a parameter as name=value, not {word!r}")
        if name in found:
            raise PackageError(f"parameter {name} is given twice")
        found[name] = value
    return found


def standard_input() -> str:
    """What a pipe brings, as text."""
    if sys.stdin is None:
        raise PackageError("standard input is closed: there is no SQL")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackageError(f"standard input is not UTF-8: {error.reason}") from None


def number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 up")
    return int(text)


def seconds(text: str) -> float:
    wanted = float(text)
    if not 0 < wanted <= 86_400:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to 86400 seconds")
    return wanted


def megabytes(text: str) -> int:
    found = re.fullmatch(r"([1-9][0-9]{0,5}) ?(MB|GB)", text, re.I)
    if not found:
        raise argparse.ArgumentTypeError(f"write a size such as 500MB or 2GB, not {text}")
    return int(found[1]) * (1000 if found[2].upper() == "GB" else 1)


def address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not (host and port.isascii() and port.isdecimal() and int(port) < 1 << 16):
        raise argparse.ArgumentTypeError(f"write HOST:PORT, for example 127.0.0.1:8000, not {text}")
    return host.strip("[]"), int(port)
