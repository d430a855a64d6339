"""Eight threads that read and ask at once get what one gets."""

from __future__ import annotations

import gc
import multiprocessing
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import vietnam_foreign_affairs as vfa

SCRIPT = Path(__file__).with_name("threads.py")


def test_eight_threads_read_and_ask_at_once():
    """In a process of its own, where the threads also race to make the shared database."""
    done = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True)
    assert done.stdout.strip() == "400 calls", done.stderr


def test_a_relation_outlives_its_thread_and_is_joined_with_another_of_its_thread():
    with ThreadPoolExecutor(1) as pool:
        relation = pool.submit(vfa.query, "partners_as_of").result()
    gc.collect()
    assert relation.fetchall() == vfa.query("partners_as_of").fetchall()
    joined = vfa.read("countries").join(vfa.read("diplomatic_relations"), "iso3")
    assert joined.fetchall()


def test_a_forked_process_has_a_database_of_its_own():
    here = vfa.query("partners_as_of").fetchall()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(_ask).get(timeout=60) == here


def _ask() -> list[tuple[object, ...]]:
    return vfa.query("partners_as_of").fetchall()
