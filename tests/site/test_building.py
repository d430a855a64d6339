"""`vfa docs build` is done or was never begun: interrupted, killed, failed, or in a wrong place."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vietnam_foreign_affairs import documentation
from vietnam_foreign_affairs.package import Package, PackageError

from .hostile import vfa_docs_build

# A site of two pages that waits for a while, when it is told to.
HOOKS = """
import time
from pathlib import Path
from vietnam_foreign_affairs import documentation
HERE = Path(__file__).parent
def on_page_content(html, page, config, files):
    (HERE / "began").touch()
    while (HERE / "wait").exists():
        time.sleep(0.02)
    return html
def on_post_build(config):
    documentation.write_sums(Path(config.site_dir))
"""
BUILD = """
import sys
from pathlib import Path
from vietnam_foreign_affairs import documentation
from vietnam_foreign_affairs.package import Package
sys.exit(documentation.build(Package(Path(sys.argv[1]))))
"""


class Checkout:
    def __init__(self, root: Path):
        self.root, self.site, self.page = root, root / "site", root / "docs" / "index.md"
        (root / "docs").mkdir()
        self.page.write_text("# Old")
        (root / "docs" / "other.md").write_text("# Other")
        (root / "hooks.py").write_text(HOOKS)
        (root / "mkdocs.yml").write_text("{site_name: x, hooks: [hooks.py], plugins: []}")
        (root / "datapackage.json").write_text('{"name": "x", "version": "0", "resources": []}')

    def build(self) -> int:
        return documentation.build(Package(self.root))

    def begin(self) -> subprocess.Popen:
        """A build that is in the middle, in a group of its own."""
        (self.root / "began").unlink(missing_ok=True)
        (self.root / "wait").touch()
        process = subprocess.Popen(
            [sys.executable, "-c", BUILD, str(self.root)],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        _until((self.root / "began").exists)
        return process

    def end(self, process: subprocess.Popen, number: signal.Signals, group: bool = True) -> str:
        (os.killpg if group else os.kill)(process.pid, number)
        _, words = process.communicate(timeout=30)
        _until(lambda: not _alive(process.pid))
        (self.root / "wait").unlink()
        return words

    @property
    def left(self) -> list[Path]:
        return list(self.root.glob(".site-*"))


def _until(holds, seconds: int = 30) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _content(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.fixture
def checkout(tmp_path) -> Checkout:
    made = Checkout(tmp_path)
    assert made.build() == 0
    return made


@pytest.fixture
def old(checkout) -> dict[str, bytes]:
    content = _content(checkout.site)
    checkout.page.write_text("# New")
    return content


@pytest.mark.parametrize("group", [True, False], ids=["ctrl-c", "the command alone"])
def test_an_interrupted_build_leaves_the_site_and_says_130(checkout, old, group):
    process = checkout.begin()
    words = checkout.end(process, signal.SIGINT, group)
    assert process.returncode == 130
    assert words.splitlines()[-1] == "interrupted: the site is as it was"
    assert "Traceback" not in words
    assert _content(checkout.site) == old
    assert not checkout.left


@pytest.mark.parametrize("group", [True, False], ids=["all", "the command alone"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_build_leaves_the_site_and_the_next_one_tidies_up(checkout, old, number, group):
    """What MkDocs runs in ends too, so that it writes no more."""
    checkout.end(checkout.begin(), number, group)
    assert _content(checkout.site) == old
    assert checkout.build() == 0
    assert b"New" in _content(checkout.site)["index.html"]
    assert not checkout.left


def test_the_site_is_there_and_whole_at_every_moment(checkout, old):
    process = checkout.begin()
    (checkout.root / "wait").unlink()
    seen = set()
    while process.poll() is None:
        seen.add(_content(checkout.site)["index.html"])
    process.communicate()
    assert process.returncode == 0
    assert len(seen | {_content(checkout.site)["index.html"]}) == 2


def test_a_build_that_fails_leaves_the_site(checkout, old):
    (checkout.root / "docs" / "other.md").write_text("[nowhere](nowhere.md)")
    assert checkout.build() != 0
    assert _content(checkout.site) == old
    assert not checkout.left


def test_two_builds_at_once_both_end_well(checkout, old):
    first = checkout.begin()
    second = checkout.begin()
    (checkout.root / "wait").unlink()
    assert [first.wait(30), second.wait(30)] == [0, 0]
    for process in (first, second):
        process.communicate()
    assert b"New" in _content(checkout.site)["index.html"]
    assert not checkout.left


def _refused(checkout: Checkout, words: str) -> None:
    before = _content(checkout.root)
    with pytest.raises(PackageError, match=words):
        checkout.build()
    assert _content(checkout.root) == before


def test_a_file_that_no_build_made_is_named_and_kept(checkout):
    (checkout.site / "CNAME").write_text("example.org")
    _refused(checkout, r"holds what no build of the site made: CNAME; move it away")


def test_a_page_that_was_changed_by_hand_is_kept(checkout):
    (checkout.site / "index.html").write_text("mine")
    _refused(checkout, r"no build of the site made: index\.html")


def test_a_folder_of_something_else_is_kept(checkout):
    (checkout.site / "SHA256SUMS").unlink()
    _refused(checkout, r"no build of the site made: 404\.html, .*, and others;")


def test_a_list_of_sums_alone_makes_no_site_of_a_folder(checkout):
    (checkout.site / "SHA256SUMS").write_text("")
    _refused(checkout, "no build of the site made")


def test_a_link_in_the_site_is_not_followed(checkout, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "mine.txt").write_text("mine")
    (checkout.site / "link").symlink_to(other)
    _refused(checkout, "no build of the site made: link")


def test_a_file_is_no_place_for_a_site(checkout):
    target = checkout.root / "file"
    target.write_text("mine")
    with pytest.raises(PackageError, match="is not a folder"):
        documentation.build(Package(checkout.root), target)
    assert target.read_text() == "mine"


def test_a_link_to_a_site_stays_a_link(checkout, tmp_path):
    real = checkout.root / "real"
    checkout.site.rename(real)
    checkout.site.symlink_to(real)
    checkout.page.write_text("# New")
    assert checkout.build() == 0
    assert checkout.site.is_symlink()
    assert b"New" in _content(real)["index.html"]


def test_what_appears_while_it_builds_is_kept(checkout, old):
    process = checkout.begin()
    (checkout.site / "mine.txt").write_text("mine")
    (checkout.root / "wait").unlink()
    _, words = process.communicate(timeout=30)
    assert process.returncode != 0
    assert "no build of the site made: mine.txt" in words
    assert _content(checkout.site) == old | {"mine.txt": b"mine"}


def test_modules_beside_the_checkout_are_not_imported(checkout):
    (checkout.root / "yaml.py").write_text("raise SystemExit('imported')")
    assert checkout.build() == 0


def test_the_command_says_130_and_keeps_the_site(hostile_checkout):
    """The command itself, on a whole site."""
    site = hostile_checkout / "site"
    process = vfa_docs_build(hostile_checkout, start_new_session=True)
    _until(lambda: any(hostile_checkout.glob(".site-*/new/index.html")) or process.poll(), 200)
    os.killpg(process.pid, signal.SIGINT)
    words, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted: the site is as it was" in words
    assert not list(hostile_checkout.glob(".site-*"))
    documentation._check_target(site)
