"""Which tests reach a place in the code, and how long each takes: who must notice a change there.

The suite runs once under coverage, a context a test. Of SQL, which coverage does not see, those
tests are asked that name the query, the check or the view, or what is made from it.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from vietnam_foreign_affairs.sql import words

from . import CodeChange, suite

SOURCE = "src/vietnam_foreign_affairs"
PARTS = (
    *("tests/data", "tests/validation", "tests/cli", "tests/publishing", "tests/assistant"),
    # What builds small sites; the others take minutes and a browser.
    *("tests/site/test_building.py", "tests/site/test_generated.py"),
)
# A whole site.
LEFT_OUT = "tests/site/test_building.py::test_the_command_says_130_and_keeps_the_site"
OF_SQL = ("tests/data/", "tests/validation/test_relations.py", "tests/validation/test_mistakes.py")
SHARED = ("dist", "server")  # fixtures made once for all modules, where coverage sees the first
SHORT = 2  # seconds: longer tests are asked about SQL only where they name it
MOST = 60  # seconds of tests that a change is given, the shortest modules first
DURATION = re.compile(r"^([\d.]+)s (?:setup|call|teardown) +(\S.*)$", re.M)


class Reach(NamedTuple):
    """Seconds by test, and tests by line and file; a line that runs at import has none."""

    seconds: dict[str, float]
    lines: dict[str, dict[str, list[str]]]


def of(root: Path, kept: Path, processes: int) -> Reach:
    """What is known of this state of the code and tests; measured where nothing is known yet."""
    state = hashlib.sha256()
    for path in sorted(p for part in ("src", "scripts/sql", "tests") for p in _files(root / part)):
        state.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    if kept.is_file():
        known = json.loads(kept.read_text(encoding="utf-8"))
        if known["state"] == state.hexdigest():
            return Reach(known["seconds"], known["lines"])
    found = _measured(root, kept.with_name("coverage"), processes)
    kept.write_text(json.dumps({"state": state.hexdigest(), **found._asdict()}), encoding="utf-8")
    return found


def tests_of(root: Path, reach: Reach, change: CodeChange) -> tuple[str, ...]:
    """The tests that must notice a change, those of a module together, the shortest first."""
    of_sql = change.file.endswith(".sql")
    groups = _naming(root, reach, change.file) if of_sql else _reaching(reach, change)
    chosen, left = [], float(MOST)
    cheapest = sorted({*groups[0], *groups[-1]}, key=reach.seconds.__getitem__)[:1]
    for tests in groups:
        modules: dict[str, list[str]] = defaultdict(list)
        for test in tests:
            if test not in chosen:
                modules[_module(test)].append(test)
        cost = {m: sum(map(reach.seconds.__getitem__, found)) for m, found in modules.items()}
        for test in (test for m in sorted(modules, key=cost.__getitem__) for test in modules[m]):
            if reach.seconds[test] < left:
                chosen.append(test)
                left -= reach.seconds[test]
    if not of_sql and not groups[-1]:
        chosen += _of_part(change.file)
    return tuple(chosen or cheapest)


def _about(reach: Reach, file: str) -> list[str]:
    """Tests of modules that are named like the file or its folder.

    Coverage does not see all that they reach: plans of rules are kept from the first test on.
    """
    path = Path(file)
    names = {path.stem, path.parent.name} | ({"mistakes"} if path.parent.name == "rules" else set())
    return [test for test in reach.seconds if names & set(Path(_module(test)).stem.split("_"))]


def _reaching(reach: Reach, change: CodeChange) -> tuple[list[str], ...]:
    """Tests that are about the file, and then those that reach the line."""
    lines = {int(number): tests for number, tests in reach.lines.get(change.file, {}).items()}
    # A continued line is that of its statement. What runs at import is that of all tests of the
    # file; what only processes reach that a test starts, of the others in their modules, too.
    statement = max((number for number in lines if number <= change.line), default=None)
    wanted = set(lines.get(statement, ()))
    every = {test for tests in lines.values() for test in tests}
    groups = [_about(reach, change.file), [t for t in reach.seconds if t in (wanted or every)]]
    if every and not wanted:
        modules = set(map(_module, every))
        groups.append([test for test in reach.seconds if _module(test) in modules])
    return tuple(groups)


def _module(test: str) -> str:
    return test.partition("::")[0]


def _of_part(file: str) -> tuple[str, ...]:
    """For what only processes of their own reach, which coverage does not see."""
    part = file.removeprefix(f"{SOURCE}/").split("/")[0]
    return (f"tests/{part}",) if f"tests/{part}" in PARTS else ("tests/cli",)


def _naming(root: Path, reach: Reach, file: str) -> tuple[list[str], ...]:
    """Tests that name what an SQL file makes, then what is made of it, then all short ones."""
    own = {Path(file).stem}
    wider = _made_of(root, own)
    first, then, last = [], [], []
    for test, seconds in reach.seconds.items():
        said = _words_of(root, test)
        if said & own:
            first.append(test)
        elif said & wider:
            then.append(test)
        elif seconds < SHORT and test.startswith(OF_SQL):
            last.append(test)
    return first, then, last


def _made_of(root: Path, names: set[str]) -> set[str]:
    texts = {p.stem: words(p.read_text(encoding="utf-8")) for p in _files(root / "scripts/sql")}
    found = set(names)
    while more := {name for name, said in texts.items() if said & found} - found:
        found |= more
    return found


@cache
def _words_of(root: Path, test: str) -> set[str]:
    module, _, name = test.partition("::")
    function, _, parameter = name.partition("[")
    said = _said(root / module)
    return said.get(function, set()) | said[""] | set(re.findall(r"\w+", parameter))


@cache
def _said(path: Path) -> dict[str, set[str]]:
    """The words of each function, and under a blank name those of lists beside them."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    parts = [(n.name, n) for n in _functions(path)]
    parts += [("", n) for n in tree.body if isinstance(n, ast.Assign | ast.AnnAssign)]
    said: dict[str, set[str]] = {"": set()}
    for name, node in parts:
        words_of_part = re.findall(r"\w+", ast.get_source_segment(text, node) or "")
        said.setdefault(name, set()).update(words_of_part)
    return said


