"""Rules about embassies, consulates and permanent missions."""

from __future__ import annotations

from . import DomainRule


def _accredited(t, tables):
    codes = t.select("mission_id", "direction", "iso3", code=t.accredited_to.split(" ").unnest())
    reached = t.filter((t.kind == "embassy") & (t.direction == "abroad")).iso3
    known = tables["countries"].iso3
    wrong = codes.filter(
        (codes.code == codes.iso3)
        | (codes.code.isin(reached) & (codes.direction == "abroad"))
        | codes.code.notin(known)
    )
    return t.mission_id.notin(wrong.mission_id)


RULES = (
    DomainRule(
        "mission_abroad",
        "diplomatic_missions",
        "iso3",
        "A mission crosses a border",
        "counts of missions",
        "abroad: the country where it is; in Viet Nam: the country it represents; never VNM",
        lambda t, _: t.iso3 != "VNM",
    ),
    DomainRule(
        "mission_opening",
        "diplomatic_missions",
        "opened_as",
        "A day of opening says what happened on it",
        "comparing openings: a ceremony and the first day of work are different days",
        "fill in opened_as where there is opened_on, and nowhere else",
        lambda t, _: t.opened_on.notnull() == t.opened_as.notnull(),
    ),
    DomainRule(
        "mission_accredited",
        "diplomatic_missions",
        "accredited_to",
        "A mission is also accredited to countries of the package without an embassy",
        "counts of countries that are reached from a mission",
        "ISO codes with a blank between; abroad without countries that have an embassy of Viet Nam",
        _accredited,
    ),
    DomainRule(
        "mission_organization",
        "diplomatic_missions",
        "organization",
        "A permanent mission, and no other, is one to an organisation",
        "counts by kind",
        "name the organisation of a permanent mission; leave it blank for all others",
        lambda t, _: (t.kind == "permanent_mission") == t.organization.notnull(),
    ),
    DomainRule(
        "mission_city",
        "diplomatic_missions",
        "city",
        "A consulate is told by its city",
        "consulates in one country, which only their cities tell apart",
        "name the city; only of an embassy or a permanent mission may it be unknown",
        lambda t, _: t.kind.isin(("embassy", "permanent_mission")) | t.city.notnull(),
    ),
)
