"""A static server as project pages have it: a base path, gzip for text, no special headers."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/xml")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("text/csv", ".csv")


@cache
def _body(path: Path, compress: bool) -> bytes:
    data = path.read_bytes()
    return gzip.compress(data, 6) if compress else data


def _kind(file: Path) -> str:
    if file.suffix == ".gz":
        return "application/gzip"
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def _file(site: Path, base: str, path: str) -> Path | None:
    """The file at a path of the address, or None."""
    if not path.startswith(base):
        return None
    file = site / unquote(path).removeprefix(base)
    file = file / "index.html" if file.is_dir() else file
    return file if file.is_file() else None


def wire_size(site: Path, base: str, path: str) -> int:
    """The bytes that a response takes, with a good guess at its headers."""
    file = _file(site, base, path) or site / "404.html"
    return len(_body(file, _kind(file).startswith(TEXT))) + 250


@contextmanager
def serve(site: Path, base: str):
    """Serve `site` under `base`; yields the address of its root."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            found = _file(site, base, urlsplit(self.path).path)
            file, status = (found, 200) if found else (site / "404.html", 404)
            kind = _kind(file)
            accepts = "gzip" in self.headers.get("Accept-Encoding", "")
            compress = accepts and kind.startswith(TEXT)
            body = _body(file, compress)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Cache-Control", "max-age=600")
            self.send_header("Content-Length", str(len(body)))
            if compress:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()