@cache
def _functions(path: Path) -> list[ast.FunctionDef]:
    if not path.is_file():
        return []
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.FunctionDef)]


def takes(root: Path, test: str, fixture: str) -> bool:
    """Whether a test takes a fixture, or one that is made of it."""
    module, _, name = test.partition("::")
    path = root / module
    places = (path, path.with_name("conftest.py"), root / "tests/conftest.py")
    given = {f.name: {a.arg for a in f.args.args} for p in places for f in _functions(p)}
    known = {fixture}
    while more := {f for f, names in given.items() if names & known} - known:
        known |= more
    return name.partition("[")[0] in known


def _measured(root: Path, file: Path, processes: int) -> Reach:
    import coverage

    options = ["-n", str(processes), "-p", "no:cacheprovider", f"--cov={SOURCE}"]
    options += ["--cov-context=test", "--cov-report=", f"--deselect={LEFT_OUT}"]
    # Those that take no time, too: what they look at, a fixture made for the first of them.
    options += ["--durations=0", "--durations-min=0"]
    command = [sys.executable, "-m", "pytest", *options, *PARTS]
    env = suite.environment(root) | {"COVERAGE_FILE": str(file)}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"without any change, the suite fails:\n{done.stdout[-2000:]}")
    data = coverage.CoverageData(str(file))
    data.read()
    return reached(data, done.stdout, root)


def reached(data: object, log: str, root: Path) -> Reach:
    """What coverage and the durations that pytest prints say together."""
    seconds: dict[str, float] = defaultdict(float)
    for took, test in DURATION.findall(log):
        seconds[test] += float(took)
    for context in data.measured_contexts():
        if context:
            seconds[context.rpartition("|")[0]] += 0
    modules: dict[str, list[str]] = defaultdict(list)
    for test in seconds:
        modules[_module(test)].append(test)

    takers = [[test for test in seconds if takes(root, test, name)] for name in SHARED]

    def tests(contexts: list[str]) -> Iterator[str]:
        for context in filter(None, contexts):
            test, _, when = context.rpartition("|")
            if when == "run":
                yield test
            else:  # what a fixture reached for the first test serves the others too
                yield from modules[_module(test)]
                yield from (other for group in takers if test in group for other in group)

    lines = {
        Path(name).relative_to(root).as_posix(): {
            str(line): sorted(set(tests(contexts)))
            for line, contexts in data.contexts_by_lineno(name).items()
        }
        for name in data.measured_files()
    }
    return Reach(dict(sorted(seconds.items())), lines)


def _files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.suffix in (".py", ".sql") and p.is_file()]
