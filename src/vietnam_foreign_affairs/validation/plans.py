"""The package's rules as SQL plans, one a table and one a relational check.

pandera and Ibis take longer to load than all queries take to run, and the plans depend on the
schemas and the rules only, never on the data. So a plan is made once and kept in the user's cache,
under a key made of everything that it depends on.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

from ..package import Package
from .engine import Plan

Plans = dict[str, Plan]


def plans(pkg: Package) -> Plans:
    """A plan by name: a table's, or `check_<id>` for a relational check."""
    path = _cache() / f"plans-{_key(pkg)}.json"
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {name: Plan(sql, tuple(names)) for name, (sql, names) in kept.items()}
    except (OSError, ValueError):
        made = _make(pkg)
        _keep(path, made)
        return made


def _make(pkg: Package) -> Plans:
    import duckdb
    import ibis

    from ..database import derived_sql
    from . import raw, relations, structure
    from .engine import compile
    from .rules import domain_rules, general

    con = duckdb.connect()  # empty tables: only their columns matter
    raw.load(con, pkg.tables, {table.name: [] for table in pkg.tables})
    con.execute(derived_sql(pkg))
    database = ibis.duckdb.from_connection(con)
    views = {table.name: database.table(table.name) for table in pkg.tables}
    made: Plans = {}
    for table in pkg.tables:
        own = [*general.rules(table), *(r for r in domain_rules() if r.table == table.name)]
        schema = structure.with_rules(structure.pandera_schema(table, views), own, views)
        made[table.name] = compile(schema, views[table.name])
    for check in relations.checks(pkg):
        con.execute(check.sql)
        name = f"check_{check.rule.id}"
        made[name] = compile(relations.pandera_schema(), database.table(name))
    return made


def _key(pkg: Package) -> str:
    digest = hashlib.sha256()
    for name in ("duckdb", "ibis-framework", "pandera", "sqlglot"):
        digest.update(f"{name} {version(name)}\n".encode())
    here = Path(__file__).parent
    files = [
        pkg.root / "datapackage.json",
        *sorted((pkg.root / "schemas").glob("*.json")),
        *sorted(pkg.sql.rglob("*.sql")),
        here.parent / "database.py",
        *sorted(here.rglob("*.py")),
    ]
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "vietnam-foreign-affairs"


def _keep(path: Path, made: Plans) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=path.parent, delete=False, encoding="utf-8"
        ) as part:
            json.dump(made, part)
        os.replace(part.name, path)
    except OSError:
        pass  # a home that cannot be written costs time, nothing else
