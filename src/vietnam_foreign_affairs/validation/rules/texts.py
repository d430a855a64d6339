"""Rules that every text obeys: one pandera schema of all cells of text, whatever their table.

A cell has a language, from its column or, for the title of a source, from its row; names, numbers
and words of others have none, and are held only to what holds in every language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from . import Rule
from .letters import (
    CAPITAL_WORDS,
    CUT,
    HIDDEN,
    LATIN,
    LOST,
    NOT_PLAIN,
    OTHER_SCRIPTS,
    TWO_ALPHABETS,
    VIETNAMESE,
)
from .slugs import duckdb_function, without_marks

PROSE = (
    *("definition", "explanation", "note", "number", "reason", "stated_value"),
    *("summary", "title", "what"),
)

BEGIN_SMALL = (
    *(
        "definition",
        "framework",
        "locator",
        "note",
        "occasion",
        "origin_group",
        "phrase",
        "publisher",
    ),
    *("sector", "stated_value", "title", "topic", "unit", "what"),
)
MEETING = ("hội", "nghị", "thành")  # trở thành | thành viên: two words of two syllables meet


class TextRule(NamedTuple):
    """A rule on cells: `holds(cells)` is a boolean column; null counts as true."""

    id: str
    title: str
    protects: str
    advice: str
    holds: Callable[[Any], Any]

    @property
    def rule(self) -> Rule:
        return Rule(self.id, "domain", self.title, self.protects)


def pandera_schema() -> Any:
    """The one schema of all cells of text."""
    import pandera.ibis as pa

    return pa.DataFrameSchema(
        checks=[pa.Check(lambda data, r=rule: r.holds(data.table), name=rule.id) for rule in RULES],
        name="cell",
    )


def _is_one_of(column: Any, words: tuple[str, ...]) -> Any:
    # DuckDB plans a long IN as a join, and that takes longer than all cells of a table.
    return column.re_search(f"^(?:{'|'.join(words)})$")


def _hidden(t: Any) -> Any:
    composed = duckdb_function("nfc_normalize", str)(t.text) == t.text
    return ~t.text.re_search(HIDDEN) & composed


def _bytes(t: Any) -> Any:
    return duckdb_function("strlen", int)(t.text)


def _is_ascii(t: Any) -> Any:
    return _bytes(t) == t.text.length()


def _own_alphabet(t: Any) -> Any:
    own = _is_one_of(t.language, OTHER_SCRIPTS) | ~t.text.re_search(rf"[^\PL{LATIN}]")
    own &= (t.language != "vi") | ~t.text.re_search(rf"[^\PLA-Za-z{VIETNAMESE}]")
    return _is_ascii(t).ifelse(True, own.fill_null(True) & ~t.text.re_search(TWO_ALPHABETS))


def _no_word_twice(t: Any) -> Any:
    pairs = t.words.zip(t.words[1:])
    # A number has no capitals.
    twice = pairs.filter(
        lambda pair: (pair.f1 == pair.f2) & (pair.f1 != pair.f1.upper()) & pair.f1.notin(MEETING)
    )
    are_different = duckdb_function("list_unique", int, list[str])(t.words) == t.words.length()
    return are_different.ifelse(True, twice.length() == 0)


def _is_whole(t: Any) -> Any:
    def times(sign: str) -> Any:
        return t.text.length() - t.text.replace(sign, "").length()

    half = t.text.length() // 2
    closed = (times("(") == times(")")) & (times("[") == times("]")) & (times('"') % 2 == 0)
    once = (half < 4) | (t.text.left(half) != t.text.right(half))
    return t.language.isnull() | (t.field == "title") | (closed & once & ~t.text.re_search(CUT))


def _capitals(t: Any) -> Any:
    has_small = (t.text != t.text.upper()) | (t.text == t.text.lower())
    is_short = (t.field == "title").ifelse(
        t.words.length() < 3, (t.words.length() < 2) & (t.text.length() < 6)
    )
    first, is_english = t.text.left(1), (t.language == "en") & (t.field != "title")
    begins = (first != first.lower()) | (first == first.upper()) | _is_one_of(t.field, BEGIN_SMALL)
    return t.language.isnull() | (
        (has_small | _is_one_of(t.language, OTHER_SCRIPTS) | is_short)
        & begins
        & ~(is_english & t.text.re_search(CAPITAL_WORDS))
    )


def _in_its_language(t: Any) -> Any:
    # A description in brackets, and a name, may be of any language.
    has_marks = t.text.re_search(rf"[\[{VIETNAMESE}]")
    is_name = (t.words.length() < 3) | ~t.text.re_search("(?:^|[ (])[a-zđ]")
    # With its marks a Vietnamese text takes more than two bytes in nine beyond its letters.
    marks = _bytes(t) - t.text.length()
    is_vietnamese = (t.text.length() >= 24) & (marks * 9 > t.text.length() * 2)
    return t.language.cases(
        ("vi", has_marks | is_name), ("en", (t.field == "title") | ~is_vietnamese), else_=True
    )


def _one_spelling(t: Any) -> Any:
    def key(x: Any, text: Any) -> Any:
        return x.table_name + "." + x.field + "=" + text

    values = t.filter(~_is_one_of(t.field, PROSE))
    counted = values.group_by(whole=key(values, values.text)).aggregate(times=values.count())
    plain = without_marks(counted.whole)
    counted = counted.mutate(plain=plain.re_replace(r"[^\pL\pN=]+", ""))
    alike = counted.group_by("plain").aggregate(spellings=counted.count(), all=counted.times.sum())
    rare = counted.join(alike.filter(alike.spellings > 1), "plain")
    return key(t, t.text).notin(rare.filter(rare.times * 2 <= rare["all"]).whole)


RULES = (
    TextRule(
        "visible_characters",
        "A text is made of visible characters, in composed form, with single blanks",
        "search, joins and comparisons",
        "type it anew: a doubled or no-break blank, an invisible character or a letter made of "
        "two (NFD) hides in it",
        _hidden,
    ),
    TextRule(
        "whole_letters",
        "No letter is lost to an encoding",
        "names and titles",
        "restore from the source the letters for which a question mark, a box or Ã stands",
        lambda t: ~t.text.re_search(LOST),
    ),
    TextRule(
        "plain_words",
        "A cell holds plain words: no markup, no formula, no word for a blank",
        "spreadsheets, pages and filters",
        "write the words alone; where nothing is known, leave the cell blank",
        lambda t: ~t.text.re_search(NOT_PLAIN),
    ),
    TextRule(
        "plain_apostrophes",
        "An apostrophe is the plain one",
        "search and joins by name",
        "write ' for it",
        lambda t: _is_ascii(t).ifelse(True, ~t.text.re_search("[‘’‛ʼ´]")),
    ),
    TextRule(
        "own_alphabet",
        "Letters are those of the text's language, and of one alphabet in a word",
        "search and joins by name",
        "type the letter anew: one that only looks alike is of another alphabet",
        _own_alphabet,
    ),
    TextRule(
        "word_twice",
        "No word stands twice in a row",
        "texts that people read",
        "remove one of the two",
        _no_word_twice,
    ),
    TextRule(
        "whole_text",
        "A text is whole: its brackets close, no comma hangs at its ends, nothing is said twice",
        "texts that people read",
        "restore what was cut, or remove what is too much",
        _is_whole,
    ),
    TextRule(
        "capitals",
        "Capitals stand where the language has them: names begin with one, no text is all of them",
        "texts that people read",
        "begin with a capital; write small what the language writes small",
        _capitals,
    ),
    TextRule(
        "in_its_language",
        "A Vietnamese text has its marks, an English one is no Vietnamese one",
        "names in two languages",
        "restore the marks, or put the text into the column of its language",
        _in_its_language,
    ),
    TextRule(
        "one_spelling",
        "A value is spelt in one way in its column",
        "filters and counts by value",
        "spell it as the other rows do: marks, case, blanks and hyphens too",
        _one_spelling,
    ),
)
