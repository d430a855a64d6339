"""Where the command is run, and with what around it, decides nothing."""

from __future__ import annotations

import pytest

from tests.strangers.conftest import ANSWER, SECRET, World, run_as_process

MODULES = ("duckdb", "json", "csv", "zipfile", "vietnam_foreign_affairs", "sitecustomize", "html")


@pytest.fixture
def trap(world: World) -> World:
    """Modules in the current folder that tell when they are imported."""
    for name in MODULES:
        (world.here / f"{name}.py").write_text(f"raise SystemExit('{SECRET}')")
    return world


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"HOME": "/nowhere", "USERPROFILE": "/nowhere"},
        {"HOME": ""},
        {"TMPDIR": "/nowhere"},
        {"COLUMNS": "-1", "LINES": "x"},
        {"PYTHONIOENCODING": "utf-8", "LC_ALL": "C"},
        {"PYTHONSTARTUP": "json.py", "PYTHONINSPECT": ""},
        {"GIT_DIR": "/nowhere"},
        {"HTTP_PROXY": "http://127.0.0.1:9", "duckdb_memory_limit": "1"},
    ],
    ids=lambda env: " ".join(env) or "plain",
)
def test_surroundings_decide_nothing(env: dict[str, str], trap: World):
    before = {k: v for k, v in trap.seen().items() if not k.startswith("tmp")}
    done = run_as_process("at", trap.good, "query", "what", cwd=trap.here, **env)
    assert done.returncode == 0, done.stderr
    assert ANSWER in done.stdout
    assert SECRET not in done.stdout + done.stderr
    assert {k: v for k, v in trap.seen().items() if not k.startswith("tmp")} == before


def test_a_repository_around_the_user_is_only_asked_for_a_tag(trap: World):
    (trap.here / ".git/config").write_text(f"[alias]\n x = !echo {SECRET}\n[core]\n pager = x\n")
    done = run_as_process("diff", "v1.0.0", trap.good, cwd=trap.here)
    assert done.returncode == 2
    assert done.stderr.startswith("vfa: v1.0.0: it is neither a folder, nor a zip, nor a tag")
    assert SECRET not in done.stdout + done.stderr
