"""`vfa format`: canonical order and quoting, and never another value."""

from __future__ import annotations

import csv
import io
import random

import pytest

from tests.conftest import ROOT
from vietnam_foreign_affairs.package import Package, PackageError
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
    assert set(tidy(pkg)) == {path for path, data in wanted.items() if data.count(b"\n") > 0}
    for path, data in wanted.items():
        assert path.read_bytes() == data, path.name
    assert tidy(pkg) == []


def test_no_value_is_touched(little):
    def edit(d, s, r):
        r["places"] = [
            ["b", " 10/03/2025 ", "soon", "1_000", "", "TRUE"],
            ["a", "=1", "", "07", "1.50", "wahr"],
        ]

    pkg = little("p", edit=edit)
    assert tidy(pkg) == [pkg.table("places").path]
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
        ('place_id,thing,words\na1,x,"open\n', "line 2"),
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
    assert (done.returncode, done.stdout) == (0, f"formatted {copy}\n")
    assert copy.read_bytes() == original.read_bytes()
    assert vfa("format", copy).stdout == ""
    assert vfa("format", tmp_path / "other.csv").returncode == 2
    assert [p.name for p in tmp_path.iterdir()] == ["qualifiers.csv"]
