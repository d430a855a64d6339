"""`vfa validate` as people and machines use it."""

from __future__ import annotations

import json
from pathlib import PureWindowsPath

import pytest

from vietnam_foreign_affairs.asked import shown
from vietnam_foreign_affairs.validation.report import Failure, Report


def test_a_valid_package_exits_with_nought(vfa):
    done = vfa("validate")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("valid: ")


@pytest.mark.parametrize(
    ("table", "where", "cells", "rule"),
    [
        (
            "organizations",
            lambda r: r["organization_id"] == "asean",
            {"organization_id": "apec"},
            "unique",
        ),
        (
            "events",
            lambda r: r["event_id"] == "asean-future-forum-2025",
            {"starts_on": "2025-02-31"},
            "type",
        ),
        (
            "partnership_upgrades",
            lambda r: r["iso3"] == "FRA",
            {"to_tier_id": "scp"},
            "foreign key",
        ),
        (
            "observations",
            lambda r: r["observation_id"] == "partners_total-2025-12-31-42",
            {"value": "43"},
            "stated_totals",
        ),
        (
            "high_level_visits",
            lambda r: r["iso3"] == "FRA",
            {"leader_id": "emmanuel-makron"},
            "foreign key",
        ),
    ],
    ids=["key", "date", "tier", "total", "foreign key"],
)
def test_one_broken_cell_is_named_to_machines(vfa, workbook, table, where, cells, rule):
    row, line = workbook.change(table, where, **cells)
    done = vfa("validate", workbook.root, "--quick", "--format", "json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["valid"] is False
    (column,) = cells
    assert {
        "rule": rule,
        "file": f"tables/{table}.csv",
        "line": line,
        "row": row,
        "column": column,
        "value": cells[column],
    }.items() <= next(
        f for f in report["failures"] if f["rule"] == rule and f["line"] == line
    ).items()


def test_people_read_place_value_rule_and_advice(vfa, workbook):
    _, line = workbook.change(
        "high_level_visits", lambda r: r["iso3"] == "FRA", leader_id="emmanuel-makron"
    )
    out = vfa("validate", workbook.root, "--quick").stdout
    for words in (
        f"tables/high_level_visits.csv, line {line}",
        "column leader_id",
        "[emmanuel-makron]",
        "rule foreign key",
        "tables/leaders.csv",
    ):
        assert words in out


def test_one_edited_file_can_be_asked_about(vfa, workbook):
    workbook.change("events", lambda r: r["edition"], edition="0")
    workbook.change("leaders", lambda r: True, iso3="XXX")
    done = vfa("validate", workbook.root / "tables/events.csv", "--quick")
    assert done.returncode == 1
    assert "tables/events.csv" in done.stdout
    assert "tables/leaders.csv" not in done.stdout
    done = vfa("validate", workbook.root / "tables/countries.csv", "--quick")
    assert (done.returncode, "in other files" in done.stdout) == (1, True)
    assert vfa("validate", workbook.root / "tables/nothing.csv").returncode == 2


def test_a_folder_that_is_no_package_is_wrong_use(vfa, tmp_path):
    done = vfa("validate", tmp_path)
    assert done.returncode == 2
    assert "datapackage.json does not exist" in done.stderr


def test_a_home_that_cannot_be_written_costs_only_time(vfa, workbook):
    done = vfa("validate", "--quick", XDG_CACHE_HOME="/dev/null")
    assert done.returncode == 0, done.stderr


def test_the_rules_can_be_listed(vfa):
    rules = json.loads(vfa("rules", "--format", "json").stdout)
    assert {r["level"] for r in rules} == {"structure", "domain", "relational"}
    assert all(r["title"] and r["protects"] for r in rules)


def test_a_file_is_the_same_whatever_slashes_its_path_has():
    """What is asked about is compared with what failures name, which have slashes only."""
    root = PureWindowsPath(r"C:\data\package")
    path = PureWindowsPath(r"C:\data\package\tables\events.csv")
    assert shown(path, root) == "tables/events.csv"
    failure = Failure("pattern", "structure", "wrong", "mend it", shown(path, root), 2)
    report = Report("package", "1.0.0", {"events": 1}, 1, [failure], 0)
    assert not report.of_file(shown(path, root)).valid
    assert report.of_file(shown(path, root)).failures == [failure]


def test_sql_that_takes_too_long_is_a_failure_after_the_time_that_was_given(vfa, workbook):
    check = workbook.root / "scripts/sql/checks/tiers.sql"
    text = check.read_text(encoding="utf-8")
    endless = "(SELECT count(*) FROM range(1000000000) a, range(1000000000) b)"
    check.write_text(text.rstrip().removesuffix(";") + f"\nLIMIT {endless};\n", encoding="utf-8")
    done = vfa("validate", "--quick", "--timeout", "1", "--memory", "500MB", workbook.root)
    assert done.returncode == 1
    assert "the SQL fails: INTERRUPT" in done.stdout


def test_a_size_and_a_time_are_what_they_must_be(vfa):
    for option, value in (("--timeout", "0"), ("--memory", "much")):
        assert vfa("validate", option, value).returncode == 2
