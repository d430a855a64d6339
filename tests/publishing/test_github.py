"""The workflows and forms on GitHub follow their schemas and name only what exists."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

GITHUB = ROOT / ".github"
FILES = [
    *(("vendor.github-workflows", path) for path in sorted(GITHUB.glob("workflows/*.yml"))),
    ("vendor.github-issue-forms", GITHUB / "ISSUE_TEMPLATE/wrong-or-missing-fact.yml"),
    ("vendor.github-issue-config", GITHUB / "ISSUE_TEMPLATE/config.yml"),
    ("vendor.dependabot", GITHUB / "dependabot.yml"),
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
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
    for line in re.findall(r"uses: .*", text):
        assert re.search(r" # v\d+\.\d+\.\d+$", line), "a commit says which version it is"
    for script in re.findall(r"\bscripts/[\w/.-]+", text):
        assert (ROOT / script).exists(), script
    assert re.search(r"^permissions:", text, re.M), "a workflow states what it may do"


def jobs():
    for path in sorted(GITHUB.glob("workflows/*.yml")):
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items():
            yield pytest.param(job, id=f"{path.stem}-{name}")


@pytest.mark.parametrize("job", list(jobs()))
def test_a_job_that_may_write_installs_nothing_and_runs_nothing_of_the_checkout(job):
    rights = job["permissions"]
    steps = job["steps"]
    for step in steps:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
    if set(rights.values()) <= {"read"} and "secrets." not in str(job):
        return
    for step in steps:
        assert not step.get("uses", "").startswith(("actions/checkout@", "actions/setup-python@"))
        assert not re.search(r"\b(pip|uv|npm|vfa|python|scripts/\w+)\b", step.get("run", ""))


def test_a_release_is_built_with_pinned_tools_only():
    text = (GITHUB / "workflows/release.yml").read_text(encoding="utf-8")
    assert "pip install" not in text
    setup = (ROOT / "scripts/setup").read_text(encoding="utf-8")
    installs = re.findall(r"pip install .*", setup)
    assert installs
    for line in installs:
        assert "--require-hashes" in line or "--no-deps --no-build-isolation" in line


def test_zizmor_finds_nothing():
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--color=never", GITHUB],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


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
