"""Rules on stated figures: what the phrase says, and what the neighbours in the series say."""

from __future__ import annotations

from functools import reduce
from operator import or_

from . import DomainRule
from .offices import between_two_others

LEAP = 4  # times the neighbour in the series, by the year
POINTS = {"gdp_growth": 6, "goods_balance": 15}  # where a difference says more than a factor
GROWTH_POINTS = 35
SAYS_SO = (-75, 300)  # a growth rate that accounts for a leap
SCALES = (1, 1e3, 1e6, 1e-3)  # "19,837 million" is 19.837 billion
WORDS = {
    1: "one|first|once",
    2: "two|second|both|twice|double[ds]?",
    3: "three|third|triple[ds]?",
    4: "four|fourth",
    5: "five|fifth",
    6: "six|sixth",
    7: "seven|seventh",
    8: "eight|eighth",
    9: "nine|ninth",
    10: "ten|tenth|decade",
    11: "eleven|eleventh",
    12: "twelve|twelfth|dozen",
    1000: "thousands",
}
QUALIFIED = {
    "over": "over|more than|exceed|surpass|above|hơn|trên|vượt",
    "nearly": "nearly|almost|close to|gần",
    "about": "about|around|approximately|roughly|some |ước|khoảng",
    "up_to": r"up to|at most|[0-9] ?[-–] ?[0-9]",
    "thousands": "thousands",
}
OFFICE = r"((?:Minister of|spokesperson of) .*|, Prime Minister)$"


def _plain(t):
    return t.phrase.lower().replace(",", "")


def _figure(t, scale=1):
    # As decimals: a float times a thousand has dust behind it.
    figure = (t.value.abs() * scale).cast("decimal(18, 6)").cast("string")
    return figure.re_replace(r"\.?0+$", "")


def _phrase_states(t, _):
    phrases = t.filter(t.phrase.notnull())
    numbers = " " + _plain(phrases).re_replace("[^0-9.]+", " ") + " "
    phrases = phrases.mutate(numbers=numbers, plain=_plain(phrases))
    stated = [phrases.numbers.contains(" " + _figure(phrases, scale) + " ") for scale in SCALES]
    words = [
        (phrases.value.abs() == n) & phrases.plain.re_search(rf"\b({words})\b")
        for n, words in WORDS.items()
    ]
    wrong = phrases.filter(~reduce(or_, stated + words))
    return t.observation_id.notin(wrong.observation_id)


def _phrase_qualifies(t, _):
    phrases = t.filter(t.phrase.notnull())
    phrases = phrases.mutate(plain=_plain(phrases))
    hedges = "|".join(words for name, words in QUALIFIED.items() if name != "up_to")
    hedged = f"({hedges})[^0-9]{{0,8}}" + _figure(phrases) + "([^0-9.]|$)"
    own = [(n, ~phrases.plain.re_search(words)) for n, words in QUALIFIED.items()]
    wrong = phrases.filter(
        phrases.qualifier.cases(("exact", phrases.plain.re_search(hedged)), *own, else_=False)
    )
    return t.observation_id.notin(wrong.observation_id)


