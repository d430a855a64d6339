"""The rule on the language of a page: by its title's letters, its address and its host."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from . import DomainRule

LANGUAGES = Path(__file__).parents[1] / "reference" / "languages.csv"
SCRIPTS = (  # languages by the letters of a title, the most telling first
    (r"[\p{Hiragana}\p{Katakana}]", "ja"),
    (r"\p{Hangul}", "ko"),
    (r"\p{Han}", "zh ja"),
    (r"\p{Cyrillic}", "ru uk be bg mk sr mn kk ky tg"),
    (r"\p{Arabic}", "ar fa ur ps"),
    (r"\p{Thai}", "th"),
    (r"\p{Lao}", "lo"),
    (r"\p{Khmer}", "km"),
    (r"\p{Hebrew}", "he yi"),
    (r"\p{Greek}", "el"),
)
VIETNAMESE = "ăđơưạảấầẩẫậắằẳẵặẹẻẽềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
WORDS = "(?:the|of|and|for|with|to|from|in|on)"
THREE_WORDS = "[a-z]+ [a-z]+ [a-z]+"
NOT_LATIN = "[^\\x00-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u206f\u20ac]"
ENGLISH = f"[ (]{WORDS}[ ,].* {WORDS}[ ,]"
EDITIONS = {  # languages by the words of addresses
    "ar": "ar",
    "betaen": "en",
    "betafr": "fr",
    "chinese": "zh",
    "cn": "zh",
    "de": "de",
    "de-de": "de",
    "en": "en",
    "en-us": "en",
    "eng": "en",
    "english": "en",
    "es": "es",
    "fr": "fr",
    "french": "fr",
    "id": "id",
    "ja": "ja",
    "japanese": "ja",
    "jp": "ja",
    "ko": "ko",
    "korean": "ko",
    "lo": "lo",
    "nl": "nl",
    "pt": "pt",
    "ro": "ro",
    "ru": "ru",
    "russian": "ru",
    "spanish": "es",
    "sv": "sv",
    "th": "th",
    "ur": "ur",
    "vi": "vi",
    "vietnamese": "vi",
    "zh": "zh",
}
# Sites whose addresses hold another language's word, or none of their own.
UNTOLD = (
    "://([a-z]+[.])?(scribd[.]com|vovworld[.]vn|biz[.]searchina[.]net|bacninh[.]gov[.]vn"
    "|dalat-info[.]gov[.]vn|caobangtourism[.]vn)/|^https?://id[.]baoquocte[.]vn/"
)


@cache
def languages() -> str:
    with LANGUAGES.open(encoding="utf-8", newline="") as file:
        return " ".join(row["language"] for row in csv.DictReader(file))


def _host(t):
    return t.url.lower().split("/")[2].replace("www.", "")


def _parts(t):
    """Titles without what stands in brackets, and the parts of addresses; step by step, as each
    step is computed once."""
    import ibis

    parts = t.select(
        "source_id",
        "language",
        "url",
        title=t.title.re_replace(r"\[[^\]]*\]", "").strip(),
        host=_host(t),
        path=t.url.lower().split("/")[3],
    )
    parts = parts.mutate(
        small=parts.title.lower(),
        is_latin=~parts.title.re_search(NOT_LATIN),
        label=parts.host.re_replace("^m[.]", "").split(".")[0],
    )
    marked = parts.small.re_replace(f"[^{VIETNAMESE}]+", "").length()
    latin = ibis.cases(
        (marked * 10 > parts.title.length(), "vi"),
        ((" " + parts.small + " ").re_search(ENGLISH), "en"),
    )
    editions = ibis.map(list(EDITIONS), list(EDITIONS.values()))
    other = ibis.cases(*((parts.title.re_search(letters), codes) for letters, codes in SCRIPTS))
    return parts.mutate(
        letters=parts.is_latin.ifelse(latin, other),
        edition=editions.get(parts.label).coalesce(editions.get(parts.path)),
    )


def _alone(t):
    """Host and language, where a host has four pages or more and one of them in the language."""
    pages = t.select("language", host=_host(t))
    rows = pages.group_by("host", "language").aggregate(rows=pages.count())
    hosts = rows.group_by("host").aggregate(pages=rows.rows.sum())
    several = hosts.filter(hosts.pages > 3)
    alone = rows.filter(rows.rows == 1).semi_join(several, "host")
    return alone.select(key=alone.host + " " + alone.language)


def _language(t, _):
    import ibis

    parts = _parts(t)
    other_letters = ibis.literal(" ".join(codes for _, codes in SCRIPTS))
    # A name alone, as on a page about a word, tells nothing.
    is_plain = ~parts.title.re_search("[^ -~]") & parts.title.re_search(THREE_WORDS)
    needs_marks = other_letters.contains(parts.language) | ((parts.language == "vi") & is_plain)
    is_read = parts.letters.contains(parts.language).fill_null((parts.title == "") | ~needs_marks)
    is_addressed = (
        (parts.edition == parts.language).fill_null(True)
        | (parts.letters == "vi").fill_null(False)
        | parts.url.re_search(UNTOLD)
    )
    # Where nothing else tells: the only page in its language among several of the host.
    alone = (parts.host + " " + parts.language).isin(_alone(t).key)
    is_told = (parts.title != "") | parts.edition.notnull() | ~alone
    wrong = parts.filter(~(is_read & is_addressed & is_told))
    return ibis.literal(languages()).contains(t.language) & t.source_id.notin(wrong.source_id)


RULES = (
    DomainRule(
        "page_language",
        "sources",
        "language",
        "The language is that of the page",
        "filters by language",
        "give the ISO 639-1 code that fits the title's letters, the address and the host's other "
        "pages; put a title that is a translation in square brackets",
        _language,
    ),
)
