"""How commands end: exit statuses, sentences, closed streams, signals."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import vietnam_foreign_affairs
from tests.conftest import ROOT, copy_package
from vietnam_foreign_affairs import cli, commands, endings
from vietnam_foreign_affairs.publishing.inputs import PINS, TEXTS

VFA = [sys.executable, "-m", "vietnam_foreign_affairs"]
FULL = ["/dev/full"] if Path("/dev/full").exists() else []  # a device that is a full disk


def in_shell(script: str, *arguments: object) -> subprocess.CompletedProcess:
    """A shell's redirections around the command, which is "$@"."""
    return subprocess.run(
        ["sh", "-c", script, "sh", *VFA, *map(str, arguments)], capture_output=True, text=True
    )


@pytest.fixture
def broken(workbook) -> Path:
    """A package that is not valid."""
    workbook.change("events", lambda row: True, starts_on="soon")
    return workbook.root


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """A checkout of its own: the package with the code."""
    root = copy_package(tmp_path_factory.mktemp("checkout") / "here")
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in (*TEXTS, *PINS):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    return root


def test_the_package_is_a_command():
    done = subprocess.run([*VFA, "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, f"vfa {vietnam_foreign_affairs.__version__}\n")


def test_an_unforeseen_error_has_a_status_of_its_own_and_says_where_to_report_it(
    monkeypatch, capsys
):
    def fail(args):
        raise KeyError("a mistake \x1b[31m of ours")

    monkeypatch.setattr(commands, "cite", fail)
    assert cli.main(["cite"]) == endings.UNFORESEEN == 70
    first, second, third, *_ = capsys.readouterr().err.splitlines()
    assert first.startswith("vfa: this should not have happened: KeyError")
    assert endings.REPORTS in second
    assert third.startswith("Traceback")
    assert "\x1b" not in "".join((first, second, third))


def test_a_workflow_does_not_take_a_crash_for_a_difference():
    """`vfa diff OLD NEW || [ $? -eq 1 ]` passes where something differs, and only there."""
    workflows = "".join(p.read_text("utf-8") for p in (ROOT / ".github/workflows").glob("*.yml"))
    assert len(re.findall(r"vfa diff .* \|\| \[ \$\? -eq 1 \]", workflows)) == 3
    for status in (endings.WRONG, endings.UNFORESEEN, 130, 143):
        script = f'sh -c "exit {status}" || [ $? -eq 1 ]'
        assert subprocess.run(["sh", "-c", script]).returncode != 0


@pytest.mark.parametrize("error", [MemoryError(), FileNotFoundError(2, "No such file", "x.csv")])
def test_what_can_be_foreseen_is_a_sentence(monkeypatch, capsys, error):
    def fail(args):
        raise error

    monkeypatch.setattr(commands, "cite", fail)
    assert cli.main(["cite"]) == endings.WRONG
    out, err = capsys.readouterr()
    assert out == ""
    assert err in ("vfa: there is not enough memory\n", "vfa: x.csv: No such file\n")


def test_a_missing_module_of_ours_is_no_missing_extra(monkeypatch, capsys):
    def fail(args):
        import vietnam_foreign_affairs.nothing  # noqa: F401

    monkeypatch.setattr(commands, "cite", fail)
    assert cli.main(["cite"]) == endings.UNFORESEEN


def test_invalid_stays_invalid_when_the_reader_stops(broken):
    done = in_shell('{ "$@"; echo $? >&2; } | true', "validate", broken, "--quick")
    assert done.stderr == "1\n"


def test_an_answer_that_nobody_reads_to_the_end_is_no_error():
    done = in_shell('{ "$@"; echo $? >&2; } | head -n 1', "show", "sources", "--format", "csv")
    assert done.stdout.startswith("source_id,")
    assert done.stderr == "0\n"


@pytest.mark.parametrize("where", [">&-", *(f"> {full}" for full in FULL)])
@pytest.mark.parametrize("command", [("cite",), ("query",), ("show", "leaders"), ("rules",)])
def test_an_answer_that_cannot_be_written_is_a_sentence_and_no_success(where, command):
    done = in_shell(f'"$@" {where}', *command)
    assert done.returncode == 2
    assert re.fullmatch(r"vfa: standard output [^\n]+\n", done.stderr), done.stderr


@pytest.mark.parametrize("where", ["2>&-", *(f"2> {full}" for full in FULL)])
def test_a_message_that_cannot_be_written_changes_no_status(where, broken):
    assert in_shell(f'"$@" {where}', "show", "nothing").returncode == 2
    done = in_shell(f'"$@" {where}', "validate", broken, "--quick")
    assert done.returncode == 1
    assert "not valid" in done.stdout


def test_no_stream_at_all(broken, tmp_path):
    assert in_shell('"$@" >&- 2>&- <&-', "cite").returncode == 2
    assert in_shell('"$@" >&- 2>&- <&-', "validate", broken, "--quick").returncode == 2
    file = tmp_path / "x.csv"
    done = in_shell('"$@" >&- 2>&- <&-', "sql", "SELECT 1 AS n", "--output", file)
    assert done.returncode == 0
    assert file.read_text() == "n\n1\n"


def test_sql_from_a_standard_input_that_is_closed_or_no_text():
    for script in ('"$@" <&-', "printf '\\377' | \"$@\""):
        done = in_shell(script, "sql", "-")
        assert done.returncode == 2
        assert re.fullmatch(r"vfa: standard input [^\n]+\n", done.stderr), done.stderr


def wrong_date(root: Path) -> str:
    return edit(root, "events", "2025-08-30", "30/08/2025")


def row_too_long(root: Path) -> str:
    return edit(root, "events", "\nacting-", "\nx,acting-")


def no_file(root: Path) -> str:
    (root / "tables/events.csv").unlink()
    return "tables/events.csv"


def other_encoding(root: Path) -> str:
    path = root / "tables/countries.csv"
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))
    return "tables/countries.csv"


