"""`vfa format`: canonical order and quoting, and never another value."""

from __future__ import annotations

import csv
import io
import os
import random
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vietnam_foreign_affairs import atomic
from vietnam_foreign_affairs.package import Package, PackageError
from vietnam_foreign_affairs.publishing import tidy as tidying
from vietnam_foreign_affairs.publishing.tidy import tidy


def mangle(text: str, separator: str, seed: int) -> bytes:
    """What a spreadsheet makes of a file: order, quotes, separator, line ends, blank lines."""
    head, *rows = csv.reader(io.StringIO(text))
    order = list(range(len(head)))
    chance = random.Random(seed)
    chance.shuffle(order)
    chance.shuffle(rows)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([row[place] for place in order])
    out.write(separator * (len(head) - 1) + "\r\n\r\n")
    return b"\xef\xbb\xbf" + out.getvalue().encode()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_saved_by_a_spreadsheet_gets_its_bytes_back(workbook, vfa, separator):
    pkg = Package(workbook.root)
    wanted = {table.path: table.path.read_bytes() for table in pkg.tables}
    for seed, (path, data) in enumerate(wanted.items()):
        path.write_bytes(mangle(data.decode(), separator, seed))
    assert tidy(pkg).keys() == wanted.keys()
    for path, data in wanted.items():
        assert path.read_bytes() == data, path.name
    assert tidy(pkg) == {}


def test_no_value_is_touched(little):
    def edit(d, s, r):
        r["places"] = [
            ["b", " 10/03/2025 ", "soon", "1_000", "", "TRUE"],
            ["a", "=1", "", "07", "1.50", "wahr"],
        ]

    pkg = little("p", edit=edit)
    assert tidy(pkg) == {pkg.table("places").path: ["rows sorted"]}
    _, *rows = csv.reader(io.StringIO(pkg.table("places").path.read_text(encoding="utf-8")))
    assert rows == [
        ["a", "=1", "", "07", "1.50", "wahr"],
        ["b", " 10/03/2025 ", "soon", "1_000", "", "TRUE"],
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("place_id,thing,words\na1,x\n", "line 2: 2 cells instead of 3"),
        ("place_id,thing\na1,x\n", "the header must read place_id,thing,words"),
        ('place_id,thing,words\na1,x,y\na2,x,"open\na3,x,y\n', "begins on line 3"),
        ("place_id,thing,words,\na1,x,y,a value without a column\n", "line 2: 4 cells"),
        ("", "the header must read"),
    ],
)
def test_a_file_that_needs_a_guess_is_left_alone(little, text, message):
    pkg = little("p", edit=lambda d, s, r: r["places"].reverse())
    places, things = pkg.table("places").path, pkg.table("things").path
    things.write_text(text, encoding="utf-8")
    before = places.read_bytes()
    with pytest.raises(PackageError, match=message):
        tidy(pkg)
    assert things.read_text(encoding="utf-8") == text
    assert places.read_bytes() == before, "all files or none"


def test_a_file_that_is_not_utf_8_is_left_alone(little):
    pkg = little("p")
    path = pkg.table("things").path
    path.write_bytes("place_id,thing,words\na1,x,é\n".encode("latin-1"))
    with pytest.raises(PackageError, match="CSV UTF-8"):
        tidy(pkg, [path])


def test_the_command_formats_a_file_anywhere_and_names_it(tmp_path, vfa):
    original = ROOT / "tables/qualifiers.csv"
    copy = tmp_path / "qualifiers.csv"
    copy.write_bytes(mangle(original.read_text(encoding="utf-8"), ";", 1))
    done = vfa("format", copy)
    assert done.returncode == 0
    assert done.stdout.startswith(f"formatted {copy}: byte order mark dropped, semicolon became")
    assert copy.read_bytes() == original.read_bytes()
    assert "nothing to do" in vfa("format", copy).stdout
    assert vfa("format", tmp_path / "other.csv").returncode == 2
    assert [p.name for p in tmp_path.iterdir()] == ["qualifiers.csv"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sep=;\nthing;place_id;words\nx;a1;1\n", "line sep= dropped, semicolon became comma"),
        ("place_id,thing,words,,\na1,x,1,,\n,,,,\n", "2 blank columns dropped, 1 blank row"),
        ("place_id,thing,words\r\na1,x,1\r\n", "line ends became LF"),
        ("place_id,thing,words\ra1,x,1\r", "line ends became LF"),
        ("place_id,thing,words\na1,x,1\n\n\n", "2 blank rows dropped"),
        ('place_id,thing,words\n"a1",x,1', "quotes only where needed"),
        ("place_id,thing,words\na1,x,1", "the form of its lines"),
    ],
)
def test_it_says_what_it_did(little, text, words):
    path = little("p").table("things").path
    path.write_text(text, encoding="utf-8", newline="")
    done = tidy(little("q"), [path])
    assert words in ", ".join(done[path])
    assert path.read_bytes() == b"place_id,thing,words\na1,x,1\n"


