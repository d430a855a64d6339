"""Rules about agreements, titles, reforms, events and what they commemorate."""

from __future__ import annotations

from . import DomainRule
from .general import last_day


def _anniversary(t, tables):
    events = tables["events"].select(event="event_id", held_on="starts_on")
    right = t.join(events, t.event_id == events.event).filter(
        lambda x: x.held_on.year() - x.origin_on.year() == x.anniversary
    )
    known = t.event_id.isin(events.event)
    return ~known | t.event_id.isin(right.event_id)


def _status(t, _):
    signed, force = t.signed_on.notnull(), t.in_force_on.notnull()
    return t.status.cases(
        ("under_negotiation", ~signed & ~force),
        ("signed", signed & ~force),
        ("in_force", signed & force),
        else_=signed,
    )


def _extends_earlier(t, tables):
    earlier = tables["unesco_titles"].select(original="title_id", first_on="inscribed_on")
    wrong = t.join(earlier, t.extends_title_id == earlier.original).filter(
        lambda x: x.first_on > x.inscribed_on
    )
    return t.title_id.notin(wrong.title_id)


def _ordered_before(t, tables):
    instruments = tables["legal_instruments"].select(ordered_by="instrument_id", issued="issued_on")
    wrong = t.join(instruments, t.instrument_id == instruments.ordered_by).filter(
        lambda x: x.issued > last_day(x, "effective_on")
    )
    return t.reform_id.notin(wrong.reform_id)


RULES = (
    DomainRule(
        "force_after_signature",
        "trade_agreements",
        "in_force_on",
        "An agreement is in force after it is signed",
        "counts of agreements in force",
        "check both days",
        lambda t, _: (
            (t.signed_on_precision != "day").fill_null(True)
            | (t.in_force_on_precision != "day").fill_null(True)
            | (t.in_force_on >= t.signed_on)
        ),
    ),
    DomainRule(
        "status_fits_days",
        "trade_agreements",
        "status",
        "What is in force has its day of force, what is signed only its day of signature, what "
        "is under negotiation neither",
        "counts of agreements",
        "set the status that fits the days; in_force needs signed_on and in_force_on",
        _status,
    ),
    DomainRule(
        "step_of_a_title",
        "unesco_titles",
        "extends_title_id",
        "A step that is no new inscription says which title it changes",
        "the count of titles",
        "name the earlier title, or set step to inscription",
        lambda t, _: (t.step == "inscription") == t.extends_title_id.isnull(),
    ),
    DomainRule(
        "extends_earlier",
        "unesco_titles",
        "inscribed_on",
        "A title is inscribed before it is extended",
        "the count of titles over time",
        "check the day of this step and of the first inscription",
        _extends_earlier,
    ),
    DomainRule(
        "anniversary_year",
        "commemorations",
        "anniversary",
        "The year of the event less the year of origin is the anniversary",
        "anniversaries",
        "check the anniversary, the origin, and the day of the event",
        _anniversary,
    ),
    DomainRule(
        "ordered_before",
        "apparatus_reforms",
        "effective_on",
        "A reform takes effect on or after the day of the instrument that orders it",
        "the order of the reorganisation",
        "check the day, or the instrument",
        _ordered_before,
    ),
)
