"""Rules on legal instruments and trade agreements: what a number and a status say."""

from __future__ import annotations

from datetime import date

from . import DomainRule

NUMBER = (
    r"^\d+(?:/(?:19|20)\d\d)?[-/](?:CT|KL|NQ|NĐ|PL|QĐ|QH\d+|TB|TT)"
    r"(?:[-/](?:TW|CP|TTg|QH|UBTVQH|BCĐ)[A-ZĐ]*\d*)?$"
)
KINDS = {
    "CT": ("directive",),
    "KL": ("conclusion",),
    "NQ": ("resolution",),
    "NĐ": ("decree",),
    "PL": ("ordinance",),
    "QĐ": ("decision", "strategy"),
    "QH": ("law", "resolution"),
}
ISSUERS = {
    "TW": "Party|Politburo|Secretariat",
    "CP": "^Government of Viet Nam$",
    "TTg": "^Prime Minister of Viet Nam$",
    "UBTVQH": "^National Assembly Standing Committee$",
    "QH": "^National Assembly of Viet Nam$",
    "BCĐ": "Steering Committee",
}
# Years of the terms of the National Assembly, which meet in the year of an election.
TERMS = {11: (2002, 2007), 12: (2007, 2011), 13: (2011, 2016), 14: (2016, 2021)} | {
    15: (2021, 2026),
    16: (2026, 2031),
}
# The Party counts anew from each of its congresses on.
CONGRESSES = {
    9: date(2001, 4, 19),
    10: date(2006, 4, 18),
    11: date(2011, 1, 12),
    12: date(2016, 1, 20),
    13: date(2021, 1, 25),
    14: date(2026, 1, 19),
}
TITLES = "law|decree|decision|directive|conclusion|declaration|ordinance|resolution"
YEARS_TO_FORCE = 10
YEARS_TO_FORCE_FOR_A_PARTY = 15


def _number_and_kind(t, _):
    letters = t.number.re_extract("[-/](CT|KL|NQ|NĐ|PL|QĐ|QH)", 1)
    fits = letters.cases(*((sign, t.kind.isin(kinds)) for sign, kinds in KINDS.items()))
    return fits.fill_null(True)


def _number_and_issuer(t, _):
    sign = t.number.re_extract("(TW|CP|TTg|UBTVQH|QH|BCĐ)[^/-]*$", 1)
    fits = sign.cases(*((sign, t.issuer.re_search(body)) for sign, body in ISSUERS.items()))
    return fits.fill_null(True)


def _number_and_year(t, _):
    import ibis

    issued = t.issued_on.year()
    year = t.number.re_extract("/((?:19|20)[0-9]{2})/", 1).nullif("").cast("int64")
    term = t.number.re_extract("QH([0-9]+)$", 1)
    of_term = term.cases(
        *((str(n), issued.between(*years)) for n, years in TERMS.items()), else_=ibis.literal(True)
    )
    return (year == issued).fill_null(True) & of_term.fill_null(True)


def _number_rises(t, _):
    import ibis

    laws = t.filter(t.number.notnull() & (t.issued_on_precision == "day"))
    congress = ibis.cases(
        *((t.issued_on >= day, n) for n, day in sorted(CONGRESSES.items(), reverse=True)), else_=0
    )
    laws = laws.select(
        "instrument_id",
        "issued_on",
        count=t.number.re_extract("^([0-9]+)", 1).nullif("").cast("int64"),
        period=t.number.endswith("/TW").ifelse(congress, t.issued_on.year()),
        # Laws and resolutions of the National Assembly are counted apart.
        series=t.number.re_replace("^[0-9]+(/[0-9]{4})?", "") + (t.kind == "law").cast("string"),
    )
    order = {"group_by": [laws.series, laws.period], "order_by": [laws.issued_on, laws["count"]]}
    laws = laws.mutate(
        before=laws["count"].lag().over(**order), after=laws["count"].lead().over(**order)
    )
    wrong = laws.filter((laws["count"] <= laws.before) | (laws["count"] >= laws.after))
    return t.instrument_id.notin(wrong.instrument_id)


