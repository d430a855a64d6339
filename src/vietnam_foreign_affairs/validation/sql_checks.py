"""What a relational rule is: a view of scripts/sql/checks/, checked by one pandera schema.

A check view says of each subject what is stated (`value`, and `low` to `high`, the interval that it
allows) and what follows from the rest of the package (`derived_low` to `derived_high`). The two
intervals must meet.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..package import Package, PackageError
from .rules import Rule

TOLERANCE = 1e-9  # of binary fractions, not of figures
COLUMNS = (
    "check_id VARCHAR, subject VARCHAR, table_name VARCHAR, row_id VARCHAR, field VARCHAR, "
    "value DOUBLE, low DOUBLE, high DOUBLE, "
    "derived_low DOUBLE, derived DOUBLE, derived_high DOUBLE"
)
NAMES = ", ".join(column.split()[0] for column in COLUMNS.split(", ")[1:])


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
    file: str

    @property
    def view(self) -> str:
        return f"check_{self.rule.id}"


def checks(pkg: Package) -> list[Check]:
    """Every relational rule with its SQL, from the files of scripts/sql/checks/.

    Raises `PackageError` for a file whose header lacks a line.
    """
    found = []
    for name, sql in pkg.sql_of("checks").items():
        head = dict(re.findall(r"^-- (title|protects|advice): (.+)$", sql, re.M))
        file = f"scripts/sql/checks/{name}.sql"
        if missing := {"title", "protects", "advice"} - head.keys():
            raise PackageError(f"{file}: the header lacks {', '.join(sorted(missing))}")
        rule = Rule(name, "relational", head["title"], head["protects"])
        found.append(Check(rule, head["advice"], sql, file))
    return found
