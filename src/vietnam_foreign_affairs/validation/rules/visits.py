"""Rules about visits and the people who make them."""

from __future__ import annotations

from . import DomainRule
from .general import last_day

VIETNAMESE = (
    "general_secretary",
    "state_president",
    "prime_minister",
    "national_assembly_chair",
    "permanent_member_of_secretariat",
)


def _traveller(t, tables):
    leaders = tables["leaders"].select(leader="leader_id", home="iso3")
    wrong = t.join(leaders, t.leader_id == leaders.leader).filter(
        lambda x: (
            ((x.direction == "outbound") & (x.home != "VNM"))
            | ((x.direction == "inbound") & (x.home != x.iso3))
        )
    )
    return t.visit_id.isnull() | t.visit_id.notin(wrong.visit_id)


def _one_place(t, tables):
    # The Holy See lies within Rome: who visits Italy visits both on one day.
    exact = (t.starts_on_precision == "day") & (t.iso3 != "VAT")
    before = (
        exact.ifelse(t.ends_on, None)
        .lag()
        .over(group_by=[t.leader_id, t.direction, exact], order_by=[t.starts_on, t.visit_id])
    )
    return ~exact | (t.starts_on >= before)


def _whole(t, tables):
    wholes = tables["citizen_protection"].select(
        whole="operation_id", place="iso3", above="part_of_id"
    )
    wrong = t.join(wholes, t.part_of_id == wholes.whole).filter(
        lambda x: (x.iso3 != x.place) | x.above.notnull()
    )
    return t.operation_id.notin(wrong.operation_id)


def _held(t, tables):
    terms = tables["leader_terms"]
    terms = terms.select(
        "office",
        holder="leader_id",
        first="starts_on",
        last=last_day(terms, "ends_on"),
    )
    trips = t.filter(t.direction == "outbound")
    held = trips.join(terms, [trips.leader_id == terms.holder, trips.office == terms.office])
    # A term known to the month begins on its first day; so does a visit.
    began = (last_day(held, "starts_on") >= held.first).fill_null(True)
    held = held.filter(began & (held.starts_on <= held.last).fill_null(True))
    return (t.direction != "outbound") | t.visit_id.isin(held.visit_id)


def _after_each_other(t, _):
    alone = ~t.is_acting
    before = last_day(t, "ends_on")
    before = alone.ifelse(before, None).lag()
    before = before.over(group_by=[t.office, alone], order_by=[t.starts_on, t.term_id])
    return t.is_acting | (t.starts_on_precision != "day") | (t.starts_on >= before).fill_null(True)


RULES = (
    DomainRule(
        "visit_office_held",
        "high_level_visits",
        "office",
        "A leader of Viet Nam travels in an office held that day",
        "counts by office",
        "check the day and the office against tables/leader_terms.csv",
        _held,
    ),
    DomainRule(
        "term_after_term",
        "leader_terms",
        "starts_on",
        "An office has one holder after the other, but for who acts in the stead of one",
        "who held which office on a day",
        "check both terms: one begins when the other ends",
        _after_each_other,
    ),
    DomainRule(
        "visit_abroad",
        "high_level_visits",
        "iso3",
        "A visit crosses a border",
        "counts of visits",
        "outbound: the country visited; inbound: the country of the visitor; never VNM",
        lambda t, _: t.iso3 != "VNM",
    ),
    DomainRule(
        "visit_office",
        "high_level_visits",
        "office",
        "The office is Vietnamese for a visit abroad and foreign for one to Viet Nam",
        "counts by office",
        f"outbound: one of {', '.join(VIETNAMESE)}; inbound: one of the others",
        lambda t, _: (t.direction == "outbound") == t.office.isin(VIETNAMESE),
    ),
    DomainRule(
        "visit_traveller",
        "high_level_visits",
        "leader_id",
        "Leaders of Viet Nam travel abroad, leaders of a country come from it",
        "visits by country",
        "check direction, iso3, and the iso3 of the leader",
        _traveller,
    ),
    DomainRule(
        "visit_one_place",
        "high_level_visits",
        "starts_on",
        "Nobody is in two countries on the same days",
        "the order of a tour",
        "the visit starts before the leader's visit before it ends",
        _one_place,
    ),
    DomainRule(
        "protection_figure",
        "citizen_protection",
        "qualifier",
        "A number of people has a qualifier, and a qualifier a number",
        "sums of people helped",
        "fill in both or neither",
        lambda t, _: t.people.isnull() == t.qualifier.isnull(),
    ),
    DomainRule(
        "protection_part",
        "citizen_protection",
        "part_of_id",
        "A part belongs to an operation in the same country that is itself no part",
        "sums of people helped",
        "name the whole operation, not another part of it and not the row itself",
        _whole,
    ),
)
