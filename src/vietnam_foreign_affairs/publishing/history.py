"""The second clock: not what was true on a day, but what an earlier release said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..package import Package, PackageError

if TYPE_CHECKING:
    import duckdb


def answer(pkg: Package, name: str, **params: object) -> duckdb.DuckDBPyRelation:
    """A named question of that release, on its tables and with its views.

    Raises `PackageError` for a question that the release does not have, and where its SQL fails.
    """
    import duckdb

    from .. import questions
    from ..database import literal, load, lock

    question = questions.find(pkg, name)
    con = duckdb.connect()
    try:
        # The SQL comes with the zip: it gets its own files, and nothing else of this machine.
        con.execute(f"SET allowed_directories = [{literal(pkg.root.resolve())}]")
        lock(con)
        load(con, Package(pkg.root.resolve()))
        return questions.run(con, question, **params)
    except duckdb.Error as error:
        raise PackageError(f"release {pkg.version} cannot answer {name}: {error}") from None
