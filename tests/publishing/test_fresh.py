"""A build is used again while it is fresh, and made anew when it is not."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import ROOT, copy_package
from vietnam_foreign_affairs.package import Package
from vietnam_foreign_affairs.publishing import fresh as freshness
from vietnam_foreign_affairs.publishing.fresh import fresh
from vietnam_foreign_affairs.publishing.inputs import PINS, TEXTS, made_of


@pytest.fixture
def checkout(tmp_path):
    root = copy_package(tmp_path / "checkout")
    for name in (*TEXTS, *PINS):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    return Package(root)


@pytest.fixture
def builds(monkeypatch) -> list:
    made = []
    monkeypatch.setattr(freshness, "build", lambda pkg, output, say: made.append(pkg) or output)
    return made


@pytest.fixture
def built(dist, tmp_path):
    return shutil.copytree(dist, tmp_path / "dist")


def test_a_build_of_the_same_is_used(checkout, built, builds):
    assert fresh(checkout, built) == built
    assert builds == []


@pytest.mark.parametrize("name", ["tables/events.csv", "schemas/events.json", "README.md", *PINS])
def test_a_change_of_what_it_is_made_of_makes_it_anew(checkout, built, builds, name):
    before = made_of(checkout)
    with (checkout.root / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert made_of(checkout) != before
    fresh(checkout, built)
    assert len(builds) == 1


def test_a_build_that_lacks_or_changed_a_file_is_made_anew(checkout, built, builds, tmp_path):
    fresh(checkout, tmp_path / "nothing")
    (built / "tables/events.csv").write_text("x")
    fresh(checkout, built)
    (built / "tables/events.csv").unlink()
    fresh(checkout, built)
    assert len(builds) == 3