def test_a_file_in_utf_16_becomes_utf_8(little):
    pkg = little("p")
    path = pkg.table("things").path
    path.write_text("place_id\tthing\twords\r\na1\tx\tĐông\r\n", encoding="utf-16")
    assert "UTF-16 became UTF-8" in tidy(pkg, [path])[path]
    assert path.read_text(encoding="utf-8") == "place_id,thing,words\na1,x,Đông\n"


def test_a_carriage_return_inside_quotes_stays(little):
    pkg = little("p")
    path = pkg.table("things").path
    path.write_bytes(b'place_id,thing,words\r\na2,x,"one\r\ntwo"\r\na1,x,"a\rb"\r\n')
    tidy(pkg, [path])
    assert path.read_bytes() == b'place_id,thing,words\na1,x,"a\rb"\na2,x,"one\r\ntwo"\n'
    assert tidy(pkg, [path]) == {}


def out_of_order(path: Path) -> None:
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, *reversed(rows)]), encoding="utf-8")


def test_a_link_stays_a_link_and_mode_and_owner_stay(little):
    pkg = little("p")
    path, real = pkg.table("things").path, pkg.root / "elsewhere.csv"
    places = pkg.table("places").path
    out_of_order(path)
    out_of_order(places)
    path.rename(real)
    path.symlink_to(real)
    real.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(real, 1234, 2345)
    before = real.stat()
    # Asked twice under two names, it is formatted once, and what stands behind it is formatted too.
    assert list(tidy(pkg, [path, path.parent / "../tables/things.csv", places])) == [path, places]
    after = real.stat()
    assert path.is_symlink()
    assert after.st_ino != before.st_ino
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )
    assert tidy(pkg) == {}


@pytest.mark.parametrize("can_exchange", [True, False])
def test_an_edit_made_meanwhile_is_not_lost(little, monkeypatch, can_exchange):
    pkg = little("p")
    path = pkg.table("things").path
    out_of_order(path)
    edited = path.read_bytes() + b"a1,edited,meanwhile\n"
    format_rows = tidying.format_rows

    def slowly(table, rows):
        path.write_bytes(edited)
        return format_rows(table, rows)

    monkeypatch.setattr(tidying, "format_rows", slowly)
    if not can_exchange:
        monkeypatch.setattr("vietnam_foreign_affairs.exchange._call", lambda: None)
    with pytest.raises(PackageError, match="changed in the meantime"):
        tidy(pkg, [path])
    assert path.read_bytes() == edited
    assert sorted(p.name for p in path.parent.iterdir()) == ["places.csv", "things.csv"]


def test_an_edit_between_the_last_look_and_the_exchange_is_put_back(little, monkeypatch):
    pkg = little("p")
    path = pkg.table("things").path
    out_of_order(path)
    edited = path.read_bytes() + b"a1,edited,at the last moment\n"
    swap = atomic.exchange.exchange

    def late(new, target):
        if target.read_bytes() != edited and new.read_bytes() != edited:
            target.write_bytes(edited)
        return swap(new, target)

    monkeypatch.setattr(atomic.exchange, "exchange", late)
    with pytest.raises(PackageError, match="changed in the meantime"):
        tidy(pkg, [path])
    assert path.read_bytes() == edited


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(30, "RO")])
def test_a_file_that_cannot_be_replaced_is_a_sentence(little, monkeypatch, error):
    pkg = little("p")
    path = pkg.table("things").path
    out_of_order(path)
    before = path.read_bytes()

    def refuse(new, target):
        raise error

    monkeypatch.setattr(atomic.exchange, "exchange", refuse)
    with pytest.raises(PackageError, match=r"things\.csv cannot be written: "):
        tidy(pkg, [path])
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == ["places.csv", "things.csv"]


def test_a_read_only_file_is_left_alone(little, monkeypatch):
    pkg = little("p")
    path = pkg.table("things").path
    out_of_order(path)
    before = path.read_bytes()
    path.chmod(0o444)
    access = os.access  # which root always has
    monkeypatch.setattr(os, "access", lambda p, mode: Path(p) != path and access(p, mode))
    with pytest.raises(PackageError, match=r"things\.csv cannot be written: it is read-only"):
        tidy(pkg, [path])
    assert path.read_bytes() == before


def test_what_a_killed_process_left_is_removed_and_nothing_else(little):
    pkg = little("p")
    path = pkg.table("things").path
    left, mine = path.parent / ".things.csv-ab12cd34", path.parent / ".things.csv-notebook"
    for folder, name in ((left, "vfa.lock"), (left, "new"), (mine, "years of work")):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    with atomic.workplace(path) as living:
        living.write_text("of a process that lives")
        assert tidy(pkg) == {}, "there is nothing to format, and yet it is removed"
        assert living.read_text() == "of a process that lives"
    assert sorted(p.name for p in path.parent.iterdir()) == [
        ".things.csv-notebook",
        "places.csv",
        "things.csv",
    ]
    assert (mine / "years of work").exists()
