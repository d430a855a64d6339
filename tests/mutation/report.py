"""Rates of what was caught, by kind and by table, and what was missed with the reason why."""

from __future__ import annotations

import statistics
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Record = dict[str, Any]
WAYS = ("rules", "ledger", "frictionless", "pandera")
REASONS = Path(__file__).parent / "reasons.toml"
EXAMPLES = 3


def result(records: list[Record], seed: str, mode: str) -> dict[str, Any]:
    """What is kept of a run: numbers, and every kind that something slipped through."""
    return {
        "seed": seed,
        "mode": mode,
        "mutants": len(records),
        "kinds": len({r["kind"] for r in records}),
        "all": rates(records),
        "groups": by(records, "group"),
        "tables": by(records, "table"),
        "by_kind": _with_groups(by(records, "kind"), records),
        "missed": missed(records),
        "crashes": [f"{r['key']}: {r['rules']['crash']}" for r in records if r["rules"]["crash"]],
    }


def rates(records: list[Record]) -> dict[str, Any]:
    """Shares of all that were caught each way; of those, how many were placed; the seconds."""
    found: dict[str, Any] = {"mutants": len(records)}
    for way in WAYS:
        verdicts = [r[way] for r in records if way in r]
        if not verdicts:
            continue
        if isinstance(verdicts[0], bool):
            found[way] = share(verdicts)
            continue
        caught = [v for v in verdicts if v["caught"]]
        found[way] = share(v["caught"] for v in verdicts)
        for place in ("file", "row", "column"):
            known = [v[place] for v in caught if v[place] is not None]
            if known:
                found[f"{way}_{place}"] = share(known)
    found["seconds"] = round(statistics.median(r["rules"]["seconds"] for r in records), 2)
    return found


def share(values: Iterable[bool]) -> float:
    values = list(values)
    return round(sum(values) / len(values), 4)


def by(records: list[Record], name: str) -> dict[str, dict[str, Any]]:
    return {key: rates(of) for key, of in sorted(_groups(records, lambda r: r[name]).items())}


def _with_groups(found: dict[str, dict[str, Any]], records: list[Record]) -> dict[str, Any]:
    groups = {r["kind"]: r["group"] for r in records}
    return {kind: {"group": groups[kind]} | numbers for kind, numbers in found.items()}


def missed(records: list[Record]) -> dict[str, dict[str, Any]]:
    """By kind: how many slipped past the rules, past the ledger too, and the first of them."""
    found = {}
    past = [r for r in records if not r["rules"]["caught"] and not r["rules"]["crash"]]
    for kind, group in sorted(_groups(past, lambda r: r["kind"]).items()):
        ledger = [r for r in group if "ledger" in r and not r["ledger"]["caught"]]
        found[kind] = {
            "rules": len(group),
            "ledger": len(ledger),
            "examples": [f"{r['table']}: {r['about']}" for r in (ledger or group)[:EXAMPLES]],
        }
    return found


def _groups(records: list[Record], key: Callable[[Record], str]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(key(record), []).append(record)
    return found


def sentences(path: Path) -> dict[str, str]:
    """By kind or change, a reason that a person wrote."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def text(summary: dict[str, Any]) -> str:
    """The result in a few lines, for the terminal."""
    lines = [f"{summary['mutants']} mutants of {summary['kinds']} kinds, seed {summary['seed']}"]
    lines += [_line("all", summary["all"])]
    lines += [_line(name, group) for name, group in summary["groups"].items()]
    lines += [_line(name, group) for name, group in summary["tables"].items()]
    lines += [f"crash: {crash}" for crash in summary["crashes"]]
    return "\n".join(lines)


def _line(name: str, found: dict[str, Any]) -> str:
    caught = [f"{way} {found[way]:.1%}" for way in WAYS if way in found]
    way = "ledger" if "ledger" in found else "rules"
    placed = [
        f"{place} {found[key]:.0%}"
        for place in ("file", "row", "column")
        if (key := f"{way}_{place}") in found
    ]
    numbers = "; ".join(map(", ".join, (caught, placed)))
    return f"{name:28}{found['mutants']:6}  {numbers}; {found['seconds']} s"
