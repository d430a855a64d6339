"""Every source as BibTeX: an entry a page, under the id that rows cite."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from ...package import Package
from ..files import rows

FILE = "sources.bib"
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}


def write(pkg: Package, out: Path) -> None:
    table = pkg.table("sources")
    entries = (
        _entry(dict(zip(table.field_names, row, strict=True)), table.primary_key[0])
        for row in rows(table)
    )
    (out / FILE).write_text("\n".join(entries), encoding="utf-8", newline="\n")


def _entry(source: dict[str, Any], key: str) -> str:
    published: date | None = source["published_on"]
    fields = {
        "title": f"{{{escape(source['title'])}}}",
        "howpublished": f"{{{escape(source['publisher'])}}}",
        "year": published and str(published.year),
        "date": published and published.isoformat(),
        "language": source["language"],
        "keywords": escape(source["kind"]),
        "url": re.sub(r"[{}\\]", lambda sign: f"%{ord(sign[0]):02X}", source["url"]),
        "urldate": source["accessed_on"] and source["accessed_on"].isoformat(),
    }
    lines = [f"  {name} = {{{text}}},\n" for name, text in fields.items() if text]
    return f"@misc{{{source[key]},\n{''.join(lines)}}}\n"


def escape(text: str) -> str:
    """Text as TeX shows it."""
    return "".join(_SPECIAL.get(sign, sign) for sign in text)
