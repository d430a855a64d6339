"""`connect()` serves the same database whether it is made, or copied from what was kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import vietnam_foreign_affairs as vfa
from vietnam_foreign_affairs import database, package

ROOT = package.package().root


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/vietnam-foreign-affairs"


def everything(con):
    """Every table and view with its rows, every macro with its words."""
    names = con.sql(
        "SELECT table_name FROM duckdb_tables() UNION ALL "
        "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
    ).fetchall()
    rows = {name: sorted(con.sql(f"FROM {name}").fetchall(), key=str) for (name,) in names}
    macros = con.sql(
        "SELECT function_name, comment, parameters FROM duckdb_functions() "
        "WHERE database_name = 'memory' AND NOT internal ORDER BY ALL"
    ).fetchall()
    comments = con.sql(
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
    ).fetchall()
    for macro in ("partners_as_of", "diplomatic_partners_as_of"):
        rows[macro] = con.sql(f"FROM {macro}('2020-06-30')").fetchall()
    return rows, macros, comments


def test_what_was_kept_is_what_is_made(cache):
    made, copied = vfa.connect(), vfa.connect()
    assert [path.suffix for path in cache.iterdir()] == [".duckdb"]
    assert everything(copied) == everything(made)
    assert everything(made) == everything(database.connect(package.package()))


def test_a_connection_is_its_users_own(cache):
    vfa.connect()
    con = vfa.connect()
    con.execute("DELETE FROM high_level_visits; CREATE TABLE mine AS SELECT 1 AS one")
    assert con.sql("SELECT count(*) FROM trips").fetchall() == [(0,)]
    assert con.sql(
        "SELECT database_name FROM duckdb_databases() WHERE NOT internal"
    ).fetchall() == [("memory",)]
    assert vfa.connect().sql("SELECT count(*) > 100 FROM high_level_visits").fetchall() == [(True,)]


@pytest.mark.parametrize("damage", [b"", b"no database", "cut", "bits"])
def test_a_damaged_file_is_made_anew(cache, damage):
    whole = everything(vfa.connect())
    (kept,) = cache.iterdir()
    found = kept.read_bytes()
    if damage == "cut":
        damage = found[: len(found) // 2]
    elif damage == "bits":
        damage = b"".join(
            bytes([b ^ 1]) if i % 50_000 == 49_999 else bytes([b]) for i, b in enumerate(found)
        )
    kept.write_bytes(damage)
    assert everything(vfa.connect()) == whole
    assert abs(len(kept.read_bytes()) - len(found)) < len(found) / 5


def test_threads_and_processes_may_begin_at_once(cache):
    asks = "v.connect().sql('FROM partners ORDER BY ALL').fetchall()"
    command = [sys.executable, "-c", f"import vietnam_foreign_affairs as v; print({asks})"]
    with ThreadPoolExecutor(4) as pool:
        processes = [pool.submit(subprocess.run, command, capture_output=True) for _ in range(4)]
        threads = [pool.submit(vfa.connect) for _ in range(8)]
        counts = {t.result().sql("SELECT count(*) FROM partners").fetchall()[0] for t in threads}
        answers = {(p.result().returncode, p.result().stdout, p.result().stderr) for p in processes}
    assert len(counts) == 1
    assert [returncode for returncode, *_ in answers] == [0]
    assert [path.suffix for path in cache.iterdir()] == [".duckdb"]


def test_a_change_is_served_and_few_files_are_kept(cache, tmp_path):
    root = tmp_path / "checkout"
    root.mkdir()
    for part in ("src", "tables", "schemas", "scripts"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "datapackage.json", root)
    tiers = root / "tables/partnership_tiers.csv"
    whole = tiers.read_bytes()
    for kept in (1, 2, 3, 3, 3):
        tiers.write_bytes(
            whole[: whole.rindex(b"\n", 0, -1) + 1] if kept == 1 else tiers.read_bytes() + b"\n"
        )
        asks = "v.connect().sql('SELECT count(*) FROM partnership_tiers').fetchall()[0][0]"
        command = [sys.executable, "-c", f"import vietnam_foreign_affairs as v; print({asks})"]
        ran = subprocess.run(
            command,
            env={**os.environ, "PYTHONPATH": str(root / "src")},
            capture_output=True,
            text=True,
            check=True,
        )
        assert int(ran.stdout) == whole.count(b"\n") - 2
        assert len(list(cache.iterdir())) == kept


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_folder_that_others_may_write_to_serves_nothing(cache):
    vfa.connect()
    (kept,) = cache.iterdir()
    kept.write_bytes(b"not read")
    os.chmod(cache, 0o777)
    assert vfa.connect().sql("SELECT count(*) > 0 FROM partners").fetchall() == [(True,)]
    assert kept.read_bytes() == b"not read"
