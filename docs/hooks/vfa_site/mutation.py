"""The page of mutation tests: what tests/mutation found, and what a person wrote of the rest."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from .model import Model
from .render import Renderer

RESULTS = "results.json"
REASONS = "reasons.toml"
SURVIVORS = "code/survivors.toml"
GROUPS = {
    "files": "Files: encodings, separators, headers, lines",
    "cells": "Cells: days, figures, ids, references, words of lists, addresses",
    "text": "Text: marks, letters, blanks, markup",
    "rows": "Rows: lost, doubled, shifted, mixed up",
    "facts": "Facts exchanged for others that look as well",
    "schemas": "Schemas",
    "descriptor": "Descriptor",
}


def pages(model: Model, renderer: Renderer) -> dict[str, str]:
    folder = model.pkg.root / "tests" / "mutation"
    results = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
    return {
        "mutation.md": renderer.page(
            "mutation.md.j2",
            data=results["data"],
            new=results.get("new"),
            code=results.get("code"),
            groups=GROUPS,
            kinds=by_group(results["data"]),
            reasons=_sentences(folder / REASONS),
            survivors=_sentences(folder / SURVIVORS),
            percent=percent,
            code_of=code_of,
        )
    }


def by_group(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The rates of each kind under the group that it belongs to."""
    found: dict[str, dict[str, Any]] = {group: {} for group in GROUPS}
    for kind, rates in data["by_kind"].items():
        found[rates["group"]][kind] = rates
    return found


def percent(rates: dict[str, Any], name: str) -> str:
    value = rates.get(name)
    return "" if value is None else f"{100 * value:.0f} %"


def code_of(value: str) -> str:
    """Any text as it is, in a cell of a Markdown table that is rendered once more."""
    text = value.replace("`", "'").replace("|", "\\|").replace("{", "{\u200b").replace("\n", " ")
    return f"`{text}`"


def _sentences(path: Path) -> dict[str, str]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
