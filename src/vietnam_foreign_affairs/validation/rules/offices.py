"""Rules on visits: who holds which office, and what the occasion says of it."""

from __future__ import annotations

from typing import Any

from . import DomainRule

LONGEST = 10  # days
APART = 3  # days between two visits of one leader to one country
HEADS_OF_STATE = ("head_of_state", "general_secretary", "state_president")
# Who invites whom: the office of the host, and that of a guest.
HOSTED = {
    "general_secretary": "head_of_state",
    "state_president": "head_of_state",
    "prime_minister": "head_of_government",
    "national_assembly_chair": "head_of_parliament",
}
STATE = "state visit"
OFFICIAL = r"official (\(introductory\) )?visit|visit at the invitation"
NAMED = {
    "state": f"^{STATE}",
    "official": OFFICIAL,
    "working": "working|session of the intergovernmental committee",
    "summit": "(?i)summit|forum|conference|assembly|meeting|week|dialogue",
}


def between_two_others(holder: Any, office: list[Any], order: list[Any]) -> Any:
    """False for a row whose holder differs from both neighbours, which have the same one."""
    before = holder.lag().over(group_by=office, order_by=order)
    after = holder.lead().over(group_by=office, order_by=order)
    return ~((before == after) & (before != holder)).fill_null(False)


def _one_holder(t, _):
    # A parliament of two houses has two presidents at a time.
    home = (t.direction == "inbound").ifelse(t.iso3, "VNM")
    counted = ~t.office.isin(["head_of_parliament", "party_leader", "heir_apparent"])
    return ~counted | between_two_others(t.leader_id, [home, t.office], [t.starts_on, t.visit_id])


def _one_office(t, _):
    return between_two_others(t.office, [t.leader_id], [t.starts_on, t.visit_id])


def _host(t, tables):
    leaders = tables["leaders"].filter(lambda x: x.iso3 == "VNM")
    hosts = tables["high_level_visits"].filter(lambda x: x.direction == "outbound")
    hosts = hosts.select("leader_id", guest=hosts.office.cases(*HOSTED.items(), else_=None))
    hosts = hosts.filter(hosts.guest.notnull()).distinct().join(leaders, "leader_id")
    hosts = hosts.select("guest", host="name_en")
    guests = t.filter(
        (t.direction == "inbound")
        & t.office.isin(list(dict.fromkeys(HOSTED.values())))
        & t.occasion.contains("invitation of")
    )
    named = guests.join(hosts, [guests.occasion.contains(hosts.host)])
    # A host may have held two such offices, one after the other.
    right = named.filter(named.office == named.guest)
    return t.visit_id.notin(named.visit_id) | t.visit_id.isin(right.visit_id)


def _kind_named(t, _):
    says = {kind: t.occasion.re_search(words) for kind, words in NAMED.items()}
    says["official"] &= ~t.occasion.contains(STATE)
    says["other"] = ~t.occasion.re_search(f"^{STATE}|official visit")
    return t.kind.cases(*says.items(), else_=True)


def _year_named(t, _):
    year = r"(?:^|[^0-9-])(20\d\d)(?:[^0-9-]|$)"
    return ~t.occasion.re_search(year) | t.occasion.contains(t.starts_on.strftime("%Y"))


def _once(t, _):
    import ibis

    exact = t.starts_on_precision == "day"
    last = t.ends_on.coalesce(t.starts_on)
    group, order = [t.leader_id, t.iso3, exact], [t.starts_on, t.visit_id]
    before = last.lag().over(group_by=group, order_by=order)
    return ~exact | (t.starts_on > before + ibis.interval(days=APART))


def _longest(t, _):
    import ibis

    return t.ends_on < t.starts_on + ibis.interval(days=LONGEST)


RULES = (
    DomainRule(
        "visit_one_holder",
        "high_level_visits",
        "leader_id",
        "An office has one holder after the other",
        "counts by leader and office",
        "another held this office before and after that day: check leader, office and day",
        _one_holder,
    ),
    DomainRule(
        "visit_one_office",
        "high_level_visits",
        "office",
        "A leader holds one office after the other",
        "counts by office",
        "the leader held another office before and after that day: check it; of two offices "
        "held at a time name the one of the other visits",
        _one_office,
    ),
    DomainRule(
        "visit_host",
        "high_level_visits",
        "office",
        "A guest is invited by the holder of a like office",
        "counts by office",
        "guests of the Prime Minister are heads of government, those of the National Assembly's "
        "chair heads of parliament, those of the State President and the General Secretary heads "
        "of state: check the office and the host",
        _host,
    ),
    DomainRule(
        "visit_of_state",
        "high_level_visits",
        "kind",
        "A state visit is made by a head of state or the General Secretary",
        "counts of state visits",
        "set another kind, or let the note say which page calls it a state visit",
        lambda t, _: (
            (t.kind != "state")
            | t.office.isin(HEADS_OF_STATE)
            | t.note.contains(STATE).fill_null(False)
        ),
    ),
    DomainRule(
        "visit_kind_named",
        "high_level_visits",
        "kind",
        "The occasion names the kind of the visit",
        "counts by kind",
        "the occasion of a state visit begins so; official: official visit, or visit at the "
        "invitation of; working: working visit; summit: the meeting; other: none of these",
        _kind_named,
    ),
    DomainRule(
        "visit_year_named",
        "high_level_visits",
        "occasion",
        "A year in the occasion is that of the visit",
        "the day of a visit",
        "check the occasion and the day",
        _year_named,
    ),
    DomainRule(
        "visit_once",
        "high_level_visits",
        "starts_on",
        f"Visits of a leader to one country are more than {APART} days apart",
        "counts of visits: a tour is one row a country",
        "merge the two rows, or correct a day",
        _once,
    ),
    DomainRule(
        "visit_longest",
        "high_level_visits",
        "ends_on",
        f"A visit lasts {LONGEST} days at most",
        "durations",
        "check both days; the end of a tour is not the end of a visit",
        _longest,
    ),
)
