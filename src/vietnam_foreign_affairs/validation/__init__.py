"""Validation: descriptor, files, structure, domain rules, relational rules, discrepancies.

One pass, one report; every failure names file, line, row, column, value and rule.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from ..package import Package, Table
from . import raw
from .advice import advice_on
from .report import Failure, Report


def validate(pkg: Package, *, quick: bool = False) -> Report:
    """Check a package against every rule; `quick` leaves out the second opinion of frictionless.

    Raises `PackageError` where the descriptor itself cannot be read; everything else is reported.
    """
    tables = pkg.tables
    report = Report(pkg.name, pkg.version)
    # frictionless is the slowest single part: it runs beside the rest, in a process of its own.
    beside = None if quick else _start_frictionless(pkg)
    try:
        rows: dict[str, list[list[str]]] = {}
        for table in tables:
            text, found = raw.text_of(table.path)
            report.failures += found
            rows[table.name], found = raw.rows_of(table, text)
            report.failures += [*found, *raw.cell_failures(table, rows[table.name])]
            report.failures += _order_failures(table, text, rows[table.name])
            report.tables[table.name] = len(rows[table.name])
        _check_database(pkg, tables, rows, report)
        report.rules = len(catalogue(pkg))

        from .descriptor import profile_failures

        report.failures += profile_failures(pkg.root)
        if beside:
            report.failures += _only_news(_finish_frictionless(beside), report.failures)
    finally:
        if beside and beside.poll() is None:
            beside.kill()
    return report


def _start_frictionless(pkg: Package) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", f"{__name__}.descriptor", str(pkg.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _finish_frictionless(process: subprocess.Popen) -> list[Failure]:
    out, err = process.communicate()
    found = [Failure(**json.loads(line)) for line in out.splitlines()]
    if process.returncode:
        last = err.strip().splitlines()[-1] if err.strip() else "no output"
        stopped = f"frictionless stopped: {last}"
        found.append(Failure("frictionless", "structure", stopped, file="datapackage.json"))
    return found


def catalogue(pkg: Package) -> list[Any]:
    """Every rule there is, as `Rule(id, level, title, protects)`."""
    from . import relations
    from .rules import STRUCTURE, domain_rules, general

    extra = relations.Rule(
        "discrepancy_without_contradiction",
        "relational",
        "A documented discrepancy still fails its check",
        "the list of contradictions",
    )
    return [
        *STRUCTURE,
        *general.CATALOGUE,
        *(rule.rule for rule in domain_rules()),
        *(check.rule for check in relations.checks(pkg)),
        extra,
    ]


def _check_database(
    pkg: Package, tables: tuple[Table, ...], rows: dict[str, list[list[str]]], report: Report
) -> None:
    import duckdb

    from ..database import derived_sql
    from . import relations
    from .engine import run
    from .plans import plans
    from .rules import domain_rules, general

    con = duckdb.connect()
    report.failures += raw.load(con, tables, rows)
    typed = {(f.file, f.line, f.column) for f in report.failures if f.rule == "type"}
    compiled = plans(pkg)
    rules = domain_rules()
    for table in tables:
        own = [*general.rules(table), *(rule for rule in rules if rule.table == table.name)]
        for name, row in run(con, compiled[table.name]):
            failure = _row_failure(table, name, row, own)
            # A cell of a wrong type is null here: its one failure is the type.
            if (failure.file, failure.line, failure.column) not in typed:
                report.failures.append(failure)
    con.execute(derived_sql(pkg))
    found, report.known = relations.failures(pkg, con, compiled)
    report.failures += found


def _row_failure(table: Table, name: str, row: dict[str, Any], own: list[Any]) -> Failure:
    column, constraint = name.split(": ", 1)
    file, line, row_id = f"tables/{table.path.name}", row["_line"], row["_row"] or ""
    rule = next((r for r in own if r.id == constraint and r.column == column), None)
    if rule:
        value = row.get(column)
        return Failure(
            rule.id,
            "domain",
            f"{rule.title[0].lower()}{rule.title[1:]}",
            rule.advice,
            file,
            line,
            row_id,
            column,
            "" if value is None else str(value),
        )
    columns = column.split(", ")
    value = "/".join("" if row[c] is None else str(row[c]) for c in columns)
    message = {
        "required": "the cell is blank",
        "unique": "another row has the same " + " and ".join(columns),
        "foreign key": "there is no such row",
    }.get(constraint, f"the value breaks the constraint {constraint}")
    advice = advice_on(table.field(columns[0]), constraint, table)
    return Failure(constraint, "structure", message, advice, file, line, row_id, column, value)


def _order_failures(table: Table, text: str, rows: list[list[str]]) -> list[Failure]:
    from ..formatting import format_rows

    cells = [row[1:] for row in rows]
    lines = text.split("\n")
    for number, (is_now, should_be) in enumerate(
        zip(lines, format_rows(table, cells).split("\n"), strict=False), 1
    ):
        if is_now != should_be:
            return [
                Failure(
                    "order",
                    "structure",
                    "the file is not in the canonical order or quoting",
                    f"run vfa format; this line should read: {should_be[:120]}",
                    f"tables/{table.path.name}",
                    number,
                    value=is_now[:120],
                )
            ]
    return []


def _only_news(found: list[Failure], already: list[Failure]) -> list[Failure]:
    """Failures that frictionless alone has: the same row is not reported twice."""
    places = {(f.file, f.line) for f in already if f.level == "structure"}
    return [f for f in found if (f.file, f.line) not in places]
