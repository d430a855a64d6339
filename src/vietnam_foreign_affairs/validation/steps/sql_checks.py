"""Step 9: relational rules: what is stated agrees with what follows from the rest of the package.

A subject that fails passes only with a row in discrepancies, and a row in discrepancies must have a
failing subject: the list of known contradictions is exactly the list of contradictions.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Iterator
from graphlib import CycleError
from typing import Any

import duckdb

from ... import definitions
from ...base_views import text_of
from ...database import literal, quote, views, words
from ...errors import PackageError
from .. import cache
from ..plans import plan_of_relations
from ..report import Failure
from ..sql_checks import COLUMNS, NAMES, Check, checks
from ..state import State, file_name


def check(state: State) -> Iterator[Failure]:
    if state.broken:  # every relation may depend on the missing rows
        return
    # SQL of a stranger may go on for ever; interrupted, it is a failure like any other.
    clock = threading.Timer(state.seconds, state.con.interrupt)
    clock.daemon = True
    clock.start()
    try:
        yield from _relations(state)
    finally:
        clock.cancel()


def _relations(state: State) -> Iterator[Failure]:
    for name in ("relation", "failing"):
        state.con.execute(f"CREATE TABLE {name} ({COLUMNS})")
    texts = views(state.package)
    derived = _Derived(state, texts)
    all_views = cache.key_of(cache.code(), list(texts.items()))
    documented = _documented(state)
    keys: dict[str, str] = {}
    changed = []
    found = checks(state.package)
    try:
        definitions.check(state.con, state.package, "macros", "views")
        for each in found:
            keys[each.rule.id] = key = derived.key(each.view, each.sql)
            known = cache.get("relation", key)
            subjects = documented.get(each.rule.id, [])
            if known is None or json.loads(known) != subjects:
                changed.append(each)
            else:
                state.known += len(subjects)
        for each in changed:
            derived.compute(words(each.sql))
        if cache.get("views", all_views) is None:  # those that no check reads must work as well
            derived.compute(texts.keys())
            cache.put("views", all_views)
    except (duckdb.Error, PackageError, CycleError) as error:
        yield _not_sql(error, "scripts/sql/views")
        return
    yield from _check(state, changed, keys)
    ids = ", ".join(literal(each.rule.id) for each in found)
    yield from _documented_in_vain(state, f"check_id NOT IN ({ids})")


def _check(state: State, wanted: list[Check], keys: dict[str, str]) -> Iterator[Failure]:
    plan = plan_of_relations(state.package)
    ran = []
    for each in wanted:
        try:
            definitions.check_text(state.con, each.sql, each.file)
            state.con.execute(each.sql)
            state.con.execute(
                f"INSERT INTO relation SELECT {literal(each.rule.id)}, {NAMES} FROM {each.view}"
            )
            ran.append(each)
        except (duckdb.Error, PackageError) as error:
            yield _not_sql(error, each.file)
    state.con.execute(f"INSERT INTO failing SELECT check_id, {NAMES} FROM ({plan.sql})")
    failing = _subjects(state, "failing")
    documented = _documented(state)
    for each in ran:  # one that did not run found nothing, and is not sound for that
        name = each.rule.id
        fails, known = failing.get(name, []), documented.get(name, [])
        cache.put("relation", keys[name], json.dumps(fails))
        state.known += len(set(fails) & set(known))
        if set(fails) - set(known):
            yield from _undocumented(state, each)
        if set(known) - set(fails):
            yield from _documented_in_vain(state, f"check_id = {literal(name)}")


def _documented(state: State) -> dict[str, list[str]]:
    return _subjects(state, "discrepancies")


def _subjects(state: State, table: str) -> dict[str, list[str]]:
    """By check, the subjects that a table has of it, in order."""
    found: dict[str, list[str]] = {}
    rows = state.con.execute(f"SELECT DISTINCT check_id, subject FROM {table} ORDER BY ALL")
    for check_id, subject in rows.fetchall():
        found.setdefault(check_id, []).append(subject)
    return found


class _Derived:
    """The package's views, each computed at most once, and only where it may have changed.

    A computed view is a table of the same name in the temporary schema, which is found before the
    view. What a view gives is known by a digest of its rows: where a change of the tables does not
    change them, what reads the view need not be asked again.
    """

    def __init__(self, state: State, texts: dict[str, str]):
        self.state, self.texts = state, texts  # each text stands behind those that it reads
        self.done: set[str] = set()
        self.digests = {name: file.digest for name, file in state.files.items()}

    def key(self, name: str, sql: str) -> str:
        """What the rows of a query of this SQL depend on."""
        read = sorted(words(sql) & (self.texts.keys() | self.state.files.keys()) - {name})
        return cache.key_of(cache.code(), sql, [(r, self._digest(r)) for r in read])

    def _digest(self, name: str) -> str:
        if name not in self.digests:
            key = self.key(name, self.texts[name])
            known = key if _is_macro(self.texts[name]) else cache.get("rows", key)
            if known is None:
                self.compute({name})
                rows = f"SELECT count(*), sum(hash(t, 1)), sum(hash(t, 2)) FROM {quote(name)} AS t"
                known = str(self.state.con.execute(rows).fetchone())
                cache.put("rows", key, known)
            self.digests[name] = known
        return self.digests[name]

    def compute(self, names: Iterable[str]) -> None:
        """Create the macros and views that these names mean or need, and compute the views."""
        wanted = set(names)
        for name, text in reversed(self.texts.items()):
            if name in wanted:
                wanted |= words(text)
        for name, text in self.texts.items():
            if name in wanted - self.done:
                self.done.add(name)
                self.state.con.execute(text)
                if not _is_macro(text):
                    same = f"TEMP TABLE {quote(name)} AS FROM main.{quote(name)}"
                    self.state.con.execute(f"CREATE {same}")


def _is_macro(text: str) -> bool:
    return re.search(r"^CREATE MACRO\b", text, re.M) is not None


def _undocumented(state: State, check: Check) -> Iterator[Failure]:
    columns, rows = state.rows_of(
        "SELECT f.* FROM failing f ANTI JOIN discrepancies d USING (check_id, subject) "
        f"WHERE check_id = {literal(check.rule.id)}",
        check.file,
    )
    for values in rows:
        yield _failure(check, dict(zip(columns, values, strict=True)), state)


def _documented_in_vain(state: State, which: str) -> Iterator[Failure]:
    _, rows = state.rows_of(
        "SELECT check_id, subject, _line, _row FROM discrepancies d "
        f"ANTI JOIN failing USING (check_id, subject) WHERE {which}",
        "tables/discrepancies.csv",
    )
    for check_id, subject, line, row in rows:
        yield Failure(
            "discrepancy_without_contradiction",
            "relational",
            f"check {check_id} does not fail for {subject}",
            "remove the row: what it explains is no longer a contradiction",
            "tables/discrepancies.csv",
            line,
            row,
            "subject",
            subject,
        )


def _failure(check: Check, row: dict[str, Any], state: State) -> Failure:
    table = state.package.table(row["table_name"])
    field = next((f for f in table.fields if f.name == row["field"]), None)
    cell = text_of(field) if field else "NULL"
    found = state.con.execute(
        f"SELECT _line, {cell} FROM {quote(table.name)} WHERE _row = {literal(row['row_id'])}"
    ).fetchone()
    line, value = found or (None, None)
    derived = _span(row["derived_low"], row["derived_high"])
    allowed = _span(row["low"], row["high"])
    return Failure(
        check.rule.id,
        "relational",
        f"{check.rule.title[0].lower()}{check.rule.title[1:]}: "
        f"the rest of the package gives {derived}, the row allows {allowed}",
        check.advice,
        file_name(table),
        line,
        row["row_id"],
        row["field"],
        value or "",
    )


def _not_sql(error: Exception, file: str) -> Failure:
    return Failure("sql", "structure", f"the SQL fails: {error}", "mend the SQL", file)


def _span(low: float | None, high: float | None) -> str:
    if low is None:
        return "nothing" if high is None else f"{high:g} or less"
    if high is None:
        return f"{low:g} or more"
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"
