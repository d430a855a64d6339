"""Words as keyboards, editors, exports and hands spoil them."""

from __future__ import annotations

import html
import random
import unicodedata
from collections.abc import Callable

from vietnam_foreign_affairs.package import Field, Table

from ..original import Original
from . import Cell, cell_kind
from .writing import (
    LOOK_ALIKE,
    at,
    between,
    each,
    for_blank,
    letters,
    marked,
    old_tone,
    on_word,
    other_tone,
    spelt,
    swapped,
    telex,
    vowels,
    without_marks,
    words,
)


def is_text(original: Original, table: Table, field: Field) -> bool:
    return original.is_text(table, field)


def is_vietnamese(original: Original, table: Table, field: Field) -> bool:
    return is_text(original, table, field) and field.name.endswith("_vi")


def text(name: str, write: Callable[[str, random.Random], str | None], where=is_text) -> None:
    """A kind that is given the text and may draw."""
    cell_kind("text", f"text: {name}", where)(lambda cell: write(cell.value, cell.rng))


text("every mark lost", lambda v, r: without_marks(v))
text("one mark lost", at(marked, without_marks))
text("another tone", at(vowels, other_tone))
text("the tone on the other vowel", old_tone)
text("Telex not composed", telex)
text(
    "a barred D of Iceland",
    at(lambda v: [n for n, c in enumerate(v) if c in "đĐ"], lambda c: {"đ": "ð", "Đ": "Ð"}[c]),
)
text("question marks for letters", each(marked, lambda c: "?"))
text("one question mark for a letter", at(marked, lambda c: "?"))
text("replacement marks for letters", each(marked, lambda c: "\ufffd"))
text("letters with marks gone", each(marked, lambda c: ""))
text("NFD", lambda v, r: unicodedata.normalize("NFD", v))
text("one letter in NFD", at(marked, lambda c: unicodedata.normalize("NFD", c)))
text("UTF-8 read as Windows-1252", lambda v, r: v.encode().decode("cp1252", "replace"))
text("UTF-8 read as Latin-1", lambda v, r: v.encode().decode("latin-1"))
text(
    "a look-alike letter",
    at(lambda v: [n for n, c in enumerate(v) if c in LOOK_ALIKE], LOOK_ALIKE.__getitem__),
)
text("all look-alike letters", lambda v, r: "".join(LOOK_ALIKE.get(c, c) for c in v))
text("full-width letters", each(letters, lambda c: chr(ord(c) + 0xFEE0) if c.isascii() else c))
text("a blank of no width", between("\u200b"))
text("a soft hyphen", between("\u00ad"))
text("a mark of direction", between("\u200e"))
text("a byte order mark inside", between("\ufeff"))
text("a control character", between("\x02"))
text("a no-break blank", for_blank("\u00a0"))
text("a narrow blank", for_blank("\u2009"))
text("a double blank", for_blank("  "))
text("a tab", for_blank("\t"))
text("a line break of HTML", for_blank("<br>"))
text("a blank lost", for_blank(""))
text("a blank before", lambda v, r: " " + v)
text("a blank behind", lambda v, r: v + " ")
text("a no-break blank behind", lambda v, r: v + "\u00a0")
text("a tag of HTML", on_word(lambda w: f"<b>{w}</b>"))
text("a link in Markdown", on_word(lambda w: f"[{w}](https://example.org)"))
text("stars of Markdown", on_word(lambda w: f"**{w}**"))
text(
    "an entity",
    lambda v, r: html.escape(v).replace("'", "&#39;") if set(v) & set("&<>'") else v + "&nbsp;",
)
text(
    "marked letters as entities",
    lambda v, r: "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in v),
)
text("marked letters as escapes", lambda v, r: v.encode("unicode_escape").decode())
text("percent encoded", lambda v, r: v.replace(" ", "%20") if " " in v else None)
text("a footnote of an encyclopedia", lambda v, r: v + "[1]")
text("typographic apostrophe", lambda v, r: v.replace("'", "’") if "'" in v else None)
text("typographic quotes", lambda v, r: f"“{v}”")
text("quotes around it", lambda v, r: f'"{v}"')
text("a dash for a hyphen", lambda v, r: v.replace("-", "–", 1) if "-" in v else None)
text("all capitals", lambda v, r: v.upper() if len(v) > 6 else None)
text("no capitals", lambda v, r: v.lower())
text("capitals in every word", lambda v, r: v.title())
text("caps lock", lambda v, r: v.swapcase())
text("first letter lost", lambda v, r: v[1:] if len(v) > 3 else None)
text("last letter lost", lambda v, r: v[:-1] if len(v) > 3 else None)
text("a letter lost", at(letters, lambda c: ""))
text("a letter twice", at(letters, lambda c: c * 2))
text(
    "a letter mistyped",
    at(letters, lambda c: chr((ord(c.lower()) - 97 + 7) % 26 + 97) if c.isascii() else "q"),
)
text("two letters exchanged", swapped)
text(
    "a word lost",
    lambda v, r: (
        " ".join(w for n, w in enumerate(words(v)) if n != len(words(v)) // 2) if " " in v else None
    ),
)
text("a word twice", on_word(lambda w: f"{w} {w}"))
text(
    "two words exchanged",
    lambda v, r: " ".join([words(v)[1], words(v)[0], *words(v)[2:]]) if " " in v else None,
)
text("cut after thirty letters", lambda v, r: v[:30] if len(v) > 34 else None)
text("cut with an ellipsis", lambda v, r: v[:20] + "…" if len(v) > 24 else None)
text("said twice", lambda v, r: v + v)
text("a spelling of another house", spelt)
text("a formula", lambda v, r: "=" + v)
text("a link of a spreadsheet", lambda v, r: f'=HYPERLINK("{v}")')
text("an error of a spreadsheet", lambda v, r: r.choice(("#REF!", "#NAME?", "#VALUE!", "#N/A")))
text(
    "a word for a blank",
    lambda v, r: r.choice(("N/A", "null", "None", "nan", "-", "unknown", "không rõ")),
)
text("a note to oneself", lambda v, r: r.choice(("TODO", "xxx", "???", "tbd")))
text("a note to oneself behind it", lambda v, r: v + r.choice((" (check!)", " ???", " TODO")))
text("placeholder", lambda v, r: "lorem ipsum dolor sit amet")
text("a picture", lambda v, r: v + " 🇻🇳")
text("a full stop behind it", lambda v, r: v.rstrip(".") + "..")
text("a comma behind it", lambda v, r: v + ",")
text("a bracket lost", lambda v, r: v.replace(")", "", 1) if ")" in v else None)
text("a semicolon for a comma", lambda v, r: v.replace(",", ";", 1) if "," in v else None)
text("lost", lambda v, r: "")
text("a ligature", lambda v, r: v.replace("fi", "ﬁ", 1) if "fi" in v else v.replace("...", "…", 1))
text(
    "a letter of Greek",
    at(
        lambda v: [n for n, c in enumerate(v) if c in "oAv"],
        lambda c: {"o": "ο", "A": "Α", "v": "ν"}[c],
    ),
)
text("Vietnamese without its marks", lambda v, r: without_marks(v), is_vietnamese)


@cell_kind("text", "text: that of the row below", is_text)
def _(cell: Cell) -> str | None:
    return (cell.neighbour() or {}).get(cell.field.name) or None


@cell_kind("text", "text: that of another row", is_text)
def _(cell: Cell) -> str | None:
    return cell.rng.choice(cell.others) if cell.others else None


@cell_kind("text", "text: that of another column", is_text)
def _(cell: Cell) -> str | None:
    names = [f.name for f in cell.table.fields if is_text(cell.original, cell.table, f)]
    found = [cell.row[n] for n in names if n != cell.field.name and cell.row[n]]
    return cell.rng.choice(found) if found else None


@cell_kind("text", "text: given where there is none", is_text, blanks=True)
def _(cell: Cell) -> str | None:
    return cell.rng.choice(cell.others) if not cell.value and cell.others else None


@cell_kind("text", "text: the id in its place", is_text)
def _(cell: Cell) -> str | None:
    return cell.row[cell.table.primary_key[0]]


@cell_kind("text", "text: English where Vietnamese belongs", is_vietnamese)
def _(cell: Cell) -> str | None:
    return cell.row.get(cell.field.name[:-3] + "_en") or None


@cell_kind(
    "text",
    "text: Vietnamese where English belongs",
    lambda o, t, f: is_text(o, t, f) and f.name.endswith("_en"),
)
def _(cell: Cell) -> str | None:
    return cell.row.get(cell.field.name[:-3] + "_vi") or None
