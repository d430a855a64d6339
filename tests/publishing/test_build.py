"""`dist/` is complete or untouched, the same twice, and what its sums and descriptor say."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from pathlib import Path

import duckdb
import frictionless
import pytest

import vietnam_foreign_affairs as vfa
from tests.conftest import ROOT
from vietnam_foreign_affairs.package import Package, PackageError
from vietnam_foreign_affairs.publishing import build as building
from vietnam_foreign_affairs.publishing import derived, files
from vietnam_foreign_affairs.publishing.files import all_tables


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.fixture
def small(dist, monkeypatch):
    """A build of next to nothing, where only the way it is put in place matters."""

    def write(pkg, out, say):
        say("copying")
        shutil.copy(dist / "datapackage.json", out)
        return Package(out)

    monkeypatch.setattr(building, "_write_package", write)
    monkeypatch.setattr(building, "FORMATS", ())
    monkeypatch.setattr(building, "METADATA", {})


def test_two_builds_give_the_same_bytes(dist, published, tmp_path):
    again = building.build(Package(ROOT), tmp_path / "dist")
    one, two = bytes_of(dist), bytes_of(again)
    assert one.keys() == two.keys()
    differing = {name for name in one if one[name] != two[name]}
    assert differing <= {f"{published.name}.duckdb", building.SUMS}
    sums = [f.pop(building.SUMS).decode().splitlines() for f in (one, two)]
    assert all(line.endswith(".duckdb") for line in set(sums[0]) ^ set(sums[1]))
    with duckdb.connect() as con:
        for name, folder in (("a", dist), ("b", again)):
            con.execute(f"ATTACH '{folder / published.name}.duckdb' AS {name} (READ_ONLY)")
        for table in published.tables:
            assert con.execute(
                f"(FROM a.{table.name} EXCEPT ALL FROM b.{table.name}) UNION ALL "
                f"(FROM b.{table.name} EXCEPT ALL FROM a.{table.name})"
            ).fetchall() == []  # fmt: skip


def test_nothing_of_this_machine_is_in_a_file(dist):
    for name, data in bytes_of(dist).items():
        for trace in (str(ROOT), str(Path.home()), str(dist.parent)):
            assert trace == "/" or trace.encode() not in data, (name, trace)


def test_the_sums_are_of_all_other_files(dist):
    lines = (dist / building.SUMS).read_text(encoding="utf-8").splitlines()
    stated = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    real = {n: hashlib.sha256(d).hexdigest() for n, d in bytes_of(dist).items()}
    real.pop(building.SUMS)
    assert stated == real


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_an_interrupted_build_leaves_the_previous_one_whole(dist, tmp_path, monkeypatch, stop):
    target = tmp_path / "dist"
    shutil.copytree(dist, target)
    before = bytes_of(target)

    def fail(*_):
        raise stop("in the middle of a format")

    broken = building.FORMATS[0]._replace(write=fail)
    monkeypatch.setattr(building, "FORMATS", (broken, *building.FORMATS[1:]))
    with pytest.raises(stop):
        building.build(Package(ROOT), target)
    assert bytes_of(target) == before
    assert [p.name for p in tmp_path.iterdir()] == ["dist"], "nothing half-made is left behind"


def test_a_build_that_cannot_take_its_place_puts_the_previous_one_back(
    small, tmp_path, monkeypatch
):
    target = building.build(Package(ROOT), tmp_path / "dist")
    before = bytes_of(target)
    replace = os.replace

    def fail_at_the_end(source, to):
        if Path(to) == target and Path(source).name != "dist":
            raise OSError("disk full")
        replace(source, to)

    monkeypatch.setattr(os, "replace", fail_at_the_end)
    with pytest.raises(OSError, match="disk full"):
        building.build(Package(ROOT), target)
    assert bytes_of(target) == before


def test_a_build_replaces_an_earlier_one_and_leaves_nothing_of_it(small, tmp_path):
    target = building.build(Package(ROOT), tmp_path / "dist")
    (target / "of-an-earlier-version.csv").write_text("x")
    building.build(Package(ROOT), target)
    assert not (target / "of-an-earlier-version.csv").exists()
    assert target.stat().st_mode & 0o055 == 0o055 & ~building._umask(), "others may read it"


def test_a_build_never_replaces_files_that_it_did_not_make(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(PackageError, match="no build made"):
        building.build(Package(ROOT), tmp_path)
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


def test_an_installed_package_says_that_a_build_needs_the_checkout(little, tmp_path):
    with pytest.raises(PackageError, match=r"needs the checkout.*README\.md"):
        building.build(little("p"), tmp_path / "dist")


def test_progress_is_for_terminals_only(small, tmp_path, capfd):
    lines = []
    building.build(Package(ROOT), tmp_path / "one", lines.append)
    building.build(Package(ROOT), tmp_path / "two")
    assert lines[0] == "copying"
    assert capfd.readouterr() == ("", "")


def test_the_zip_is_valid_from_its_path_and_unpacked(dist, published, tmp_path):
    path = dist / f"{published.name}-{published.version}.zip"
    assert frictionless.Package(str(path)).validate().valid
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "type", "message"])
    for name in (*building.TEXTS, "CITATION.cff", "csv-metadata.json"):
        assert (tmp_path / name).is_file()
    assert {p.name for p in (tmp_path / "scripts/sql/queries").iterdir()} == {
        p.name for p in (ROOT / "scripts/sql/queries").iterdir()
    }


@pytest.mark.parametrize(
    ("word", "wrong"), [("rows", 99), ("bytes", 1), ("hash", "sha256:" + "0" * 64)]
)
def test_the_descriptor_states_bytes_hash_and_rows_that_are_checked(dist, tmp_path, word, wrong):
    """frictionless finds a descriptor that says something else of a file."""
    descriptor = json.loads((dist / "datapackage.json").read_text(encoding="utf-8"))
    keep = next(r for r in descriptor["resources"] if r["name"] == "qualifiers")
    for part in ("path", "schema"):
        (tmp_path / keep[part]).parent.mkdir(exist_ok=True)
        shutil.copy(dist / keep[part], tmp_path / keep[part])
    for value, valid in ((keep[word], True), (wrong, False)):
        alone = {**descriptor, "resources": [{**keep, word: value}]}
        (tmp_path / "datapackage.json").write_text(json.dumps(alone), encoding="utf-8")
        assert frictionless.Package(str(tmp_path / "datapackage.json")).validate().valid is valid


def test_the_published_descriptor_and_schemas_follow_the_standard(dist):
    assert vfa.validate(dist, quick=True).failures == []


def test_derived_tables_are_marked_described_and_say_what_they_come_from(published):
    tables = {table.name: table for table in all_tables(published)}
    entries = {r["name"]: r for r in published.descriptor["resources"] if r["role"] == "derived"}
    assert entries.keys() == {d.name for d in derived.DERIVED}
    names = {table.name for table in published.tables}
    for name, entry in entries.items():
        assert set(entry["derived_from"]) <= names
        assert entry["derived_from"]
        for field in tables[name].fields:
            assert "Column " not in field.description, f"describe {name}.{field.name} in WORDS"
    assert "partnership_upgrades" in entries["partners"]["derived_from"]
    assert ("iso3", "countries", "iso3") in tables["partners"].foreign_keys


def test_the_manifest_names_the_versions(dist, published):
    manifest = json.loads((dist / building.MANIFEST).read_text(encoding="utf-8"))
    assert manifest["version"] == published.version
    assert manifest["made_with"]["duckdb"] == duckdb.__version__
    rows = {table.name: len(files.rows(table)) for table in all_tables(published)}
    assert manifest["rows"] == rows
