"""Rules about stated figures."""

from __future__ import annotations

from . import DomainRule
from .general import last_day

DAYS_TO_PAGE = 75  # of a page that repeats a statement, at most

COUNTS = (
    "countries",
    "visits",
    "delegations",
    "activities",
    "agreements",
    "titles",
    "sites",
    "bodies",
    "persons",
    "years",
    "missions",
    "organisations",
    "countries and territories",
)


def _of(t, tables, **wanted):
    indicators = tables["indicators"]
    for column, values in wanted.items():
        indicators = indicators.filter(indicators[column].isin(values))
    return t.indicator_id.isin(indicators.indicator_id)


def _on_its_page(t, tables):
    import ibis

    pages = tables["sources"].select(page="source_id", page_on="published_on")
    known = t.join(pages, t.source_id == pages.page).filter(lambda x: x.page_on.notnull())
    late = known.page_on > last_day(known, "stated_on") + ibis.interval(days=DAYS_TO_PAGE)
    # A page may be of the day before where the sun rises later.
    early = known.page_on < known.stated_on - ibis.interval(days=1)
    undated = known.stated_on.isnull() & (
        (known.obs_status.isin(["A", "P"]) & (known.page_on < known.ends_on))
        | ((known.obs_status == "F") & (known.page_on >= known.ends_on))
    )
    wrong = known.filter((late | early).fill_null(False) | undated)
    return t.observation_id.notin(wrong.observation_id)


RULES = (
    DomainRule(
        "stock_has_a_day",
        "observations",
        "starts_on",
        "A stock has a day, a flow has a period",
        "comparisons over time",
        "leave starts_on blank for a stock, fill it in for a flow or a ratio",
        lambda t, tables: _of(t, tables, kind=["stock"]) == t.starts_on.isnull(),
    ),
    DomainRule(
        "stated_in_time",
        "observations",
        "stated_on",
        "A figure that is no forecast is not stated before its period begins",
        "what was known when",
        "check stated_on, or mark the figure F (forecast)",
        lambda t, _: (
            (t.obs_status == "F")
            | t.stated_on.isnull()
            | (t.stated_on_precision == "year")
            | (t.stated_on >= t.starts_on).fill_null(True)
        ),
    ),
    DomainRule(
        "status_fits_the_day",
        "observations",
        "obs_status",
        "A figure is no result before its period is over, and no forecast after it",
        "series that never compare a guess with a result",
        "A or P: stated when the period or the day of the stock is over; F: before; E: an estimate",
        lambda t, _: t.obs_status.cases(
            ("F", t.stated_on < t.ends_on),
            ("E", True),
            else_=last_day(t, "stated_on") >= t.ends_on,
        ),
    ),
    DomainRule(
        "stated_on_its_page",
        "observations",
        "stated_on",
        "A statement is not later than the page that holds it, nor much earlier",
        "what was known when",
        f"check stated_on and the page: it is of that day, or of the {DAYS_TO_PAGE} days after it",
        _on_its_page,
    ),
    DomainRule(
        "counts_are_whole",
        "observations",
        "value",
        "A count is a whole number, not negative",
        "sums and comparisons",
        "give the count as stated, without decimals",
        lambda t, tables: (
            ~_of(t, tables, unit=COUNTS) | ((t.value == t.value.floor()) & (t.value >= 0))
        ),
    ),
    DomainRule(
        "only_balances_fall_below_zero",
        "observations",
        "value",
        "Only balances and growth rates are negative",
        "sums",
        "state the figure without a minus sign",
        lambda t, tables: (
            (t.value >= 0) | (t.indicator_id == "goods_balance") | _of(t, tables, kind=["ratio"])
        ),
    ),
    DomainRule(
        "qualifier_interval",
        "qualifiers",
        "upper_factor",
        "The interval of a qualifier is one",
        "every comparison with a qualified figure",
        "the upper factor is not below the lower one",
        lambda t, _: t.upper_factor >= t.lower_factor,
    ),
    DomainRule(
        "rank_of_counted_tiers",
        "partnership_tiers",
        "rank",
        "Exactly the counted tiers have a rank",
        "counts by tier",
        "give a rank to tiers in the official total, and to no other",
        lambda t, _: t.in_official_total == t["rank"].notnull(),
    ),
)
