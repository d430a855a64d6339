"""Relational rules: the views of scripts/sql/checks/, checked by one pandera schema.

A check view says of each subject what is stated (`value`, and `low` to `high`, the interval that it
allows) and what follows from the rest of the package (`derived_low` to `derived_high`). The two
intervals must meet. A subject that fails passes only with a row in discrepancies, and a row in
discrepancies must have a failing subject: the list of known contradictions is exactly the list of
contradictions.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import duckdb

from ..database import literal, quote
from ..package import Package
from .engine import Plan, run
from .report import Failure
from .rules import Rule

TOLERANCE = 1e-9  # of binary fractions, not of figures


def pandera_schema() -> Any:
    """The one schema of all check views: something is derived, and it meets what is stated."""
    import pandera.ibis as pa

    return pa.DataFrameSchema(
        checks=[
            pa.Check(lambda data: data.table.derived.notnull(), name="derived: required"),
            pa.Check(
                lambda data: (
                    (data.table.derived_high >= data.table.low - TOLERANCE)
                    & (data.table.derived_low <= data.table.high + TOLERANCE)
                ),
                name="derived: within the stated interval",
            ),
        ],
        name="relation",
    )


class Check(NamedTuple):
    rule: Rule
    advice: str
    sql: str


def checks(pkg: Package) -> list[Check]:
    """Every relational rule with its SQL, from the files of scripts/sql/checks/."""
    found = []
    for path in sorted((pkg.sql / "checks").glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        head = dict(re.findall(r"^-- (title|protects|advice): (.+)$", sql, re.M))
        rule = Rule(path.stem, "relational", head["title"], head["protects"])
        found.append(Check(rule, head["advice"], sql))
    return found


def failures(
    pkg: Package, con: duckdb.DuckDBPyConnection, plans: dict[str, Plan]
) -> tuple[list[Failure], int]:
    """Failing subjects that no discrepancy accounts for, discrepancies without a failing subject,
    and the number of failing subjects that are accounted for. All views must exist in `con`.
    """
    known = {
        (check_id, subject): (line, row)
        for check_id, subject, line, row in con.execute(
            "SELECT check_id, subject, _line, _row FROM discrepancies"
        ).fetchall()
    }
    found, met = [], set()
    for check in checks(pkg):
        con.execute(check.sql)
        for _, row in run(con, plans[f"check_{check.rule.id}"]):
            key = (check.rule.id, row["subject"])
            if key in known:
                met.add(key)
                continue
            found.append(_failure(check, row, con))
    for (check_id, subject), (line, row) in known.items():
        if (check_id, subject) not in met:
            found.append(
                Failure(
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
            )
    return found, len(met)


def _failure(check: Check, row: dict[str, Any], con: duckdb.DuckDBPyConnection) -> Failure:
    table = row["table_name"]
    line = con.execute(
        f"SELECT min(_line) FROM {quote(table)} WHERE _row = {literal(row['row_id'])}"
    ).fetchone()
    derived = _span(row["derived_low"], row["derived_high"])
    allowed = _span(row["low"], row["high"])
    return Failure(
        check.rule.id,
        "relational",
        f"{check.rule.title[0].lower()}{check.rule.title[1:]}: "
        f"the rest of the package gives {derived}, the row allows {allowed}",
        check.advice,
        f"tables/{table}.csv",
        line[0] if line else None,
        row["row_id"],
        row["field"],
        _span(row["value"], row["value"]),
    )


def _span(low: float | None, high: float | None) -> str:
    if low is None:
        return "nothing" if high is None else f"{high:g} or less"
    if high is None:
        return f"{low:g} or more"
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"