def _no_leap(t, _):
    import ibis

    name, growth = t.indicator_id, t.indicator_id.endswith("_growth")
    points = name.cases(*POINTS.items(), else_=growth.ifelse(GROWTH_POINTS, None))
    series = t.filter(~name.endswith("_multiple"))
    series = series.select(
        "observation_id",
        "indicator_id",
        "counterpart_iso3",
        "ends_on",
        "value",
        points=points,
        years=(t.ends_on.delta(t.starts_on, unit="day") + 1) / 365,
    )
    series = series.mutate(
        figure=series.points.isnull().ifelse(series.value / series.years.fill_null(1), series.value)
    )
    order = {
        "group_by": [series.indicator_id, series.counterpart_iso3],
        "order_by": [series.ends_on, series.figure],
    }
    series = series.mutate(
        before=series.figure.lag().over(**order),
        after=series.figure.lead().over(**order),
        since=(series.ends_on.delta(series.ends_on.lag().over(**order), unit="day") / 365),
        until=(series.ends_on.lead().over(**order).delta(series.ends_on, unit="day") / 365),
    )

    def near(other, years):
        # Figures by partner are years apart, and so may be as many times as large.
        leap = series.counterpart_iso3.notnull().ifelse(ibis.greatest(years, 1), 1) * LEAP
        size, others = series.figure.abs(), other.abs()
        times = (series.figure * other > 0) & (size <= leap * others) & (others <= leap * size)
        close = (series.figure - other).abs() <= series.points
        either, alone = close.fill_null(False) | times, close.fill_null(times)
        return series.counterpart_iso3.notnull().ifelse(either, alone).fill_null(False)

    neighbours = series.before.notnull() | series.after.notnull()
    wrong = series.filter(
        neighbours & ~near(series.before, series.since) & ~near(series.after, series.until)
    )
    told = t.filter(growth & ~t.value.between(*SAYS_SO))
    told = told.select(
        leap=told.indicator_id, of=told.counterpart_iso3.fill_null(""), day=told.ends_on
    )
    wrong = wrong.anti_join(
        told,
        [
            wrong.indicator_id + "_growth" == told.leap,
            wrong.counterpart_iso3.fill_null("") == told.of,
            wrong.ends_on == told.day,
        ],
    )
    return t.observation_id.notin(wrong.observation_id)


def _whole_months(t, tables):
    import ibis

    # Customs publish half months as well; people are protected from any day on.
    economic = ["USD billion", "percent", "million persons"]
    economic = tables["indicators"].filter(lambda x: x.unit.isin(economic))
    begun, after = t.ends_on.truncate("M"), t.ends_on + ibis.interval(days=1)
    closes = (after == after.truncate("M")) | (t.ends_on == begun + ibis.interval(days=14))
    begins = (t.starts_on == t.starts_on.truncate("M")) | (t.indicator_id == "citizens_protected")
    whole = begins & (closes | t.indicator_id.notin(economic.indicator_id))
    return t.starts_on.isnull() | whole


def _speakers(t, _):
    said = t.filter(
        (t.stated_on_precision == "day")
        & t.stated_by.re_search(OFFICE)
        & ~t.stated_by.contains("Deputy Minister of")
    )
    said = said.select(
        "observation_id",
        "stated_on",
        who=said.stated_by.re_extract("^([^,]+), ", 1),
        office=said.stated_by.re_extract(OFFICE, 1),
    )
    alone = between_two_others(said.who, [said.office], [said.stated_on, said.observation_id])
    wrong = said.mutate(alone=alone).filter(lambda x: ~x.alone)
    return t.observation_id.notin(wrong.observation_id)


RULES = (
    DomainRule(
        "phrase_states_value",
        "observations",
        "phrase",
        "The phrase states the value",
        "the way from a figure to its source",
        "correct the value or the phrase; what states no figure belongs in the note",
        _phrase_states,
    ),
    DomainRule(
        "phrase_states_qualifier",
        "observations",
        "qualifier",
        "The qualifier is that of the phrase",
        "every comparison with a qualified figure",
        "over: more than, exceeding; nearly: almost, close to; about: around; up_to: a range; "
        "exact: none of these before the figure",
        _phrase_qualifies,
    ),
    DomainRule(
        "figure_leaps",
        "observations",
        "value",
        f"A figure is not more than {LEAP} times the one before and the one after it in its "
        "series, and a rate not far from both",
        "series without slips of the point or the unit",
        "check digits, point, unit and period; a true leap needs its growth rate as a row",
        _no_leap,
    ),
    DomainRule(
        "whole_months",
        "observations",
        "starts_on",
        "A flow is of whole months, or ends on the 15th",
        "comparisons of periods",
        "begin on the first of a month, end on the last of one (a half month: on the 15th)",
        _whole_months,
    ),
    DomainRule(
        "one_holder",
        "observations",
        "stated_by",
        "An office has one holder after the other",
        "who said what, and when",
        "another held this office before and after that day: check the name and the day",
        _speakers,
    ),
)
