"""The sample that was looked up again names rows that the package still holds."""

from __future__ import annotations

import re
from pathlib import Path

import vietnam_foreign_affairs as vfa

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methodology.md"
ROW = re.compile(r"^\| \d+ \| \[`(\w+)`\]\(tables/\1\.md\) `([^`]+)` \| .+ \|$", re.M)


def test_every_row_of_the_sample_is_in_the_package():
    sample = ROW.findall(PAGE.read_text("utf-8"))
    con = vfa.connect()
    held = con.sql("SELECT DISTINCT table_name, row_id FROM row_values").fetchall()
    assert len(sample) == 60
    assert set(sample) - set(held) == set()
