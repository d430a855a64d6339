"""Copies of the package that hold more of the same, valid like the package itself."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Row = dict[str, str]


def more_evidence(target: Path, times: int) -> Path:
    """`times` the sources and the evidence: each copy of a row of evidence cites copied sources."""
    return _copy(
        target,
        times,
        sources=lambda row, mark: {
            "source_id": row["source_id"] + mark,
            "url": f"{row['url']}{'&' if '?' in row['url'] else '?'}copy={mark.strip('-x')}",
        },
        evidence=lambda row, mark: {
            "evidence_id": row["evidence_id"] + mark,
            "source_id": row["source_id"] + mark,
        },
        uncited=True,
    )


def more_statements(target: Path, times: int) -> Path:
    """`times` the statements of every period, and the discrepancies that they come to."""
    return _copy(
        target,
        times,
        observations=lambda row, mark: {"observation_id": row["observation_id"] + mark},
        evidence=lambda row, mark: (
            {"evidence_id": row["evidence_id"] + mark, "row_id": row["row_id"] + mark}
            if row["table_name"] == "observations"
            else None
        ),
        discrepancies=lambda row, mark: (
            {
                "discrepancy_id": row["discrepancy_id"] + mark,
                "subject": row["subject"] + mark,
            }
            if row["subject"] in _subjects()
            else None
        ),
    )


def _copy(target: Path, times: int, uncited: bool = False, **changes: Callable) -> Path:
    for part in ("tables", "schemas", "scripts/sql"):
        shutil.copytree(ROOT / part, target / part)
    shutil.copy(ROOT / "datapackage.json", target)
    cited = {row["source_id"] for row in _rows("evidence")}
    for table, change in changes.items():
        rows = _rows(table)
        key = next(iter(rows[0]))
        more = list(rows)
        for number in range(1, times):
            for row in rows:
                if uncited and table == "sources" and row["source_id"] not in cited:
                    continue  # a copy of it would be cited by nothing
                if (new := change(row, f"-x{number}")) is not None:
                    more.append(row | new)
        more.sort(key=lambda row: row[key])
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(more)
        (target / f"tables/{table}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    return target


def _rows(table: str) -> list[Row]:
    with (ROOT / f"tables/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _subjects() -> set[str]:
    return {row["observation_id"] for row in _rows("observations")}
