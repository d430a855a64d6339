"""What validation keeps in the user's cache, and the digest of its own code that it hangs on."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from ..cache import get as get
from ..cache import key_of as key_of
from ..cache import put as put


@lru_cache
def code() -> str:
    """A digest of validation's own code and lists, and of the libraries that it runs on."""
    versions = [(n, version(n)) for n in ("duckdb", "ibis-framework", "pandera", "sqlglot")]
    here = Path(__file__).parent
    names = ("base_views.py", "database.py", "ledger.py", "sql.py", "views.py")
    files = [here.parent / name for name in names]
    files += [*here.rglob("*.py"), *here.rglob("*.json"), *here.rglob("*.csv")]
    return key_of(*versions, *((path.name, path.read_bytes()) for path in sorted(files)))
