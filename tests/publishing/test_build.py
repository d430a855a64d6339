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
from vietnam_foreign_affairs import exchange
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
    assert [name for name in one if one[name] != two[name]] == []


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
    lines = (dist / building.FLAT_SUMS).read_text(encoding="utf-8").splitlines()
    flat = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    assert flat == {path.name: real[path.as_posix()] for path in files.offered(dist)}


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


def test_a_build_that_cannot_take_its_place_leaves_the_previous_one(small, tmp_path, monkeypatch):
    target = building.build(Package(ROOT), tmp_path / "dist")
    before = bytes_of(target)

    def fail(new, target):
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(exchange, "exchange", fail)
    with pytest.raises(OSError, match="No space"):
        building.build(Package(ROOT), target)
    assert bytes_of(target) == before
    assert [p.name for p in tmp_path.iterdir()] == ["dist"]


@pytest.fixture(params=[True, False], ids=["one step", "two steps"])
def one_step_or_two(request, monkeypatch):
    """Systems that can exchange two folders in one step, and others."""
    if not request.param:
        monkeypatch.setattr(exchange, "_call", lambda: None)


def test_without_an_exchange_in_one_step_the_previous_one_is_put_back(small, tmp_path, monkeypatch):
    target = building.build(Package(ROOT), tmp_path / "dist")
    before = bytes_of(target)
    monkeypatch.setattr(exchange, "_call", lambda: None)
    rename = os.rename

    def fail_at_the_end(source, to):
        if Path(source).name == "new":
            raise OSError(28, "No space left on device")
        rename(source, to)

    monkeypatch.setattr(os, "rename", fail_at_the_end)
    with pytest.raises(OSError, match="No space"):
        building.build(Package(ROOT), target)
    assert bytes_of(target) == before
    assert [p.name for p in tmp_path.iterdir()] == ["dist"]


def test_a_build_replaces_an_earlier_one_and_leaves_nothing_of_it(small, tmp_path, one_step_or_two):
    target = building.build(Package(ROOT), tmp_path / "dist")
    (target / "of-an-earlier-version.csv").write_text("x")
    building.write_sums(target)
    building.build(Package(ROOT), target)
    assert not (target / "of-an-earlier-version.csv").exists()
    assert target.stat().st_mode & 0o055 == 0o055 & ~umask(), "others may read it"
    assert [p.name for p in tmp_path.iterdir()] == ["dist"]


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_build_never_replaces_files_that_it_did_not_make(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    (tmp_path / "build.json").write_text("{}")
    with pytest.raises(PackageError, match=r"no build made: build\.json, thesis\.tex"):
        building.build(Package(ROOT), tmp_path)
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


def write_notes(target: Path) -> None:
    (target / "tables").mkdir()
    (target / "tables/notes.txt").write_text("mine")


def edit_a_file(target: Path) -> None:
    (target / "datapackage.json").write_text("edited")


def link_a_file(target: Path) -> None:
    (target / "datapackage.json").rename(target.parent / "kept.json")
    (target / "datapackage.json").symlink_to(target.parent / "kept.json")


def link_a_folder(target: Path) -> None:
    (target.parent / "other").mkdir()
    (target / "more").symlink_to(target.parent / "other")


def name_another_package(target: Path) -> None:
    manifest = json.loads((target / "build.json").read_text(encoding="utf-8"))
    (target / "build.json").write_text(json.dumps({**manifest, "package": "another"}))
    building.write_sums(target)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (write_notes, "tables/notes.txt"),
        (edit_a_file, "datapackage.json"),
        (link_a_file, "datapackage.json"),
        (link_a_folder, "more"),
        (name_another_package, "datapackage.json"),
    ],
)
def test_a_file_of_the_user_in_an_old_build_is_named_before_any_work(small, tmp_path, change, name):
    target = building.build(Package(ROOT), tmp_path / "dist")
    change(target)
    before = bytes_of(target)
    lines = []
    with pytest.raises(PackageError, match=rf"no build made.*{name}"):
        building.build(Package(ROOT), target, lines.append)
    assert lines == []
    assert bytes_of(target) == before


def test_a_file_put_there_during_a_build_is_not_lost(small, tmp_path, monkeypatch, one_step_or_two):
    target = building.build(Package(ROOT), tmp_path / "dist")
    write_sums = building.write_sums

    def meanwhile(folder):
        write_sums(folder)
        (target / "notes.txt").write_text("written while it ran")

    monkeypatch.setattr(building, "write_sums", meanwhile)
    with pytest.raises(PackageError, match=r"notes\.txt"):
        building.build(Package(ROOT), target)
    assert (target / "notes.txt").read_text() == "written while it ran"


def test_a_file_put_there_at_the_last_moment_is_put_back(small, tmp_path, monkeypatch):
    target = building.build(Package(ROOT), tmp_path / "dist")
    swap = exchange.exchange

    def late(new, to):
        if not (new / "notes.txt").exists():
            (to / "notes.txt").write_text("written between check and exchange")
        return swap(new, to)

    monkeypatch.setattr(exchange, "exchange", late)
    with pytest.raises(PackageError, match=r"notes\.txt"):
        building.build(Package(ROOT), target)
    assert (target / "notes.txt").read_text() == "written between check and exchange"


def test_a_linked_dist_stays_a_link(small, tmp_path):
    real, link = tmp_path / "disk/outputs", tmp_path / "dist"
    real.mkdir(parents=True)
    link.symlink_to(real)
    for _ in range(2):
        assert building.build(Package(ROOT), link) == link
        assert link.is_symlink()
        assert (real / "build.json").is_file()
    assert [p.name for p in real.parent.iterdir()] == ["outputs"]


def test_what_cannot_be_replaced_is_refused_before_any_work(tmp_path):
    with pytest.raises(PackageError, match="mount point"):
        building.build(Package(ROOT), Path("/"))
    with pytest.raises(PackageError, match="mount point"):
        building.build(Package(ROOT), Path("/dev"))
    (tmp_path / "file").write_text("x")
    with pytest.raises(PackageError, match="is not a folder"):
        building.build(Package(ROOT), tmp_path / "file")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    with pytest.raises(PackageError, match="cannot be followed"):
        building.build(Package(ROOT), tmp_path / "round")


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
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    folders = {f"{parent.as_posix()}/" for name in names for parent in Path(name).parents}
    assert folders - {"./"} <= set(names), "each folder has an entry of its own"
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
    assert entries.keys() == {view.name for view in derived.published_views(published)}
    assert "country_years" in entries
    names = {table.name for table in published.tables}
    for entry in entries.values():
        assert set(entry["derived_from"]) <= names
        assert entry["derived_from"]
    assert "partnership_upgrades" in entries["partners"]["derived_from"]
    assert ("iso3", "countries", "iso3") in tables["partners"].foreign_keys


def test_the_manifest_names_the_versions(dist, published):
    manifest = json.loads((dist / building.MANIFEST).read_text(encoding="utf-8"))
    assert manifest["version"] == published.version
    assert manifest["made_with"]["duckdb"] == duckdb.__version__
    rows = {table.name: len(files.rows(table)) for table in all_tables(published)}
    assert manifest["rows"] == rows
