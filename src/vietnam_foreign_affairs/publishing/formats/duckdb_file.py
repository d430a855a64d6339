"""One DuckDB file: every table, view, macro and comment."""

from __future__ import annotations

from pathlib import Path

from ...package import Package

FILE = "{name}.duckdb"
STORAGE = "v1.0.0"  # read by DuckDB 1.2 to 2.0 and in the browser
# The smallest blocks: with the usual ones, each of many small columns takes 256 KB.
BLOCK_SIZE = "16384"
# These sample a column at random, or leave its order to chance: without them the bytes are the same
# in every build, and the file is a sixth larger (a fifteenth when it is compressed on its way).
UNSTABLE = "fsst,dictionary"


def write(pkg: Package, out: Path) -> None:
    import duckdb

    from ...database import load

    config = {
        "storage_compatibility_version": STORAGE,
        "default_block_size": BLOCK_SIZE,
        "threads": "1",
    }
    path = out / FILE.format(name=pkg.name)
    with duckdb.connect(str(path), config=config) as con:
        con.execute(f"SET disabled_compression_methods = '{UNSTABLE}'")
        load(con, pkg)
        con.execute("CHECKPOINT")
