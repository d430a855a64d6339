"""One database for all tests of what the data say."""

from __future__ import annotations

import duckdb
import pytest

import vietnam_foreign_affairs as vfa

pytest.register_assert_rewrite("tests.data.recount")


@pytest.fixture(scope="session")
def con() -> duckdb.DuckDBPyConnection:
    return vfa.connect()
