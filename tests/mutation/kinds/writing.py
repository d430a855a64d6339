"""How a text is changed: a letter, a word, a blank, all marks."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

LOOK_ALIKE = dict(zip("aceopxyABCEHKMOPTXi", "асеорхуАВСЕНКМОРТХі", strict=True))
TELEX = {"̂": lambda c: c * 2, "̆": lambda c: c + "w", "̛": lambda c: c + "w"}
TONES = {"̀": "f", "́": "s", "̉": "r", "̃": "x", "̣": "j"}


def without_marks(text: str) -> str:
    plain = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in plain if not unicodedata.combining(c))


def marked(text: str) -> list[int]:
    return [n for n, c in enumerate(text) if c.isalpha() and without_marks(c) != c]


def letters(text: str) -> list[int]:
    return [n for n, c in enumerate(text) if c.isalpha()]


def words(text: str) -> list[str]:
    return text.split(" ")


def at(places: Callable[[str], list[int]], become: Callable[[str], str]):
    """Change one letter, drawn from `places`."""

    def write(value: str, rng: random.Random) -> str | None:
        found = places(value)
        if not found:
            return None
        n = rng.choice(found)
        return value[:n] + become(value[n]) + value[n + 1 :]

    return write


def each(places: Callable[[str], list[int]], become: Callable[[str], str]):
    def write(value: str, _: random.Random) -> str | None:
        found = set(places(value))
        return "".join(become(c) if n in found else c for n, c in enumerate(value)) or None

    return write


def between(mark: str):
    """Put something between two letters of a word."""

    def write(value: str, rng: random.Random) -> str | None:
        spots = [m.start() + 1 for m in re.finditer(r"\w(?=\w)", value)]
        if not spots:
            return None
        n = rng.choice(spots)
        return value[:n] + mark + value[n:]

    return write


def for_blank(mark: str):
    def write(value: str, rng: random.Random) -> str | None:
        spots = [n for n, c in enumerate(value) if c == " "]
        return put(value, rng.choice(spots), mark) if spots else None

    return write


def put(value: str, n: int, mark: str) -> str:
    return value[:n] + mark + value[n + 1 :]


def on_word(become: Callable[[str], str], least: int = 4):
    """Change one word of some length."""

    def write(value: str, rng: random.Random) -> str | None:
        parts = words(value)
        spots = [n for n, w in enumerate(parts) if w.isalpha() and len(w) >= least]
        if not spots:
            return None
        n = rng.choice(spots)
        parts[n] = become(parts[n])
        return " ".join(parts)

    return write


def telex(value: str, rng: random.Random) -> str | None:
    found = marked(value)
    if not found:
        return None
    n = rng.choice(found)
    base, *marks = unicodedata.normalize("NFD", value[n])
    if base in "đĐ":
        return put(value, n, base.replace("đ", "dd").replace("Đ", "DD"))
    typed = base
    for mark in marks:
        typed = TELEX[mark](typed) if mark in TELEX else typed + TONES.get(mark, "")
    return put(value, n, typed)


def other_tone(c: str) -> str:
    marks = unicodedata.normalize("NFD", c)
    tones = "̣̀́̉̃"
    own = [m for m in marks if m in tones]
    other = next(t for t in tones if t not in own)
    return unicodedata.normalize("NFC", "".join(m for m in marks if m not in tones) + other)


def vowels(value: str) -> list[int]:
    return [n for n in marked(value) if without_marks(value[n]).lower() in "aeiouy"]


def old_tone(value: str, rng: random.Random) -> str | None:
    pairs = {
        "òa": "oà",
        "óa": "oá",
        "ỏa": "oả",
        "õa": "oã",
        "ọa": "oạ",
        "òe": "oè",
        "óe": "oé",
        "ùy": "uỳ",
        "úy": "uý",
        "ủy": "uỷ",
        "ũy": "uỹ",
        "ụy": "uỵ",
    }
    pairs |= {new: old for old, new in pairs.items()}
    for old, new in pairs.items():
        if old in value:
            return value.replace(old, new, 1)
    return None


def swapped(value: str, rng: random.Random) -> str | None:
    spots = [
        m.start()
        for m in re.finditer(r"[^\W\d_](?=[^\W\d_])", value)
        if value[m.start()] != value[m.start() + 1]
    ]
    if not spots:
        return None
    n = rng.choice(spots)
    return value[:n] + value[n + 1] + value[n] + value[n + 2 :]


def spelt(value: str, rng: random.Random) -> str | None:
    spellings = (
        ("Viet Nam", "Vietnam"),
        ("Vietnam", "Viet Nam"),
        ("Hà Nội", "Hanoi"),
        ("Ministry", "MInistry"),
        ("ASEAN", "Asean"),
        ("organis", "organiz"),
        ("centre", "center"),
        ("programme", "program"),
    )
    for old, new in spellings:
        if old in value:
            return value.replace(old, new, 1)
    return None
