"""Validating a stranger's package reads that package, and does nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import vietnam_foreign_affairs as vfa
from vietnam_foreign_affairs.validation import steps

HARM = {
    "write": "COPY (SELECT 1) TO '{out}'",
    "read": "CREATE TABLE stolen AS FROM read_text('{secret}')",
    "attach": "ATTACH '{out}' AS other",
    "export": "EXPORT DATABASE '{out}'",
    "install": "INSTALL httpfs",
    "unlock": "SET enable_external_access = true",
    "settings": "SET memory_limit = '100GB'",
}


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize(
    "where", ["views/partners.sql", "macros/last_day_of.sql", "checks/tiers.sql"]
)
def test_sql_of_a_package_reaches_no_file_and_no_setting(workbook, tmp_path, harm, where):
    (tmp_path / "secret").write_text("the secret")
    sql = HARM[harm].format(out=tmp_path / "out", secret=tmp_path / "secret")
    path = workbook.root / "scripts/sql" / where
    path.write_text(f"{path.read_text()};\n{sql};\n")
    report = vfa.validate(workbook.root, quick=True)
    assert not (tmp_path / "out").exists()
    assert {f.rule for f in report.failures} == {"sql"}
    assert "the secret" not in report.to_text()


def test_modules_of_the_current_folder_are_not_imported(workbook, tmp_path):
    for name in ("frictionless", "json", "duckdb"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    code = "import vietnam_foreign_affairs as vfa, sys; print(vfa.validate(sys.argv[1]).valid)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(workbook.root)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )
    assert done.stdout == "True\n", done.stderr
    assert not (tmp_path / "ran").exists()


def test_a_second_opinion_that_does_not_finish_is_a_failure(workbook, tmp_path, monkeypatch):
    """As when its process is killed: silence is not consent."""
    (tmp_path / "frictionless.py").write_text("import os; os._exit(0)")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (failure,) = vfa.validate(workbook.root).failures
    assert failure.rule == "frictionless"
    assert "stopped" in failure.message


def test_no_file_of_the_package_is_changed(workbook):
    def state(root: Path) -> dict:
        return {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in root.rglob("*")}

    before = state(workbook.root)
    vfa.validate(workbook.root)
    assert state(workbook.root) == before


def test_what_ends_a_validation_does_not_wait_for_the_second_opinion(
    workbook, tmp_path, monkeypatch
):
    (tmp_path / "frictionless.py").write_text("import time; time.sleep(60)")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(steps, "STEPS", (interrupt,))
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        vfa.validate(workbook.root)
    assert time.monotonic() - start < 30


def test_a_view_may_be_commented_on(workbook):
    path = workbook.root / "scripts/sql/views/partners.sql"
    comment = "/* two\nlines */ comment on view partners is 'Those who are partners.'"
    path.write_text(f"{path.read_text().rstrip().removesuffix(';')};\n{comment};\n")
    report = vfa.validate(workbook.root, quick=True)
    assert report.valid, report.to_text()
