"""Words of lists, ids, references and addresses: what stands in a cell that must be exact."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from vietnam_foreign_affairs.package import Field, Table

from ..original import Original
from . import Cell, cell_kind
from .writing import LOOK_ALIKE


def is_word(_: Original, table: Table, field: Field) -> bool:
    return "enum" in field.constraints and not field.name.endswith("_precision")


def is_id(_: Original, table: Table, field: Field) -> bool:
    return field.name == table.primary_key[0] and "enum" not in field.constraints


def is_reference(original: Original, table: Table, field: Field) -> bool:
    return original.referred(table, field.name) is not None


def is_source(original: Original, table: Table, field: Field) -> bool:
    return field.name == "source_id" and is_reference(original, table, field)


def is_country(original: Original, table: Table, field: Field) -> bool:
    return (original.referred(table, field.name) or ("",))[0] == "countries"


def is_code(original: Original, table: Table, field: Field) -> bool:
    """A code that is neither a reference nor the key: iso2, m49, wikidata_id, language ..."""
    return (
        "pattern" in field.constraints
        and not is_id(original, table, field)
        and not is_reference(original, table, field)
        and field.name != "url"
    )


def is_address(_: Original, table: Table, field: Field) -> bool:
    return field.name == "url"


def word(name: str, write, **options) -> None:
    cell_kind("cells", f"word: {name}", is_word, **options)(write)


word(
    "another of the list",
    lambda c: c.rng.choice([w for w in c.field.constraints["enum"] if w != c.value]),
)
word("the next of the list", lambda c: _next(c.field.constraints["enum"], c.value))
word("in capitals", lambda c: c.value.upper())
word("with a capital", lambda c: c.value.capitalize())
word("misspelt", lambda c: c.value[:-2] + c.value[-1] + c.value[-2] if len(c.value) > 2 else None)
word("with a blank behind", lambda c: c.value + " ")
word("in the plural", lambda c: c.value + "s")
word("blanks for underscores", lambda c: c.value.replace("_", " ") if "_" in c.value else None)
word("hyphens for underscores", lambda c: c.value.replace("_", "-") if "_" in c.value else None)
word("cut", lambda c: c.value[: len(c.value) // 2])
word("two at once", lambda c: c.value + "; " + _next(c.field.constraints["enum"], c.value))
word("a look-alike letter", lambda c: _look_alike(c.value))
word("other", lambda c: "other")
word("lost", lambda c: "")
word(
    "given where there is none",
    lambda c: None if c.value else c.field.constraints["enum"][0],
    blanks=True,
)
word("that of the row below", lambda c: (c.neighbour() or {}).get(c.field.name) or None)


def _next(words: list[str], value: str) -> str:
    return words[(words.index(value) + 1) % len(words)] if value in words else words[0]


def _look_alike(value: str) -> str | None:
    found = [n for n, c in enumerate(value) if c in LOOK_ALIKE]
    return (
        value[: found[0]] + LOOK_ALIKE[value[found[0]]] + value[found[0] + 1 :] if found else None
    )


def key(name: str, write) -> None:
    cell_kind("cells", f"id: {name}", is_id)(write)


def _letters_exchanged(value: str) -> str | None:
    for n in range(len(value) - 1):
        if value[n : n + 2].isalpha() and value[n] != value[n + 1]:
            return value[:n] + value[n + 1] + value[n] + value[n + 2 :]
    return None


def _year_moved(cell: Cell) -> str | None:
    found = re.search(r"(?:19|20)\d\d", cell.value)
    if not found:
        return None
    return cell.value[: found.start()] + str(int(found[0]) + 1) + cell.value[found.end() :]


key("lost", lambda c: "")
key("two letters exchanged", lambda c: _letters_exchanged(c.value))
key("a letter lost", lambda c: _without_letter(c))
key("in capitals", lambda c: c.value.upper())
key("with a capital", lambda c: c.value.capitalize())
key("a number behind it", lambda c: c.value + "-2")
key("a copy's name", lambda c: c.value + "-copy")
key("cut", lambda c: c.value[: len(c.value) // 2].rstrip("-_") if len(c.value) > 8 else None)
key("underscores for hyphens", lambda c: c.value.replace("-", "_") if "-" in c.value else None)
key("a blank for a hyphen", lambda c: c.value.replace("-", " ", 1) if "-" in c.value else None)
key("another year", _year_moved)
key("a row number", lambda c: str(c.number + 1))
key("that of the row below", lambda c: (c.neighbour() or {}).get(c.field.name))
key("that of another table", lambda c: next(iter(c.original.rows["leaders"]))["leader_id"])
key("a blank behind", lambda c: c.value + " ")
key("its last part lost", lambda c: c.value.rsplit("-", 1)[0] if "-" in c.value else None)
key(
    "its parts in another order",
    lambda c: "-".join(c.value.split("-")[::-1]) if "-" in c.value else None,
)


def _without_letter(cell: Cell) -> str | None:
    found = [n for n, c in enumerate(cell.value) if c.isalpha()]
    if len(found) < 4:
        return None
    n = cell.rng.choice(found)
    return cell.value[:n] + cell.value[n + 1 :]


def reference(name: str, write, where=is_reference, **options) -> None:
    cell_kind("cells", f"reference: {name}", where, **options)(write)


def _all(cell: Cell) -> list[str]:
    """What may stand in the cell."""
    place = cell.original.referred(cell.table, cell.field.name)
    return [v for v in cell.original.values.get(place, []) if v != cell.value]  # type: ignore[arg-type]


def _near(cell: Cell) -> str | None:
    """What one takes for it: the neighbour in the list of ids."""
    values = sorted([*_all(cell), cell.value])
    at = values.index(cell.value) + cell.rng.choice((-1, 1))
    return values[at] if 0 <= at < len(values) else None


def _similar(cell: Cell) -> str | None:
    found = [v for v in _all(cell) if sum(a != b for a, b in zip(v, cell.value, strict=True)) == 1]
    return cell.rng.choice(found) if found else None


reference("another row", lambda c: c.rng.choice(_all(c)) if _all(c) else None)
reference("the next in the list", _near)
reference("that of the row below", lambda c: (c.neighbour() or {}).get(c.field.name) or None)
reference("that of another row", lambda c: c.rng.choice(c.others) if c.others else None)
reference("to nothing", lambda c: c.value[:-1] + ("x" if c.value[-1] != "x" else "y"))
reference("a letter lost", _without_letter)
reference("in capitals or small letters", lambda c: c.value.swapcase())
reference("lost", lambda c: "")
reference("a name for the id", lambda c: c.value.replace("-", " ").replace("_", " ").title())
reference(
    "given where there is none",
    lambda c: None if c.value or not _all(c) else c.rng.choice(_all(c)),
    blanks=True,
)
reference("two at once", lambda c: f"{c.value}; {c.rng.choice(_all(c))}" if _all(c) else None)
reference("another country", lambda c: c.rng.choice(_all(c)), is_country)
reference("a country of a similar code", _similar, is_country)
reference(
    "a code of two letters",
    lambda c: next((r["iso2"] for r in c.original.rows["countries"] if r["iso3"] == c.value), None),
    is_country,
)
reference(
    "a name for a country's code",
    lambda c: next(
        (r["name_en"] for r in c.original.rows["countries"] if r["iso3"] == c.value), None
    ),
    is_country,
)
reference(
    "a code of the Olympics",
    lambda c: {
        "DEU": "GER",
        "NLD": "NED",
        "CHE": "SUI",
        "DNK": "DEN",
        "VNM": "VIE",
        "IDN": "INA",
        "PHL": "PHI",
        "MYS": "MAS",
        "SAU": "KSA",
    }.get(c.value),
    is_country,
)
reference("another source", lambda c: c.rng.choice(_all(c)), is_source)
reference("a source of the same publisher", lambda c: _same_publisher(c), is_source)


def _same_publisher(cell: Cell) -> str | None:
    rows = {r["source_id"]: r["publisher"] for r in cell.original.rows["sources"]}
    own = rows.get(cell.value)
    found = [i for i, publisher in rows.items() if publisher == own and i != cell.value]
    return cell.rng.choice(found) if found else None


def code(name: str, write, **options) -> None:
    cell_kind("cells", f"code: {name}", is_code, **options)(write)


code("another of the column", lambda c: c.rng.choice(c.others) if c.others else None)
code("that of the row below", lambda c: (c.neighbour() or {}).get(c.field.name) or None)
code(
    "two signs exchanged",
    lambda c: c.value[:-2] + c.value[-1] + c.value[-2] if c.value[-1:] != c.value[-2:-1] else None,
)
code(
    "a sign mistyped",
    lambda c: (
        c.value[:-1] + ("7" if c.value[-1] != "7" else "3")
        if c.value[-1].isdigit()
        else c.value[:-1] + ("x" if c.value[-1] != "x" else "z")
    ),
)
code("in capitals or small letters", lambda c: c.value.swapcase())
code("a leading nought lost", lambda c: c.value.lstrip("0") if c.value.startswith("0") else None)
code("lost", lambda c: "")


def address(name: str, write) -> None:
    cell_kind("cells", f"address: {name}", is_address)(write)


def _host(url: str) -> str:
    return urlsplit(url).netloc


address("http for https", lambda c: c.value.replace("https:", "http:", 1))
address("without its scheme", lambda c: c.value.split("://", 1)[1])
address("only the host", lambda c: f"https://{_host(c.value)}/")
address("cut", lambda c: c.value[: len(c.value) * 2 // 3])
address("its last letters cut", lambda c: c.value[:-4])
address(
    "www added or lost",
    lambda c: (
        c.value.replace("://www.", "://")
        if "://www." in c.value
        else c.value.replace("://", "://www.")
    ),
)
address(
    "marks of tracking",
    lambda c: c.value + ("&" if "?" in c.value else "?") + "utm_source=facebook&fbclid=IwAR0",
)
address("a fragment", lambda c: c.value.split("#")[0] + "#comments")
address(
    "a slash behind it", lambda c: c.value.rstrip("/") if c.value.endswith("/") else c.value + "/"
)
address("a full stop behind it", lambda c: c.value + ".")
address("a bracket behind it", lambda c: c.value + ")")
address("a blank inside", lambda c: c.value.replace("-", " ", 1) if "-" in c.value else None)
address("encoded twice", lambda c: quote(c.value, safe=":/?=&"))
address(
    "the host in capitals", lambda c: c.value.replace(_host(c.value), _host(c.value).upper(), 1)
)
address(
    "the host misspelt",
    lambda c: c.value.replace(_host(c.value), _host(c.value).replace(".", "", 1), 1),
)
address("two digits exchanged", lambda c: _digits_exchanged(c.value))
address("that of another row", lambda c: c.rng.choice(c.others))
address("that of the row below", lambda c: (c.neighbour() or {}).get("url"))
address(
    "of a search page", lambda c: "https://www.google.com/search?q=" + quote(c.row.get("title", ""))
)
address("of an archive", lambda c: "https://web.archive.org/web/2026/" + c.value)
address("shortened", lambda c: "https://bit.ly/3xYzAbC")
address("on this machine", lambda c: "file:///C:/Users/me/Downloads/page.html")
address("in brackets of Markdown", lambda c: f"[link]({c.value})")
address("twice", lambda c: c.value + c.value)
address("lost", lambda c: "")


def _digits_exchanged(value: str) -> str | None:
    for found in reversed(list(re.finditer(r"\d\d", value))):
        if found[0][0] != found[0][1]:
            return value[: found.start()] + found[0][::-1] + value[found.end() :]
    return None
