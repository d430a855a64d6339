"""The site, built once a session, served under a base path, in a real browser."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from vietnam_foreign_affairs import documentation
from vietnam_foreign_affairs.package import Package

from . import hostile
from .server import serve, wire_size

ROOT = Path(__file__).resolve().parents[2]
BASE = "/vietnam-foreign-affairs/"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], int]) -> Path:
    """A site, built once. Under xdist one worker builds it and the others wait."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    target, done = shared / name, shared / f"{name}.done"
    try:
        os.close(os.open(shared / f"{name}.lock", os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        deadline = time.monotonic() + 240
        while not done.exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        assert done.exists(), "the site did not build in time"
        assert json.loads(done.read_text()) == 0, "the site did not build"
        return target
    status = 1
    try:
        status = build(target)
    finally:
        done.write_text(json.dumps(status))
    assert status == 0, "the site did not build"
    return target


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The built site."""
    return _once(tmp_path_factory, "site", lambda to: documentation.build(Package(ROOT), to))


@pytest.fixture(scope="session")
def hostile_checkout(tmp_path_factory) -> Path:
    """A checkout with payloads everywhere, and its site in `site`; see hostile.py."""

    def build(to: Path) -> int:
        hostile.checkout(to, to.with_name("hostile-mark"))
        process = hostile.vfa_docs_build(to)
        print(process.communicate()[0])
        return process.returncode

    return _once(tmp_path_factory, "hostile", build)


@pytest.fixture(scope="session")
def url(site: Path) -> Iterator[str]:
    with serve(site, BASE) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM.exists(), "there is no chromium: run scripts/install-browser"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """A page of the browser that keeps what goes wrong and what is fetched."""

    def __init__(self, page: Page, url: str, site: Path):
        self.page, self.url, self.site = page, url, site
        self.problems: list[str] = []
        self.requested: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def go(self, path: str) -> Page:
        self.problems.clear()
        self.requested.clear()
        self.page.goto(self.url + path, wait_until="load")
        return self.page

    @property
    def elsewhere(self) -> list[str]:
        """Requests to another host, or to this one outside the base path."""
        inside = (self.url, "data:", f"blob:{self.url.removesuffix(BASE)}")
        return [u for u in self.requested if not u.startswith(inside)]

    @property
    def weight(self) -> int:
        """Bytes on the wire of what was requested, as a host that compresses text sends it."""
        paths = {urlsplit(u).path for u in self.requested if u.startswith(self.url)}
        return sum(wire_size(self.site, BASE, path) for path in paths)

    def _console(self, message) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text}")

    def _failed(self, request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what was on its way when we left the page
            self.problems.append(f"failed: {request.url} {request.failure}")

    def _response(self, response) -> None:
        if response.status >= 400:
            self.problems.append(f"{response.status}: {response.url}")


def _visits(browser: Browser, url: str, site: Path):
    @contextmanager
    def opened(width: int = 1280, height: int = 900, **options) -> Iterator[Visitor]:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(20_000)
        try:
            yield Visitor(context.new_page(), url, site)
        finally:
            context.close()

    return opened


@pytest.fixture(scope="session")
def visit(browser: Browser, url: str, site: Path):
    """`with visit(width=360, color_scheme="dark") as visitor: visitor.go("console/")`."""
    return _visits(browser, url, site)


@pytest.fixture(scope="session")
def visit_hostile(browser: Browser, hostile_checkout: Path):
    """As `visit`, to the site of the hostile checkout."""
    with serve(hostile_checkout / "site", BASE) as address:
        yield _visits(browser, address, hostile_checkout / "site")


@pytest.fixture(scope="session")
def paths(site: Path) -> list[str]:
    """Every page of the site, as a path from its root."""
    found = (p.parent.relative_to(site).as_posix() for p in site.rglob("index.html"))
    return sorted("" if path == "." else f"{path}/" for path in found)


def kinds() -> list[str]:
    """One page of every kind."""
    return [
        "",
        "stories/",
        "stories/map/",
        "stories/upgrades/",
        "stories/unesco/",
        "tables/",
        "tables/partnership_upgrades/",
        "tables/sources/",
        "tables/qualifiers/",
        "reference/fields/",
        "reference/indicators/",
        "reference/rules/",
        "reference/views/",
        "countries/",
        "countries/FRA/",
        "years/",
        "years/2025/",
        "years/1973/",
        "reconciliation/",
        "console/",
        "methodology/",
        "downloads/",
        "404.html",
        "vi/",
        "vi/stories/map/",
        "vi/reconciliation/",
        "vi/console/",
        "vi/tables/",
        "vi/countries/FRA/",
        "vi/years/2025/",
        "vi/methodology/",
    ]
