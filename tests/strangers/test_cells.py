"""Cells and names of a stranger in what `vfa diff` says: shown, never obeyed."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import pytest

from tests.strangers.conftest import ANSWER, Parts, World
from vietnam_foreign_affairs.visible import visible

CELLS = {
    "a line break": "one\n@somebody",
    "a carriage return": "one\r@somebody",
    "a backtick": "one ` @somebody",
    "three backticks": "``` @somebody ```",
    "backticks and a line break": "`\n\n```\n@somebody <b>",
    "a backtick at each end": "`@somebody`",
    "only backticks": "````",
    "HTML": "</summary></details><img src=x onerror=alert(1)> @somebody",
    "a comment of HTML": "<!-- @somebody",
    "a link": "[x](javascript:alert(1)) https://example.org/@somebody",
    "a table": "| @somebody | --- |",
    "a heading": "\n# @somebody",
    "clearing the screen": "\x1b[2J\x1b]0;title\x07@somebody",
    "a device control string": "\x90q\x9c @somebody",
    "going back": "right\b\b\b\b\bwrong",
    "right to left": "\u202ecba\u202c \u2066x\u2069 \u200f",
    "no width": "a\u200bb\u200dc\ufeffd\u2060e",
    "no break": "a\u00a0b\u2028c\u2029d\u0085e",
    "filling": "a\u3164b\u115fc\u2800d\u00ade",
    "tags": "a\U000e0041\U000e0042b\ufe0f",
    "a template": "{{ cycler.__init__.__globals__.os.system('id') }}",
    "a formula": "=cmd|' /C calc'!A0",
    "very long": "x" * 100_000 + "@somebody",
}
UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\u115f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe0f\ufeff"
    r"\U000e0000-\U000e007f]"
)
SPAN = re.compile(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)")


def put(cell: str):
    def edit(made: Parts) -> None:
        rows = [*csv.reader(io.StringIO(made.files["tables/things.csv"]))]
        rows[1][1] = cell
        out = io.StringIO()
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
        made.files["tables/things.csv"] = out.getvalue()

    return edit


def outside_of_code(markdown: str) -> str:
    return "\n".join(SPAN.sub("", line) for line in markdown.split("\n"))


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_is_shown_and_not_obeyed(name: str, world: World, attack):
    root = world.make(put(CELLS[name]))
    text = attack("diff", world.good, root)
    assert text.status == 1
    assert not UNSEEN.search(text.out.replace("\n", ""))
    assert [line for line in text.out.splitlines() if line.startswith("  ")] == [
        f"  ~ a, words: {ANSWER} -> {visible(CELLS[name])}"
    ]
    markdown = attack("diff", world.good, root, "--format", "markdown").out
    assert not UNSEEN.search(markdown.replace("\n", ""))
    outside = outside_of_code(markdown)
    for word in ("@somebody", "<img", "<b>", "<!--", "javascript:", "# ", "{{"):
        assert word not in outside.replace("### Data changes", "")
    assert len([line for line in markdown.split("\n") if "became" in line]) == 1
    assert len(markdown) < 2_000
    cells = list(
        csv.DictReader(io.StringIO(attack("diff", world.good, root, "--format", "csv").out))
    )
    if "\r" not in CELLS[name]:  # pytest reads what was written as text
        assert cells[0]["new"] == CELLS[name], "for machines the cell is as it is"
    attack("diff", world.good, root, "--format", "changelog")


NAME = "a`b\n@somebody <script>|\x1b[2J\u202e"


@pytest.mark.parametrize(
    "edit",
    [
        lambda made: made.descriptor["resources"][0].update(name=NAME),
        lambda made: made.schema["fields"][1].update(name=NAME),
        lambda made: made.schema["fields"][1].update(unit=NAME),
        lambda made: made.schema["fields"][0].update(name=NAME),
        lambda made: put(NAME)(made),
    ],
)
@pytest.mark.parametrize("format", ["text", "markdown", "changelog"])
def test_a_name_is_shown_and_not_obeyed(edit, format: str, world: World, attack):
    def with_header(made: Parts) -> None:
        edit(made)
        names = [field["name"] for field in made.schema["fields"]]
        made.schema["primaryKey"] = names[:1]
        if NAME in names:
            out = io.StringIO()
            csv.writer(out, lineterminator="\n").writerows([names, list("abcdef")])
            made.files["tables/things.csv"] = out.getvalue()

    done = attack("diff", world.good, world.make(with_header), "--format", format)
    assert done.status == 1
    assert not UNSEEN.search(done.out.replace("\n", ""))
    if format != "text":
        outside = re.sub(r"<code>.*?</code>", "", outside_of_code(done.out))
        assert "@somebody" not in outside
        assert "<script>" not in done.out.replace("`", "") or "<script>" not in outside


@pytest.mark.parametrize("version", ["@somebody", "1.0.0\n@somebody", "1" * 5000, "١.٠.٠", ""])
def test_a_version_that_is_none_is_one_sentence(version: str, world: World, attack):
    root = world.make(lambda made: made.descriptor.update(version=version))
    for format in ("text", "markdown"):
        done = attack("diff", world.good, root, "--format", format)
        assert done.status == 2
        assert "is not a version such as 1.2.3" in done.err


def test_a_key_that_stands_twice_is_said(world: World, attack):
    def twice(made: Parts) -> None:
        made.files["tables/things.csv"] += "a,another,,,s1,p\n"

    root = world.make(twice)
    for args in ((world.good, root), (root, world.good), (root, root)):
        done = attack("diff", *args)
        assert done.status == 2
        assert "things.csv: lines 2 and 3 have the same key a" in done.err
    assert "the old package" in done.err


def test_text_in_another_normal_form_is_said_to_look_the_same(world: World, attack):
    name = "Đối ngoại Việt Nam"
    old = world.make(put(name))
    moved = old.rename(world.base / "old")
    new = world.make(put(unicodedata.normalize("NFD", name)))
    done = attack("diff", moved, new)
    assert "1 row changed (1 of them only in the Unicode normal form" in done.out
    assert "(looks the same: NFC became NFD)" in done.out
    markdown = attack("diff", moved, new, "--format", "markdown").out
    assert "(looks the same: NFC became NFD)" in markdown
    assert "looks the same" not in attack("diff", world.good, new).out


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda made: made.files.pop("tables/things.csv"), "things.csv cannot be read"),
        (lambda made: made.descriptor["resources"][0].update(name="others"), "table removed"),
        (
            lambda made: made.descriptor["resources"][0].update(path="tables/others.csv"),
            "others.csv cannot be read",
        ),
    ],
)
def test_a_missing_or_renamed_table_is_said(edit, words: str, world: World, attack):
    done = attack("diff", world.good, world.make(edit))
    assert words in done.out + done.err


def test_what_is_seen_stays_as_it_is():
    for text in ("Đối ngoại Việt Nam", unicodedata.normalize("NFD", "Việt"), "日本", "a\\b", "😀"):
        assert visible(text) == text
