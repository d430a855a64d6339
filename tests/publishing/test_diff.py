"""What changed between two releases, and the version step that it demands."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile

import pytest

from tests.conftest import ROOT
from vietnam_foreign_affairs.package import Package, PackageError
from vietnam_foreign_affairs.publishing import diff
from vietnam_foreign_affairs.publishing.formats import package_zip
from vietnam_foreign_affairs.publishing.opening import opened


def add_row(d, s, r):
    r["things"].append(["a2", "z", "new"])


def correct_cell(d, s, r):
    r["things"][1][2] = "corrected"


def remove_row(d, s, r):
    r["things"].pop()


def add_column(d, s, r):
    s["things"]["fields"].append({**s["things"]["fields"][0], "name": "more"})
    for row in r["things"]:
        row.append("x")


def remove_column(d, s, r):
    s["things"]["fields"].pop()
    for row in r["things"]:
        row.pop()


def change_type(d, s, r):
    s["places"]["fields"][3]["type"] = "number"


def change_unit(d, s, r):
    s["places"]["fields"][3]["unit"] = "thousand persons"


def change_key(d, s, r):
    s["things"]["primaryKey"] = ["thing", "words"]


def remove_table(d, s, r):
    d["resources"].pop()


def nothing(d, s, r):
    r["places"].reverse()  # the order of rows is no difference


@pytest.mark.parametrize(
    ("edit", "step", "words"),
    [
        (nothing, "none", "the data are the same"),
        (correct_cell, "patch", 'a "quoted", cell -> corrected'),
        (remove_row, "patch", "- a2/y"),
        (add_row, "minor", "+ a2/z"),
        (add_column, "minor", "column more added"),
        (remove_column, "major", "column words removed"),
        (change_type, "major", "column people: integer became number"),
        (change_unit, "major", "unit None became thousand persons"),
        (change_key, "major", "key place_id and thing became thing and words"),
        (remove_table, "major", "table removed"),
    ],
)
def test_a_difference_is_named_and_demands_its_step(little, edit, step, words):
    found = diff.compare(little("old"), little("new", edit=edit))
    assert found.step == step
    assert bool(found) is (step != "none")
    assert words in diff.to_text(found)
    assert found.understated is (step != "none"), "both are version 1.0.0"


def test_an_added_table_is_a_minor_step(little):
    assert diff.compare(little("old", edit=remove_table), little("new")).step == "minor"


def test_the_greatest_step_counts(little):
    def edit(*parts):
        correct_cell(*parts)
        add_row(*parts)
        change_unit(*parts)

    assert diff.compare(little("old"), little("new", edit=edit)).step == "major"


@pytest.mark.parametrize(
    ("old", "step", "least"),
    [
        ("1.2.3", "none", "1.2.3"),
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "major", "2.0.0"),
        ("0.2.3", "major", "0.3.0"),
        ("1.9.9", "minor", "1.10.0"),
    ],
)
def test_the_least_version_for_a_step(old, step, least):
    assert diff.next_version(old, step) == least


@pytest.mark.parametrize(
    ("version", "understated"),
    [("1.0.1", True), ("1.1.0", False), ("1.10.0", False), ("2.0.0", False)],
)
def test_a_version_that_understates_the_difference_is_refused(little, version, understated):
    found = diff.compare(little("old"), little("new", version, add_row))
    assert found.understated is understated
    assert ("must be at least 1.1.0" in diff.to_text(found)) is understated


def test_a_version_that_is_none_is_refused(little):
    with pytest.raises(PackageError, match="not a version"):
        diff.compare(little("old", "one"), little("new", edit=add_row)).understated  # noqa: B018


def test_csv_tells_every_cell(little):
    def edit(*parts):
        correct_cell(*parts)
        add_row(*parts)

    found = diff.compare(little("old"), little("new", edit=edit))
    lines = list(csv.DictReader(io.StringIO(diff.to_csv(found))))
    assert [tuple(line.values()) for line in lines] == [
        ("things", "changed", "a2/x", "words", 'a "quoted", cell', "corrected"),
        ("things", "added", "a2/z", "place_id", "", "a2"),
        ("things", "added", "a2/z", "thing", "", "z"),
        ("things", "added", "a2/z", "words", "", "new"),
    ]


def test_markdown_is_safe_to_comment_and_not_too_long(little):
    def edit(d, s, r):
        r["things"][0][2] = "@somebody <script> `x` | y"
        r["things"] += [["a2", f"t{n}", "w"] for n in range(2000)]

    text = diff.to_markdown(diff.compare(little("old"), little("new", edit=edit)))
    assert "| things | 2000 | 0 | 1 |" in text
    outside = re.sub(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", "", text)
    assert "@somebody" not in outside
    assert "<script>" not in outside
    assert text.count("<details>") == text.count("</details>") == 1
    assert len(text) < 65_536, "the greatest length of a comment on GitHub"


def test_the_changelog_section_has_a_line_a_table(little):
    text = diff.to_changelog(diff.compare(little("old"), little("new", edit=add_row)))
    assert text == "### Data\n- `things`: 1 row added."


def test_folders_zips_and_tags_are_the_same_package(little, tmp_path, monkeypatch):
    pkg = little("old")
    package_zip.write(pkg, pkg.root)
    path = tmp_path / "release.zip"
    shutil.move(pkg.root / f"{pkg.name}-1.0.0.zip", path)
    new = little("new", edit=add_row).root
    repository = tmp_path / "repository"
    shutil.copytree(pkg.root, repository)
    (repository / "scripts/sql/views/x.sql").write_text("")
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "x"),
        ("tag", "v1.0.0"),
    ):
        subprocess.run(["git", *words], cwd=repository, check=True)
    monkeypatch.chdir(repository / "tables")
    seen = []
    for where in (pkg.root, path, "v1.0.0"):
        with opened(where) as old, opened(new) as now:
            seen.append(diff.compare(old, now))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0].step == "minor"


def test_what_is_no_package_is_said_plainly(tmp_path, vfa):
    (tmp_path / "x.zip").write_bytes(b"not a zip")
    for where in (tmp_path / "x.zip", "v0.0.0-never", "--output=x"):
        done = vfa("diff", "--", where, ROOT)
        assert done.returncode == 2
        assert done.stderr.startswith("vfa: ")
        assert "Traceback" not in done.stderr


def test_a_zip_cannot_write_outside_its_folder(tmp_path):
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../escaped", "x")
        archive.writestr(
            "datapackage.json", '{"name": "evil", "version": "1.0.0", "resources": []}'
        )
    before = set(tmp_path.parent.iterdir()) | set(tmp_path.iterdir())
    with opened(path) as pkg:
        assert not (pkg.root.parent / "escaped").exists()
    assert set(tmp_path.parent.iterdir()) | set(tmp_path.iterdir()) == before


def test_the_command_says_whether_anything_changed(little, vfa):
    old, new = little("old").root, little("new", "1.1.0", add_row).root
    same, other = vfa("diff", old, old), vfa("diff", old, new, "--format", "markdown")
    assert (same.returncode, other.returncode) == (0, 1)
    assert "demands a minor step, and the version says so" in other.stdout


def last_release() -> str | None:
    done = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() or None


def test_this_version_does_not_understate_what_changed_since_the_last_release():
    tag = last_release()
    if not tag:
        pytest.skip("there is no release yet")
    with opened(tag) as old:
        found = diff.compare(old, Package(ROOT))
    assert not found.understated, diff.to_text(found).splitlines()[0]


def test_one_version_for_everything():
    version = Package(ROOT).version
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\d\S*)", changelog, re.M)[0] == version
    assert "### Data" in changelog
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r'^version: "?([^"\n]+)', citation, re.M) == [version]
