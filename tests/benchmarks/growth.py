"""Copies of the package that hold more of the same, valid like the package itself."""

from __future__ import annotations

import csv
import io
import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Row = dict[str, str]


def more_evidence(target: Path, times: int) -> Path:
    """`times` the sources and the evidence: each copy of a row of evidence cites copied sources."""
    beginnings = {row["source_id"]: _beginning(row) for row in _rows("sources")}

    def copied(source_id: str, number: int) -> str:
        beginning = beginnings[source_id]
        return f"{beginning}x{number}-{source_id.removeprefix(beginning)}"

    def source(row: Row, number: int) -> Row | None:
        if not row["source_id"].startswith(beginnings[row["source_id"]]):
            return None
        sign = "&" if "?" in row["url"] else "?"
        return {
            "source_id": copied(row["source_id"], number),
            "title": f"X{number} {row['title']}",
            "url": f"{row['url']}{sign}copy={number}",
        }

    def evidence(row: Row, number: int) -> Row | None:
        source_id = row["source_id"]
        head, cited, tail = row["evidence_id"].rpartition(source_id[:60].removesuffix("-"))
        if not cited or not source_id.startswith(beginnings[source_id]):
            return None
        new = copied(source_id, number)
        cited = new[:60].removesuffix("-")
        return {"evidence_id": head + cited + tail, "source_id": new}

    return _copy(target, times, sources=source, evidence=evidence, uncited=True)


def _beginning(row: Row) -> str:
    """What a source's id begins with: its publisher and year."""
    return (
        _slug(row["publisher"])[:28].removesuffix("-")
        + "-"
        + row["published_on"][:4]
        + "-" * (row["published_on"] != "")
    )


def _slug(text: str) -> str:
    marks = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(letter for letter in marks if not unicodedata.combining(letter))
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def more_statements(target: Path, times: int) -> Path:
    """`times` the statements of every period, and the discrepancies that they come to.

    Two statements of one figure by the same words would have one id; those of the copies are wrong.
    """
    return _copy(
        target,
        times,
        observations=lambda row, number: {"observation_id": row["observation_id"] + f"-x{number}"},
        evidence=lambda row, number: (
            {
                "evidence_id": row["evidence_id"] + f"-x{number}",
                "row_id": row["row_id"] + f"-x{number}",
            }
            if row["table_name"] == "observations"
            else None
        ),
        discrepancies=lambda row, number: (
            {
                "discrepancy_id": row["discrepancy_id"] + f"-x{number}",
                "subject": row["subject"] + f"-x{number}",
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
                if (new := change(row, number)) is not None:
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
