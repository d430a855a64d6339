"""Corrupts the package again and again, and says what was noticed: see scripts/mutate."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from . import report
from .run import Job, run

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".mutation"
RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/mutate", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("data", "code"), default="data")
    parser.add_argument("--seed", default="lotus", help="the same seed draws the same mutants")
    parser.add_argument("--number", type=int, help="how many mutants (data: 2600, code: 200)")
    parser.add_argument("--only", default="", help="code: files whose names begin so")
    parser.add_argument("--new", action="store_true", help="rows only, as if never published")
    parser.add_argument(
        "--no-peers", action="store_true", help="leave frictionless and pandera out"
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--again", action="store_true", help="forget the run that stopped")
    parser.add_argument("--keep", action="store_true", help="write the result that the site shows")
    options = parser.parse_args()
    if options.what == "code":
        from .code import run as code

        shared = options.processes, options.again, options.keep
        code.main(options.seed, options.number or 200, options.only, *shared)
        return
    job = Job(ROOT, options.seed, options.number or 2600, options.new, not options.no_peers)
    kept = WORK / f"data-{job.name}.jsonl"
    if options.again:
        kept.unlink(missing_ok=True)
    mode = "new" if options.new else "data"
    summary = report.result(run(job, kept, options.processes), job.seed, mode)
    print(report.text(summary))
    (WORK / f"data-{job.name}.json").write_text(_json(summary), encoding="utf-8")
    if options.keep:
        keep(mode, summary)


def keep(part: str, summary: dict) -> None:
    """Put a result into the committed file, which the site and the sample of the suite read."""
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    RESULTS.write_text(_json(results | {part: summary}), encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    main()
