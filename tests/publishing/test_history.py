"""`vfa at`: what an earlier release said, answered by that release alone."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def earlier(dist: Path, published, tmp_path_factory) -> Path:
    """The zip of a release that did not know the last upgrade of 2024."""
    upgrades = (dist / "tables/partnership_upgrades.csv").read_text(encoding="utf-8")
    spells = list(
        csv.DictReader(io.StringIO((dist / "derived/partnership_spells.csv").read_text()))
    )
    last = max(
        (s for s in spells if s["tier_id"] == "csp" and s["valid_from"] <= "2024-12-31"),
        key=lambda s: s["valid_from"],
    )
    kept = [line for line in upgrades.splitlines(True) if not line.startswith(last["upgrade_id"])]
    assert len(kept) == len(upgrades.splitlines()) - 1
    return rezip(
        dist, published, tmp_path_factory, "tables/partnership_upgrades.csv", "".join(kept)
    )


def rezip(dist, published, tmp_path_factory, name, text) -> Path:
    path = tmp_path_factory.mktemp("release") / "earlier.zip"
    with (
        zipfile.ZipFile(dist / f"{published.name}-{published.version}.zip") as now,
        zipfile.ZipFile(path, "w") as then,
    ):
        for member in now.namelist():
            then.writestr(member, text if member == name else now.read(member))
    return path


def rows(done) -> list[dict[str, str]]:
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_two_releases_answer_one_question_each_as_it_was_known(dist, published, earlier, vfa):
    now = dist / f"{published.name}-{published.version}.zip"
    words = ("query", "partners_as_of", "day=2024-12-31", "--format", "csv")
    new, old = (rows(vfa("at", release, *words)) for release in (now, earlier))
    here = rows(vfa(*words))
    assert new == here, "the zip of this release says what the checkout says"
    count = [sum("csp" in row.values() for row in answer) or len(answer) for answer in (old, new)]
    assert old != new
    assert count[0] <= count[1]


def test_a_release_lists_its_questions(earlier, vfa):
    done = vfa("at", earlier, "query")
    assert done.returncode == 0
    assert "partners_as_of" in done.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("query", "what_is_love"), "no query"),
        (("query", "partners_as_of", "day=soon"), "cannot use day=soon"),
        (("query", "partners_as_of", "year=2024"), "no parameter year"),
    ],
)
def test_a_wrong_question_is_said_plainly(earlier, vfa, words, message):
    done = vfa("at", earlier, *words)
    assert done.returncode == 2
    assert message in done.stderr


@pytest.mark.parametrize(
    "where", ["scripts/sql/queries/partners_as_of.sql", "scripts/sql/views/partners.sql"]
)
def test_the_sql_of_a_zip_reads_no_file_of_this_machine(
    dist, published, tmp_path_factory, tmp_path, vfa, where
):
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nxyzzy\n")
    head = (
        "-- title: t\n-- title_vi: t\n-- question: q\n"
        if "queries" in where
        else "CREATE TABLE stolen AS "
    )
    release = rezip(
        dist, published, tmp_path_factory, where, f"{head}SELECT * FROM read_csv('{secret}');"
    )
    done = vfa("at", release, "query", "partners_as_of")
    assert done.returncode == 2
    assert "xyzzy" not in done.stdout + done.stderr