def edit(root: Path, table: str, old: str, new: str) -> str:
    path = root / f"tables/{table}.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    return f"tables/{table}.csv"


COMMANDS = ["show events", "show partners", "query partners_as_of", "sql FROM(events)", "build"]


@pytest.mark.parametrize(
    ("change", "command"),
    [
        *((wrong_date, command) for command in COMMANDS),
        *((change, "show partners") for change in (row_too_long, no_file)),
        *((other_encoding, command) for command in ("tables", "build")),
    ],
)
def test_one_wrong_cell_in_a_checkout_says_which_file_and_what_to_do(
    checkout, tmp_path, change, command
):
    root = tmp_path / "checkout"
    shutil.copytree(checkout, root)
    file = change(root)
    path = os.pathsep.join([str(root / "src"), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        [*VFA, *command.split()], cwd=root, env=env, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"vfa: {file} ")
    assert "Run vfa validate" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(root.glob("*dist*"))


WAITING = """
import sys, time
from pathlib import Path
from vietnam_foreign_affairs import atomic, endings

def run():
    with atomic.workplace(Path(sys.argv[1])) as place:
        place.write_text("half")
        print("ready", flush=True)
        {wait}

sys.exit(endings.ended(run))
"""
WAYS = {
    "asleep": "time.sleep(60)",
    "in DuckDB": "import duckdb; duckdb.sql('SELECT count(*) FROM range(10000000) a, "
    "range(1000000) b WHERE a.range % 7 = b.range % 11').fetchall()",
    "in a child": "import subprocess; subprocess.run(['sleep', '60'])",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("number", "status", "words"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "ended")],
    ids=["SIGINT", "SIGTERM"],
)
def test_a_signal_is_one_line_a_status_and_leaves_nothing(tmp_path, way, number, status, words):
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING.format(wait=WAYS[way]), tmp_path / "target"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.3)
    children = children_of(process.pid)
    assert bool(children) is (way == "in a child")
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (status, f"vfa: {words}\n")
    assert list(tmp_path.iterdir()) == []
    assert not any(is_running(child) for child in children)


def test_ending_a_validation_ends_its_children(workbook):
    process = subprocess.Popen(
        [*VFA, "validate", workbook.root], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 20
    while not (children := children_of(process.pid)) and time.monotonic() < until:
        time.sleep(0.02)
    process.terminate()
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (143, "", "vfa: ended\n")
    assert children
    assert not any(is_running(child) for child in children)


def test_what_is_ignored_stays_ignored():
    """After nohup, a terminal that closes ends nothing."""
    done = subprocess.run(
        ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh", sys.executable, "-c",
         "import os, signal, sys\nfrom vietnam_foreign_affairs import endings\n"
         "sys.exit(endings.ended(lambda: os.kill(os.getpid(), signal.SIGHUP)))"]
    )  # fmt: skip
    assert done.returncode == 0


def children_of(pid: int) -> list[int]:
    done = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
    return [int(word) for word in done.stdout.split()]


def is_running(pid: int) -> bool:
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return bool(done.stdout.strip()) and not done.stdout.startswith("Z")
