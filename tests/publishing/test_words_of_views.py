"""What a view's head says goes wherever the view does; a column keeps the words it came with."""

from __future__ import annotations

import subprocess
import sys

import pytest

from vietnam_foreign_affairs.database import described
from vietnam_foreign_affairs.package import PackageError
from vietnam_foreign_affairs.publishing.derived import published_views
from vietnam_foreign_affairs.views import Words, describe, words_of

SQL = """\
-- title: Things
-- title_vi: Đồ vật
-- description: What there is,
--   in two lines.
-- key: place_id, thing
-- column many: Many | Nhiều | How many there are.
-- How it works.
CREATE VIEW counted AS
SELECT place_id, thing, count(*) AS many FROM things GROUP BY ALL;
"""


def test_a_head_is_read():
    view = describe("counted", SQL)
    assert (view.title, view.title_vi) == ("Things", "Đồ vật")
    assert view.description == "What there is, in two lines."
    assert view.key == ("place_id", "thing")
    assert view.columns == {"many": Words("Many", "Nhiều", "How many there are.")}
    assert view.note == "How it works."
    assert not view.is_macro


def test_a_column_needs_all_its_words():
    with pytest.raises(PackageError, match=r"counted\.sql: column many needs title \| title_vi"):
        describe("counted", SQL.replace("Many | Nhiều |", "Many |"))


def test_a_column_keeps_the_words_of_where_it_comes_from(published):
    views = described(published)

    def words(view, column):
        return words_of(published, views, view, column)

    field = published.table("countries").field("m49")
    assert words("country_years", "m49") == (field.title, field.title_vi, field.description)
    assert words("partners", "steps") is views["partners_as_of"].columns["steps"]
    assert words("partners", "tier_id") is views["partnership_spells"].columns["tier_id"]
    assert words("reconciliation", "status").description.startswith("agrees")
    assert words("partners", "no_such_column") is None


def write(pkg, sql):
    (pkg.sql / "views/counted.sql").write_text(sql, encoding="utf-8")
    return pkg


def test_a_view_with_a_key_is_published_and_needs_words(little):
    (view,) = published_views(write(little("a"), SQL))
    assert view.name == "counted"
    assert published_views(write(little("b"), SQL.replace("-- key", "-- no key"))) == ()
    with pytest.raises(PackageError, match=r"counted\.sql has a key, and needs a title"):
        published_views(write(little("c"), SQL.replace("-- title: Things\n", "")))


def test_the_formats_are_known_without_the_libraries_that_write_them():
    heavy = "{'pandas', 'pyarrow', 'sqlglot', 'typst', 'xlsxwriter', 'yaml'}"
    code = (
        "import sys, vietnam_foreign_affairs.publishing.formats;"
        f"print(*{heavy} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("\n", "")