def _agreement_kind(t, _):
    free, preferential = t.name_en.contains("Free Trade"), t.name_en.contains("Preferential")
    apart = t.name_en.re_search("Protocol|Bilateral")
    return t.kind.cases(
        ("fta", free | t.name_en.contains("Partnership")),
        ("cepa", t.name_en.contains("Partnership")),
        ("pta", ~free & ~apart),
        else_=~free & ~preferential,
    )


def _party_in_time(t, tables):
    import ibis

    agreements = tables["trade_agreements"].select(
        agreement="agreement_id",
        signed="signed_on",
        force="in_force_on",
        exact=("in_force_on_precision"),
    )
    alone = t.iso3.count().over(group_by=t.agreement_id) == 1
    parties = t.mutate(alone=alone).join(agreements, t.agreement_id == agreements.agreement)
    wrong = parties.filter(
        lambda x: (
            (x.in_force_on < x.signed)
            | (x.in_force_on > x.signed + ibis.interval(years=YEARS_TO_FORCE_FOR_A_PARTY))
            | (x.alone & (x.exact == "day") & (x.in_force_on != x.force))
        )
    )
    wrong = wrong.select(party=wrong.agreement_id + "/" + wrong.iso3)
    return (t.agreement_id + "/" + t.iso3).notin(wrong.party)


def _number(column, advice, holds):
    return DomainRule(
        "law_number",
        "legal_instruments",
        column,
        "A number names kind, issuer, year and term of the instrument",
        "references to laws by their number",
        advice,
        holds,
    )


RULES = (
    _number(
        "number",
        "Party: 59-NQ/TW; Assembly: 79/2025/QH15; Government: 28/2025/NĐ-CP, 153/NQ-CP; "
        "Prime Minister: 1812/QĐ-TTg",
        lambda t, _: t.number.re_search(NUMBER),
    ),
    _number(
        "kind",
        "CT directive, KL conclusion, NQ resolution, NĐ decree, PL ordinance, QĐ decision or "
        "strategy, QH law or resolution",
        _number_and_kind,
    ),
    _number(
        "issuer",
        "TW a body of the Party, CP the Government, TTg the Prime Minister, QH the National "
        "Assembly, UBTVQH its Standing Committee, BCĐ a steering committee",
        _number_and_issuer,
    ),
    _number(
        "issued_on",
        "check the number and the day: the year stands in it, QH15 is the term of 2021 to 2026",
        _number_and_year,
    ),
    DomainRule(
        "law_number_rises",
        "legal_instruments",
        "issued_on",
        "Numbers of one series rise with the day",
        "the order of laws",
        "check number and day of this row and of its neighbour in the series (one kind of one "
        "issuer; the Party counts from congress to congress, the state by the year)",
        _number_rises,
    ),
    DomainRule(
        "law_kind_named",
        "legal_instruments",
        "kind",
        "The title begins with the kind of the instrument",
        "lists by kind",
        "check kind and title",
        lambda t, _: (
            ~t.kind.isin(TITLES.split("|"))
            | t.title_en.lower().startswith(t.kind + " ")
            | t.title_en.lower().contains(t.kind + " of ")
        ),
    ),
    DomainRule(
        "agreement_kind_named",
        "trade_agreements",
        "kind",
        "The name says the kind of the agreement",
        "counts of free trade agreements",
        "Free Trade or Partnership: fta or cepa; Preferential or plain Trade Agreement: pta; "
        "protocols and agreements on trade relations: other",
        _agreement_kind,
    ),
    DomainRule(
        "force_in_time",
        "trade_agreements",
        "in_force_on",
        f"An agreement is in force within {YEARS_TO_FORCE} years of its signature",
        "counts of agreements in force",
        "check both days",
        lambda t, _: t.in_force_on.year() - t.signed_on.year() <= YEARS_TO_FORCE,
    ),
    DomainRule(
        "party_in_time",
        "trade_agreement_parties",
        "in_force_on",
        "An agreement is in force for a party after its signature, within "
        f"{YEARS_TO_FORCE_FOR_A_PARTY} years, and with one party on its own day of force",
        "agreements in force by country",
        "check the day against that of the agreement",
        _party_in_time,
    ),
)
