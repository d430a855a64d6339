"""The workflows and forms on GitHub follow their schemas and name only what exists."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT

GITHUB = ROOT / ".github"
FILES = [
    *(("vendor.github-workflows", path) for path in sorted(GITHUB.glob("workflows/*.yml"))),
    ("vendor.github-issue-forms", GITHUB / "ISSUE_TEMPLATE/wrong-or-missing-fact.yml"),
    ("vendor.github-issue-config", GITHUB / "ISSUE_TEMPLATE/config.yml"),
]


@pytest.mark.parametrize("schema", sorted({schema for schema, _ in FILES}))
def test_a_file_follows_its_schema(schema):
    files = [path for kind, path in FILES if kind == schema]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", sorted(GITHUB.glob("workflows/*.yml")), ids=lambda p: p.stem)
def test_a_workflow_uses_versions_and_scripts_that_exist(path):
    text = path.read_text(encoding="utf-8")
    for action in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@(v\d+|release/v\d+)", action), action
    for script in re.findall(r"\bscripts/[\w/.-]+", text):
        assert (ROOT / script).exists(), script
    assert re.search(r"^permissions:", text, re.M), "a workflow states what it may do"


def test_the_commands_of_the_workflows_are_commands(vfa):
    commands = {
        word
        for path in GITHUB.glob("workflows/*.yml")
        for word in re.findall(r"\bvfa (\w+)", path.read_text(encoding="utf-8"))
    }
    assert commands
    for command in commands:
        assert vfa(command, "--help").returncode == 0, command


def test_the_reminder_asks_sql_that_works(vfa):
    text = (GITHUB / "workflows/freshness.yml").read_text(encoding="utf-8")
    sql = re.search(r'vfa sql --format csv "([^"]+)"', text)[1].replace("$limit", "2999-01-01")
    done = vfa("sql", "--format", "csv", sql)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1
    assert done.stdout.startswith("table_name,ends_on,last_checked\n")
