"""`vfa mcp`: a Model Context Protocol server, so that assistants answer from the record.

Every answer carries its sources and how exactly it is known; nothing can be written. `server` needs
the extra `mcp`, and nothing else imports it.
"""

from __future__ import annotations

import argparse


def address(text: str) -> tuple[str, int]:
    """HOST:PORT of an argument."""
    host, _, port = text.rpartition(":")
    if not (host and port.isascii() and port.isdecimal() and int(port) < 1 << 16):
        raise argparse.ArgumentTypeError(f"write HOST:PORT, for example 127.0.0.1:8000, not {text}")
    return host.strip("[]"), int(port)
