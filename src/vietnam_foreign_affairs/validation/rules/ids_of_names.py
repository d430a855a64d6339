"""Ids that name their row in words: what they hold of day, number, kind or country fits it."""

from __future__ import annotations

from typing import Any

from .ids import YEARS, code, rule
from .slugs import day, slug

DATE = rf"-({YEARS}(?:-\d\d){{0,2}})(?:-[a-z]+)?$"
PREFIXES = {
    "biosphere_reserve": "br",
    "global_geopark": "gg",
    "creative_city": "cc",
    "learning_city": "lc",
    "commemorated_personality": "cp",
}
INSTRUMENTS = {
    "ct": ("directive",),
    "decl": ("declaration",),
    "kl": ("conclusion",),
    "law": ("law",),
    "nd": ("decree",),
    "nq": ("resolution",),
    "ordinance": ("ordinance",),
    "qd": ("decision", "strategy"),
}


def _found(t: Any, key: str, pattern: str) -> Any:
    """What a pattern finds in an id; null where it finds nothing, so that nothing is asked."""
    return t[key].re_extract(pattern, 1).nullif("")


def _year_fits(table: str, key: str, column: str, name: str | None = None) -> Any:
    def holds(t: Any) -> Any:
        year = _found(t, key, rf"-({YEARS})$")
        fits = t[column].isnull() | (t[column].strftime("%Y") == year)
        return fits | t[name].contains(year) if name else fits

    return rule(table, key, column, f"words, and at its end the year of {column}", holds)


def _event_day(t: Any) -> Any:
    found = _found(t, "event_id", DATE)
    return day(t, "starts_on").startswith(found) | t.name_en.contains(found)


def _event_kind(t: Any) -> Any:
    words = "press-conference|conference|summit|signing|election|congress"
    return _found(t, "event_id", rf"({words})(?:-[0-9-]+)?$") == code("kind")(t)


def _operation_day(t: Any) -> Any:
    found, known = _found(t, "operation_id", DATE), day(t, "starts_on")
    last = t.ends_on.cast("string").fill_null("")
    return known.startswith(found) | found.startswith(known) | last.startswith(found)


def _instrument_kind(t: Any) -> Any:
    prefix = t.instrument_id.re_extract("^[a-z]+", 0)
    return prefix.cases(
        *((p, t.kind.isin(kinds)) for p, kinds in INSTRUMENTS.items()),
        else_=~t.kind.isin([k for kinds in INSTRUMENTS.values() for k in kinds[:1]])
        | (prefix == t.kind),
    )


def _instrument_number(t: Any) -> Any:
    prefix = t.instrument_id.re_extract("^(ct|kl|nd|nq|qd)-", 1)
    number, year = slug(t.number), "-" + t.issued_on.strftime("%Y")
    said = prefix + "-" + number
    return (
        (prefix == "")
        | t.number.isnull()
        | (t.instrument_id == (number + "-").contains(year + "-").ifelse(said, said + year))
    )


def _title_programme(t: Any) -> Any:
    prefix = t.title_id.re_extract(f"^({'|'.join(PREFIXES.values())})-", 1)
    return prefix == t.programme.cases(*PREFIXES.items(), else_="")


def _title_name(t: Any) -> Any:
    stem = _found(t, "title_id", rf"^(?:{'|'.join(PREFIXES.values())})-(.*?)(?:-{YEARS})?$")
    return slug(t.name_en).contains(stem)


def _reform_kind(t: Any) -> Any:
    word = _found(t, "reform_id", "-(merge|rename|transfer|dissolution)-")
    return t.kind == word.cases(("merge", "merger"), ("rename", "renaming"), else_=word)


RULES = (
    rule(
        "leaders",
        "leader_id",
        "name_en",
        "the English name",
        lambda t: t.leader_id == slug(t.name_en),
    ),
    rule(
        "events",
        "event_id",
        "starts_on",
        "words, and often the day or year, or the year that its name holds",
        _event_day,
    ),
    rule(
        "events",
        "event_id",
        "edition",
        "words, and in a series the edition",
        lambda t: (
            _found(t, "event_id", r"[a-z]-(\d{1,3})$") == t.edition.cast("string").fill_null("")
        ),
    ),
    rule("events", "event_id", "kind", "words, and often the kind", _event_kind),
    rule(
        "commemorations",
        "event_id",
        "anniversary",
        "words and the number of the anniversary",
        lambda t: _found(t, "event_id", r"-(\d+)th(?:-|$)") == t.anniversary.cast("string"),
    ),
    rule(
        "citizen_protection",
        "operation_id",
        "iso3",
        "country, words and the first or last day as far as known",
        lambda t: t.operation_id.startswith(t.iso3.lower() + "-"),
    ),
    rule(
        "citizen_protection",
        "operation_id",
        "starts_on",
        "country, words and the first or last day as far as known",
        _operation_day,
    ),
    rule(
        "legal_instruments",
        "instrument_id",
        "kind",
        "the kind (ct, kl, law, nd, nq, qd), number and year",
        _instrument_kind,
    ),
    rule(
        "legal_instruments",
        "instrument_id",
        "number",
        "the kind (ct, kl, nd, nq, qd), number and year",
        _instrument_number,
    ),
    _year_fits("legal_instruments", "instrument_id", "issued_on"),
    rule(
        "unesco_titles",
        "title_id",
        "programme",
        "the programme (br, cc, cp, gg, lc; none for lists of heritage), words and a year",
        _title_programme,
    ),
    rule(
        "unesco_titles",
        "title_id",
        "name_en",
        "the programme (br, cc, cp, gg, lc) and words of the name",
        _title_name,
    ),
    _year_fits("unesco_titles", "title_id", "inscribed_on"),
    _year_fits("trade_agreements", "agreement_id", "signed_on"),
    rule(
        "trade_agreements",
        "agreement_id",
        "kind",
        "words or letters, at their end often the kind",
        lambda t: _found(t, "agreement_id", "(fta|cepa|pta)$") == t.kind,
    ),
    _year_fits("apparatus_reforms", "reform_id", "effective_on"),
    rule("apparatus_reforms", "reform_id", "kind", "words, often one for the kind", _reform_kind),
)
