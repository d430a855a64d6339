"""Prompts: ways of asking that end in a cited answer."""

from __future__ import annotations


def who_says_so(claim: str) -> str:
    """Check a claim about Viet Nam's foreign relations against the record, with sources."""
    return (
        f"Check this claim against the record: {claim}\n"
        "Find the rows that bear on it (list_questions and ask first, then sql), and explain_row "
        "for each. Say whether the record bears the claim out, contradicts it, or does not reach "
        "that far (see the coverage of the tables). Quote figures with their qualifiers and dates "
        "as exactly as they are known; name the publisher and the address for each statement; give "
        "what contradicts it its place."
    )


def country_profile(country: str) -> str:
    """Viet Nam's relations with one country, from the record, with sources."""
    return (
        f"Describe Viet Nam's relations with {country}.\n"
        "Find its ISO 3166-1 alpha-3 code in the table countries, then ask country_ladder and "
        "sources_of_country, and look at visits, agreements and memberships. Write a short account "
        "in order of time; cite the source of each statement; say where the record is not complete."
    )


def stated_and_derived(indicator: str) -> str:
    """What officials stated of a figure, what follows from the record, and where they differ."""
    return (
        f"Compare what was stated of {indicator} with what follows from the record.\n"
        "Ask totals_stated_and_derived for the indicator and read the resource discrepancies. For "
        "each difference give the statement with its qualifier, who made it and when, the figure "
        "that follows from the record, and the account of the difference with its status."
    )


PROMPTS = (who_says_so, country_profile, stated_and_derived)
