"""Step 8: relational rules: what is stated agrees with what follows from the rest of the package.

A subject that fails passes only with a row in discrepancies, and a row in discrepancies must have a
failing subject: the list of known contradictions is exactly the list of contradictions.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from graphlib import CycleError
from typing import Any

import duckdb

from ... import definitions
from ...base_views import text_of
from ...database import literal, quote, views, words
from ...errors import PackageError
from .. import cache
from ..plans import plan_of_relations
from ..relations import COLUMNS, NAMES, Check, checks
from ..report import Failure
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
    found = checks(state.package)
    keys = _keys(state, found)
    changed = []
    for each in found:
        known = cache.get("relation", keys[each.rule.id])
        if known is None:
            changed.append(each)
        else:
            state.known += int(known)
    texts = views(state.package)
    all_views = cache.key_of(cache.code(), list(texts.items()))
    is_known = cache.get("views", all_views) is not None
    if changed or not is_known:
        try:
            definitions.check(state.con, state.package, "macros", "views")
            _derive(state, changed, texts, all_of_them=not is_known)
        except (duckdb.Error, PackageError, CycleError) as error:
            yield _not_sql(error, "scripts/sql/views")
            return
        cache.put("views", all_views)
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
    documented = _by_check(state, "discrepancies SEMI JOIN failing USING (check_id, subject)")
    undocumented = _by_check(state, "failing ANTI JOIN discrepancies USING (check_id, subject)")
    in_vain = _by_check(state, "discrepancies ANTI JOIN failing USING (check_id, subject)")
    for each in ran:  # one that did not run found nothing, and is not sound for that
        name, known = each.rule.id, documented.get(each.rule.id, 0)
        state.known += known
        if name in undocumented:
            yield from _undocumented(state, each)
        if name in in_vain:
            yield from _documented_in_vain(state, f"check_id = {literal(name)}")
        if name not in undocumented.keys() | in_vain.keys():
            cache.put("relation", keys[name], str(known))


def _by_check(state: State, rows: str) -> dict[str, int]:
    """How many rows there are of each check."""
    counted = state.con.execute(f"SELECT check_id, count(*) FROM {rows} GROUP BY check_id")
    return dict(counted.fetchall())


def _keys(state: State, found: list[Check]) -> dict[str, str]:
    """By check, the key of all that it depends on: its SQL, the views and the tables it reads."""
    texts = views(state.package)
    keys = {}
    for each in found:
        read, names = {each.view: each.sql}, {"discrepancies"}
        for text in (waiting := [each.sql]):
            names |= words(text)
            new = {name: texts[name] for name in words(text) & texts.keys() - read.keys()}
            read |= new
            waiting += new.values()
        digests = sorted((n, f.digest) for n, f in state.files.items() if n in names)
        keys[each.rule.id] = cache.key_of(cache.code(), sorted(read.items()), digests)
    return keys


def _derive(state: State, wanted: list[Check], texts: dict[str, str], all_of_them: bool) -> None:
    """Create the macros and views that the wanted checks read, and compute the views once.

    A table of the same name in the temporary schema is found before the view. `all_of_them`: views
    that no check reads must work as well.
    """
    read = set().union(*(words(each.sql) for each in wanted))
    for name, text in reversed(texts.items()):  # each stands behind those that it reads
        if name in read:
            read |= words(text)
    for name, text in texts.items():
        if name in read or all_of_them:
            state.con.execute(text)
        if name in read and not re.search(r"^CREATE MACRO\b", text, re.M):
            state.con.execute(f"CREATE TEMP TABLE {quote(name)} AS FROM main.{quote(name)}")


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
