"""A difference of two releases in words: for a terminal, a machine, a comment, the changelog."""

from __future__ import annotations

import csv
import html
import re
import unicodedata
from types import SimpleNamespace

from ..visible import visible
from .comparison import Difference, Row, compare, next_version, parts

__all__ = ["FORMATS", "compare", "next_version"]

_LONGEST = 300  # characters of a cell in Markdown
_SHOWN = 50  # rows of one table in Markdown: a comment on GitHub has a greatest length


def to_text(found: Difference) -> str:
    """For a terminal: a block a table, a line a row; what cannot be seen is written out."""
    lines = [_verdict(found)]
    for table in found.tables:
        lines += ["", f"{table}: {_summary(found, table)}"]
        lines += [f"  ! {c.words}" for c in found.structure if c.table == table]
        for row in _of(found, table):
            if row.change == "changed":
                lines += [f"  ~ {row.key}, {c}: {old or 'blank'} -> {new or 'blank'}"
                          f"{_only_form(old, new)}" for c, old, new in row.cells]  # fmt: skip
            else:
                lines.append(f"  {'+' if row.change == 'added' else '-'} {row.key}")
    return "\n".join(map(visible, lines))


def to_csv(found: Difference) -> str:
    """For machines: a line a cell; whole rows as all their cells that are not blank."""
    lines: list[str] = []
    # With this end of line, a carriage return in a cell is quoted like a line feed.
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n")
    writer.writerow(("table", "change", "row", "column", "old", "new"))
    writer.writerows((c.table, c.words, "", "", "", "") for c in found.structure)
    for row in found.rows:
        writer.writerows((row.table, row.change, row.key, *cell) for cell in row.cells)
    return "\n".join(line.removesuffix("\r\n") for line in lines)


def to_markdown(found: Difference) -> str:
    """For a comment on a pull request: a summary, then a block to unfold for each table."""
    lines = ["### Data changes", "", _verdict(found)]
    if found:
        lines += ["", "| table | added | removed | changed | structure |",
                  "| --- | ---: | ---: | ---: | --- |"]  # fmt: skip
    for table in found.tables:
        counts = (str(_count(found, table, c)) for c in ("added", "removed", "changed"))
        words = "; ".join(c.words for c in found.structure if c.table == table)
        cells = (_word(table), *counts, _word(words))
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    for table in found.tables:
        rows = _of(found, table)
        if not rows:
            continue
        name = f"<code>{html.escape(visible(table))}</code>"
        lines += ["", f"<details><summary>{name}: {_summary(found, table)}</summary>", ""]
        for row in rows[:_SHOWN]:
            lines.append(f"- {row.change} {_code(row.key)}")
            lines += [f"  - {_word(c)}: {_shown(row, old, new)}" for c, old, new in row.cells]
        if len(rows) > _SHOWN:
            lines.append(f"- and {len(rows) - _SHOWN} more")
        lines += ["", "</details>"]
    return "\n".join(lines)


def to_changelog(found: Difference) -> str:
    """For CHANGELOG.md: the data section, a line a table."""
    lines = ["### Data"]
    for table in found.tables:
        words = [_word(c.words) for c in found.structure if c.table == table]
        words += [_summary(found, table)] if _of(found, table) else []
        lines.append(f"- {_code(table)}: {'; '.join(words)}.")
    return "\n".join(lines)


FORMATS = {"text": to_text, "csv": to_csv, "markdown": to_markdown, "changelog": to_changelog}


def _verdict(found: Difference) -> str:
    versions = f"{_version(found.old)} -> {_version(found.new)}"
    if not found:
        return f"{versions}: the data are the same"
    words = f"{versions}: the difference demands a {found.step} step"
    if found.understated:
        return f"{words}; the version must be at least {found.least_version}"
    return f"{words}, and the version says so"


def _version(text: str) -> str:
    parts(text)
    return text


def _summary(found: Difference, table: str) -> str:
    counts = [(c, _count(found, table, c)) for c in ("added", "removed", "changed")]
    words = [f"{n:,} row{'s' * (n != 1)} {change}" for change, n in counts if n]
    alike = sum(row.change == "changed" and _is_alike(row) for row in _of(found, table))
    if alike:
        words[-1] += f" ({alike:,} of them only in the Unicode normal form, which looks the same)"
    return ", ".join(words) or "structure only"


def _of(found: Difference, table: str) -> list[Row]:
    return [row for row in found.rows if row.table == table]


def _count(found: Difference, table: str, change: str) -> int:
    return sum(row.change == change for row in _of(found, table))


def _is_alike(row: Row) -> bool:
    return all(_only_form(old, new) for _, old, new in row.cells)


def _only_form(old: str, new: str) -> str:
    """A remark where two texts are the same letters in another normal form; blank otherwise."""
    if old == new or unicodedata.normalize("NFC", old) != unicodedata.normalize("NFC", new):
        return ""
    return f" (looks the same: {_form(old)} became {_form(new)})"


def _form(text: str) -> str:
    forms = (form for form in ("NFC", "NFD") if unicodedata.is_normalized(form, text))
    return next(forms, "a mixture of normal forms")


def _shown(row: Row, old: str, new: str) -> str:
    if row.change == "changed":
        return f"{_code(old)} became {_code(new)}{_only_form(old, new)}"
    return _code(new if row.change == "added" else old)


def _code(text: str) -> str:
    """A code span: nothing in it is Markdown, HTML or the name of a person to notify."""
    if not text:
        return "blank"
    text = visible(text)  # a line break would end the span
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}… ({len(text):,} characters)"
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    blank = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _word(text: str) -> str:
    """A name or some words as they are, if they can only be words; a code span otherwise."""
    return text if re.fullmatch(r"[A-Za-z][\w ;:,.()-]*|", text, re.A) else _code(text)
