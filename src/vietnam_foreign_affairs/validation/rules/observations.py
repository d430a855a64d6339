"""Rules about stated figures."""

from __future__ import annotations

from . import DomainRule

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
