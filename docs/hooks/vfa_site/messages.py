"""The words of the site in its languages: English in the templates, others in catalogues.

A catalogue is a file of gettext, `docs/templates/messages/<language>.po`; `scripts/messages`
brings it up to date. What it lacks is shown in English, and fails a test.
"""

from __future__ import annotations

from functools import cache, cached_property
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from . import blocks

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "messages"
LANGUAGES = ("en", "vi")


class Words:
    """Messages in one language, by what they are in English."""

    def __init__(self, lang: str):
        self.lang = lang

    @cached_property
    def catalogue(self) -> Catalog:
        path = FOLDER / f"{self.lang}.po"
        if not path.exists():
            return Catalog(self.lang)
        with path.open("rb") as file:
            return read_po(file, locale=self.lang)

    @cached_property
    def all(self) -> dict[str, str]:
        """Every message that has one form."""
        found = (m for m in self.catalogue if m.id and isinstance(m.id, str))
        return {m.id: m.string for m in found if m.string}

    def gettext(self, message: str) -> str:
        return self.all.get(message, message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        message = self.catalogue.get(one)
        if message and all(message.string):
            return message.string[c2py(self.catalogue.plural_expr)(number)]
        return one if number == 1 else many

    def code(self, word: str) -> str:
        """A word of a vocabulary of the schemas: prime_minister as prime minister."""
        return self.gettext(word.replace("_", " "))

    def markdown(self, source: str) -> str:
        return source if self.lang == "en" else blocks.translated(source, self.gettext)

    def joined(self, parts: list[str], mark: str = ",") -> str:
        """A list in a sentence: a, b and c."""
        if len(parts) < 2:
            return "".join(parts)
        before = f"{mark} ".join(parts[:-1]) + (mark if mark == ";" else "")
        return " ".join([before, self.gettext("and"), parts[-1]])


@cache
def words(lang: str) -> Words:
    return Words(lang)
