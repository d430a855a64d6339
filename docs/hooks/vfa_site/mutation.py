"""The page of mutation tests: what tests/mutation found, and what a person wrote of the rest."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from vietnam_foreign_affairs.package import PackageError

from . import escape
from .model import Model
from .render import Renderer

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
    folder, found = _folder(model), results(model)
    has_ledger = "ledger" in found["data"]["all"]
    return {
        "mutation.md": renderer.page(
            "mutation.md.j2",
            data=found["data"],
            new=found.get("new"),
            code=found.get("code"),
            has_ledger=has_ledger,
            way="ledger" if has_ledger else "rules",
            sections=sections(found["data"]),
            reasons=_sentences(folder / "reasons.toml"),
            survivors=_sentences(folder / "code" / "survivors.toml"),
            percent=percent,
        )
    }


def results(model: Model) -> dict[str, Any]:
    """What the last runs of scripts/mutate left: of data, of new rows, of code.

    Raises `PackageError` where there was none: the page is part of the site.
    """
    path = _folder(model) / "results.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        name = path.relative_to(model.pkg.root).as_posix()
        raise PackageError(f"{name} is not here, or no JSON: run scripts/mutate") from None


def _folder(model: Model) -> Path:
    return model.pkg.root / "tests" / "mutation"


def sections(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The tables of rates: all and by group, by table, and by kind under its group."""
    groups = [(title, data["groups"][g]) for g, title in GROUPS.items() if g in data["groups"]]
    tables = [(escape.code(name), rates) for name, rates in data["tables"].items()]
    found = [
        _section(2, "By place", "Where", [("All", data["all"]), *groups]),
        _section(2, "By table", "Table", tables),
        _section(2, "By kind", "", []),
    ]
    for group, title in GROUPS.items():
        kinds = [(kind, r) for kind, r in data["by_kind"].items() if r["group"] == group]
        if kinds:
            found.append(_section(3, title, "Kind", kinds))
    return found


def _section(depth: int, title: str, first: str, rows: list[tuple[str, Any]]) -> dict[str, Any]:
    return {"depth": depth, "title": title, "first": first, "rows": rows}


def percent(rates: dict[str, Any], name: str) -> str:
    value = rates.get(name)
    return "" if value is None else f"{100 * value:.0f} %"


def _sentences(path: Path) -> dict[str, str]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
