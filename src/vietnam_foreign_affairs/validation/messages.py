"""Causes recognised, and what would be right, in words for whoever has only a spreadsheet.

These are the words for bytes, types and constraints; those of a rule stand at the rule.
"""

from __future__ import annotations

import csv
import re

from ..package import Field, Table

FORMS = {
    "integer": "a whole number such as 25",
    "number": "a number such as 786.29",
    "boolean": "true or false",
    "date": "a day that exists, as YYYY-MM-DD",
    "year": "a year as YYYY",
}


def message_of(constraint: str, columns: list[str]) -> str:
    """What is wrong where a constraint of a Table Schema is broken."""
    return {
        "required": "the cell is blank",
        "unique": "another row has the same " + " and ".join(columns),
        "foreign key": "there is no such row",
    }.get(constraint, f"the value breaks the constraint {constraint}")


def advice_on(field: Field, constraint: str, table: Table) -> str:
    """Advice on a broken constraint; an empty string where the message says it all."""
    value = field.constraints.get(constraint)
    words = {
        "required": "fill the cell in",
        "enum": f"use one of {', '.join(map(str, value))}" if constraint == "enum" else "",
        "pattern": f"write it in the form {value}",
        "minimum": f"at least {value}",
        "maximum": f"at most {value}",
        "minLength": f"at least {value} characters",
        "maxLength": f"at most {value} characters",
        "unique": "give each row its own value",
    }
    if constraint == "foreign key":
        key = next(k for k in table.foreign_keys if k.field == field.name)
        return f"use a value of {key.references} in tables/{key.table}.csv, or add the row there"
    return words.get(constraint, "")


FORMAT = "vfa format {file} does it"
IMPORT = "import it again as UTF-8 and save it as CSV UTF-8"
TOTALS = frozenset(("total", "totals", "sum", "grand total", "tổng", "tổng cộng", "cộng"))
_DAY_FIRST = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


def cause_of_header(table: Table, lines: list[str], file: str) -> tuple[str, str]:
    """What is wrong with a first line that is not the header, and what to do about it."""
    names = list(table.field_names)
    first = _cells(lines[0]) if lines else []
    mend = FORMAT.format(file=file)
    if lines and re.fullmatch("sep=.", lines[0].strip(), re.I):
        return "a spreadsheet wrote its separator above the header", f"remove the line; {mend}"
    for separator, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        cells = _cells(lines[0], separator) if lines else []
        if len(cells) > 1 and set(cells) & set(names) and len(first) < len(cells):
            return f"the cells are separated by {word}", f"separate them by commas; {mend}"
    if first[: len(names)] == names and not any(first[len(names) :]):
        return "empty columns stand behind the last one", f"remove them; {mend}"
    if first[1:] == names:
        return f"a column {first[0]!r} stands before the others, as an index", "remove it"
    if any(_cells(line)[: len(names)] == names for line in lines[1:]):
        return "lines stand above the header", "remove everything above the line of column names"
    if sorted(first) == sorted(names):
        return "the columns are in another order", f"restore it; {mend}"
    lacking = [name for name in names if name not in first]
    unknown = [name for name in first if name not in names]
    words = [f"lacks {', '.join(lacking)}"] if lacking else []
    words += [f"has {', '.join(map(repr, unknown))}, which the schema does not"] if unknown else []
    said = " and ".join(words) or "names a column twice"
    return f"the header {said}", f"it must read {','.join(names)}"


def cause_of_dates(values: list[str]) -> bool:
    """Whether these are days written in another order, as a spreadsheet shows them."""
    return len(values) > 1 and all(map(_DAY_FIRST.fullmatch, values))


def cause_of_bytes(data: bytes) -> tuple[str, str]:
    """What a file that is not UTF-8 seems to be, and how to import it right."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:400].count(0) > 100:
        return "is UTF-16, as a spreadsheet's Unicode text is", f"save it as CSV UTF-8; {IMPORT}"
    return "is not UTF-8: a program saved it as Windows-1252 or Latin-1, say", IMPORT


def cause_of_letters(text: str) -> str:
    """How the letters of a cell were lost, as far as what is left of them tells; else blank."""
    if "\ufffd" in text:
        return "bytes of another encoding were read as UTF-8, and a box stands for each letter"
    for encoding, name in (("cp1252", "Windows-1252"), ("latin-1", "Latin-1")):
        try:
            right = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if right != text:
            return f"UTF-8 was read as {name}: it said {right!r}"
    if re.search(r"\?[?A-Za-zÀ-ỹ]", text):
        return "it was saved in an encoding without these letters, such as Windows-1252"
    return ""


def _cells(line: str, separator: str = ",") -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        return []
