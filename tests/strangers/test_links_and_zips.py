"""Only the named parts of a package are opened: ordinary files, inside it, of a size that fits."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

import pytest

from tests.strangers.conftest import ANSWER, World, parts, write
from vietnam_foreign_affairs import inside
from vietnam_foreign_affairs.package import Package, PackageError
from vietnam_foreign_affairs.publishing import opening
from vietnam_foreign_affairs.publishing.opening import opened

TABLE, VIEW = "tables/things.csv", "scripts/sql/views/seen.sql"


def link(name: str, target: str):
    def place(root: Path) -> None:
        path = root / name
        if path.is_dir():
            path.rename(root / "moved")
        else:
            path.unlink(missing_ok=True)
        path.symlink_to(target)

    return place


def pipe(name: str):
    def place(root: Path) -> None:
        (root / name).unlink()
        os.mkfifo(root / name)

    return place


def folder(name: str):
    def place(root: Path) -> None:
        (root / name).unlink()
        (root / name).mkdir()

    return place


PLACES = {
    "table to a file outside": (link(TABLE, "../../here/x.csv"), "leads out of the package"),
    "table to a system file": (link(TABLE, "/etc/passwd"), "leads out of the package"),
    "table to a device": (link(TABLE, "/dev/zero"), "leads out of the package"),
    "table to standard input": (link(TABLE, "/dev/stdin"), "leads out of the package"),
    "table to itself": (link(TABLE, "things.csv"), "cannot be followed"),
    "table to nothing outside": (link(TABLE, "/nowhere/x.csv"), "leads out of the package"),
    "folder of tables": (link("tables", "../here"), "leads out of the package"),
    "schema to a file outside": (
        link("schemas/things.json", "../../here/sub/datapackage.json"),
        "leads out of the package",
    ),
    "folder of schemas": (link("schemas", "/dev"), "leads out of the package"),
    "descriptor to a file outside": (
        link("datapackage.json", "../here/sub/datapackage.json"),
        "leads out of the package",
    ),
    "descriptor to a device": (link("datapackage.json", "/dev/zero"), "leads out of the package"),
    "view to a file outside": (link(VIEW, "/etc/passwd"), "leads out of the package"),
    "folder of views": (link("scripts/sql/views", "../../../here"), "leads out of the package"),
    "folder of SQL": (link("scripts/sql", "../../here"), "leads out of the package"),
    "table is a pipe": (pipe(TABLE), "not an ordinary file"),
    "schema is a pipe": (pipe("schemas/things.json"), "not an ordinary file"),
    "descriptor is a pipe": (pipe("datapackage.json"), "not an ordinary file"),
    "view is a pipe": (pipe(VIEW), "not an ordinary file"),
    "table is a folder": (folder(TABLE), "not an ordinary file"),
    "descriptor is a folder": (folder("datapackage.json"), "not an ordinary file"),
    "view is a folder": (folder(VIEW), "not an ordinary file"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_folder_that_leads_elsewhere_is_not_followed(name: str, world: World, attack):
    place, words = PLACES[name]
    root = write(world.evil, parts())
    place(root)
    done = attack("at", root, "query", "what")
    assert done.status == 2
    assert words in done.err
    if "view" not in name and "SQL" not in name:
        assert attack("diff", world.good, root).status == 2
        with pytest.raises(PackageError, match=words):
            _ = Package(root).tables
    else:
        with pytest.raises(PackageError, match=words):
            Package(root).sql_of("views")


def test_links_inside_a_package_are_files_like_others(world: World, attack):
    root = write(world.evil, parts())
    (root / TABLE).rename(root / "tables/other.csv")
    (root / TABLE).symlink_to("other.csv")
    assert ANSWER in attack("at", root, "query", "what").out


def test_only_the_named_parts_are_copied(world: World):
    root = write(world.evil, parts())
    (root / ".env").write_text("x")
    (root / "tables/secret.csv").write_text("x")
    (root / "scripts/sql/views/no sql.txt").write_text("x")
    with opened(root) as pkg:
        copied = {str(p.relative_to(pkg.root)) for p in pkg.root.rglob("*") if p.is_file()}
    assert copied == {
        *("datapackage.json", "schemas/things.json", TABLE, VIEW),
        *("scripts/sql/macros/twice.sql", "scripts/sql/queries/what.sql"),
    }
    assert not pkg.root.exists()


def zipped(world: World, prefix: str = "", change=None, **more: bytes) -> Path:
    """The good package as a zip; `change(name, info, data)` makes it another one."""
    path = world.base / "release.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(p for p in world.good.rglob("*") if p.is_file()):
            name = file.relative_to(world.good).as_posix()
            info = zipfile.ZipInfo(prefix + name)
            info.compress_type = zipfile.ZIP_DEFLATED
            data = file.read_bytes()
            if change:
                data = change(name, info, data)
            if data is not None:
                archive.writestr(info, data)
        for name, data in more.items():
            archive.writestr(name, data)
    return path


def changed(name: str, data: bytes | None):
    return lambda at, info, old: data if at == name else old


def as_link(name: str, target: bytes, kind: int = stat.S_IFLNK):
    def change(at, info, old):
        if at != name:
            return old
        info.external_attr = (kind | 0o777) << 16
        return target

    return change


def test_the_zip_of_a_package_answers(world: World, attack):
    path = zipped(world)
    assert ANSWER in attack("at", path, "query", "what").out
    assert attack("diff", path, world.good).status == 0


def test_the_source_zip_with_its_inner_folder_answers(world: World, attack):
    path = zipped(world, "little-1.0.0/", **{"little-1.0.0/tests/datapackage.json": b"{}"})
    assert ANSWER in attack("at", path, "query", "what").out
    assert attack("diff", path, world.good).status == 0


@pytest.mark.parametrize(
    "name", ["../here/x.csv", "/etc/x", "..\\here\\x.csv", "C:\\x", "a/../../x", ".git/config"]
)
def test_a_name_in_a_zip_that_leads_elsewhere_is_left_alone(name: str, world: World, attack):
    path = zipped(world, **{name: b"overwritten"})
    assert ANSWER in attack("at", path, "query", "what").out


ZIPS = {
    "table is a link": ({"change": as_link(TABLE, b"/etc/passwd")}, "not an ordinary file"),
    "schema is a link": (
        {"change": as_link("schemas/things.json", b"/etc/passwd")},
        "not an ordinary file",
    ),
    "descriptor is a link": (
        {"change": as_link("datapackage.json", b"/etc/passwd")},
        "not an ordinary file",
    ),
    "view is a link": ({"change": as_link(VIEW, b"/etc/passwd")}, "not an ordinary file"),
    "table is a device": (
        {"change": as_link(TABLE, b"", stat.S_IFCHR)},
        "not an ordinary file",
    ),
    "table that shrinks a thousandfold": (
        {"change": changed(TABLE, b"a" * 20_000_000)},
        "bytes that it may have",
    ),
    "SQL beyond its size": (
        {"change": changed(VIEW, os.urandom(inside.MOST_SQL + 1).hex().encode())},
        "bytes that it may have",
    ),
    "descriptor beyond its size": (
        {"change": changed("datapackage.json", b" " * 5_000_000)},
        "is not JSON",
    ),
    "SQL in another encoding": (
        {"change": changed(VIEW, "CREATE VIEW seen AS SELECT 'é';".encode("latin-1"))},
        "is not UTF-8",
    ),
    "no descriptor": ({"change": changed("datapackage.json", None)}, "datapackage.json does not"),
    "no table": ({"change": changed(TABLE, None)}, "things.csv cannot be read: No such file"),
    "no schema": ({"change": changed("schemas/things.json", None)}, "does not exist"),
    "two inner folders": (
        {"prefix": "one/", "two/datapackage.json": b"{}"},
        "datapackage.json does not exist",
    ),
}


@pytest.mark.parametrize("name", ZIPS)
def test_a_zip_that_is_not_what_it_must_be_is_one_sentence(name: str, world: World, attack):
    made, words = ZIPS[name]
    done = attack("at", zipped(world, **made), "query", "what")
    assert done.status == 2
    assert words in done.err


def test_a_table_larger_than_the_descriptor_states_is_refused(world: World, attack):
    root = world.make(lambda made: made.descriptor["resources"][0].update(bytes=10))
    done = attack("diff", root, world.good)
    assert done.status == 2
    assert f"{TABLE} has more than the 10 bytes that it may have" in done.err


def test_all_parts_together_have_a_size(world: World, attack, monkeypatch):
    monkeypatch.setattr(opening, "MOST", 1000)
    assert "bytes that it may have" in attack("diff", world.good, world.good).err
    assert "the zip has more than 1,000 bytes" in attack("diff", zipped(world), world.good).err


def spoil(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


DAMAGES = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-30]),
    "empty": lambda path: path.write_bytes(b""),
    "no zip": lambda path: path.write_bytes(b"id,words\n"),
    "damaged inside": lambda path: path.write_bytes(
        path.read_bytes()[:60] + b"\xff" * 40 + path.read_bytes()[100:]
    ),
    # Flags and method stand behind the signature of each entry in the directory.
    "encrypted": lambda path: spoil(
        path, b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0"
    ),
    "packed as nobody can": lambda path: spoil(path, b"\0\0\x08\0", b"\0\0\x63\0"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_zip_is_one_sentence(name: str, world: World, attack):
    path = zipped(world)
    DAMAGES[name](path)
    done = attack("diff", path, world.good)
    assert done.status == 2
    assert "zip" in done.err


def test_a_part_twice_in_a_zip_is_refused(world: World, attack):
    path = zipped(world)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(TABLE, "another")
    assert f"{TABLE} stands twice in the zip" in attack("diff", path, world.good).err


def test_a_part_that_is_a_file_and_a_folder_is_refused(world: World, attack):
    def edit(made):
        resource = made.descriptor["resources"][0]
        made.descriptor["resources"].append(
            {**resource, "name": "more", "path": "schemas/things.json/x.csv"}
        )

    path = zipped(world, **{"schemas/things.json/x.csv": b"x"})
    with zipfile.ZipFile(path) as archive:
        names = {n: archive.read(n) for n in archive.namelist()}
    root = world.make(edit)
    names["datapackage.json"] = (root / "datapackage.json").read_bytes()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    assert "cannot be copied" in attack("diff", path, world.good).err


@pytest.mark.parametrize(
    "where", ["/dev/zero", "/dev/stdin", "nowhere", "-x", "--output=x", "x" * 5000, "", "a\nb"]
)
def test_what_is_no_package_is_one_sentence(where: str, world: World, attack):
    if where == "":
        (world.here / "datapackage.json").unlink(missing_ok=True)
    done = attack("diff", "--", where, world.good)
    assert done.status == 2
