"""docs/commands.md says what commands do."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import ROOT
from vietnam_foreign_affairs import endings, output
from vietnam_foreign_affairs.publishing import diff

PAGE = (ROOT / "docs/commands.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_every_status_is_in_the_table():
    stated = [int(status) for status, _ in rows("Exit statuses")]
    ours = [endings.DONE, endings.DIFFERENT, endings.WRONG, endings.UNFORESEEN]
    assert stated == [*ours, 129, 130, 143]


def test_every_format_is_in_the_table(vfa):
    pages = {}
    for commands, formats, to_file in rows("Formats"):
        for command in re.findall(r"`vfa (\w+)`", commands):
            pages[command] = (re.findall(r"`(?:--style )?(\w+)`", formats), to_file)
    for command in re.findall(r"^    (\w+) ", vfa("--help").stdout, re.M):
        help = vfa(command, "--help").stdout
        found = re.search(r"--(?:format|style) \{([\w,]+)\}", help)
        formats = found[1].split(",") if found else []
        assert pages.get(command, ([], ""))[0] == formats, command
        assert ("--output FILE" in help) is (pages.get(command, ([], ""))[1] == "yes"), command
    assert pages["diff"][0] == list(diff.FORMATS)
    assert pages["show"][0] == list(output.FORMATS)


FORMS = {
    "null": "NULL",
    "truth value": "true",
    "whole number, of any size": "25",
    "date": "DATE '2024-12-31'",
    "time, timestamp": "TIMESTAMP '2024-12-31 10:00:00'",
    "interval": "INTERVAL '1 month 3 days'",
    "bytes": "'\\xAA'::BLOB",
}


@pytest.mark.parametrize("kind", FORMS)
def test_values_are_written_as_the_table_says(vfa, kind):
    in_json, in_csv = next(row[1:3] for row in rows("Values") if row[0] == kind)
    sql = f"SELECT {FORMS[kind]} AS x, 1 AS n"
    done = vfa("sql", sql, "--format", "json")
    assert json.loads(done.stdout)[0]["x"] == json.loads(in_json.strip("`"))
    shown = vfa("sql", sql, "--format", "csv").stdout
    assert shown == f"x,n\n{'' if in_csv == 'blank' else in_csv.strip('`')},1\n"
