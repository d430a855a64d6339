"""Rules on events, citizen protection, relations and reforms."""

from __future__ import annotations

from . import DomainRule
from .general import last_day

ABROAD_AT_HOME = ("Hà Nội", "Hồ Chí Minh City", "Đà Nẵng")
ORDINAL = "^([0-9]+)(?:st|nd|rd|th) "
LEAD = 10  # days by which a part may begin before its whole
ABOARD = 500  # people on one flight
# The first word that fits says the kind.
KINDS = {
    "press_conference": "(?i)press conference",
    "election": "(?i)^election",
    "signing": "(?i)^signing",
    "summit": "Summit|Leaders",
    "congress": "Congress of",
    "conference": "(?i)conference|forum|meeting|assembly",
    "celebration": "(?i)celebration|ceremony|anniversary|birthday|vesak|national day",
}
BODIES = {  # before a reform, after it
    "establishment": (False, True),
    "digital_system": (False, True),
    "dissolution": (True, False),
    "merger": (True, True),
    "transfer": (True, True),
    "renaming": (True, True),
}


def _edition(t, _):
    counts_years = t.name_en.re_search("(?i)anniversary|birthday|national day")
    english = t.name_en.re_extract(ORDINAL, 1).nullif("").cast("int64")
    vietnamese = t.name_vi.re_extract("lần thứ ([0-9]+)", 1).nullif("").cast("int64")
    same = [n.isnull() | (n == t.edition).fill_null(False) for n in (english, vietnamese)]
    return counts_years | (same[0] & same[1])


def _editions_rise(t, _):
    series = t.event_id.re_replace("-[0-9]+$", "")
    counted = t.edition.notnull()
    order = {"group_by": [series, counted], "order_by": [t.starts_on, t.event_id]}
    rises = (t.edition > t.edition.lag().over(**order)).fill_null(True)
    return ~counted | (rises & (t.edition < t.edition.lead().over(**order)).fill_null(True))


def _kind_named(t, _):
    import ibis

    named = ibis.cases(
        *((t.name_en.re_search(words), kind) for kind, words in KINDS.items()), else_="none"
    )
    return (t.kind == named) | ((named == "none") & t.kind.isin(["announcement", "other"]))


def _day_named(t, _):
    day = t.name_en.re_extract("([0-9]{1,2} [A-Z][a-z]+ [0-9]{4})$", 1)
    year = t.name_en.re_extract("[ ,]((?:19|20)[0-9]{2})$", 1)
    other_year = t.name_en.re_search("tasks for|review of")
    return ((day == "") | (day == t.starts_on.strftime("%-d %B %Y"))) & (
        (year == "") | other_year | (year == t.starts_on.strftime("%Y"))
    )


def _place(t):
    # The country that most rows give is the right one.
    here = t.place.count().over(group_by=[t.place, t.iso3])
    return 2 * here > t.place.count().over(group_by=t.place)


def _part_in_whole(t, tables):
    factors = tables["qualifiers"].select("qualifier", "lower_factor", "upper_factor")
    wholes = tables["citizen_protection"].join(factors, "qualifier")
    wholes = wholes.select(whole="operation_id", most=wholes.people * wholes.upper_factor)
    parts = t.join(factors, "qualifier").join(wholes, t.part_of_id == wholes.whole)
    wrong = parts.filter(lambda x: x.people * x.lower_factor > x.most)
    return t.operation_id.notin(wrong.operation_id)


def _part_in_time(t, tables):
    import ibis

    wholes = tables["citizen_protection"]
    wholes = wholes.select(whole="operation_id", first="starts_on", end="ends_on")
    parts = t.mutate(latest=last_day(t, "starts_on"), last=t.ends_on.coalesce(t.starts_on))
    parts = parts.join(wholes, parts.part_of_id == wholes.whole)
    wrong = parts.filter(
        lambda x: (
            (x.latest < x["first"] - ibis.interval(days=LEAD))
            | (x["last"] > x.end)
            | (x.starts_on > x["first"] + ibis.interval(years=1))
        )
    )
    return t.operation_id.notin(wrong.operation_id)


def _bodies(t, _):
    import ibis

    before, after = t.from_body.notnull(), t.to_body.notnull()
    return t.kind.cases(
        *((kind, (before == b) & (after == a)) for kind, (b, a) in BODIES.items()),
        else_=ibis.literal(True),
    )


RULES = (
    DomainRule(
        "edition_named",
        "events",
        "edition",
        "An ordinal in a name is the edition",
        "series of events",
        "check edition and both names",
        _edition,
    ),
    DomainRule(
        "editions_rise",
        "events",
        "edition",
        "Editions of one series rise with the day",
        "series of events",
        "check edition and day of this event and of its neighbour in the series",
        _editions_rise,
    ),
    DomainRule(
        "event_kind_named",
        "events",
        "kind",
        "The name says the kind of the event",
        "lists by kind",
        f"a word of the name decides, the first of: {', '.join(KINDS)}; without one it is an "
        "announcement or other",
        _kind_named,
    ),
    DomainRule(
        "event_day_named",
        "events",
        "starts_on",
        "A day or a year at the end of a name is that of the event",
        "the day of an event",
        "check name and day",
        _day_named,
    ),
    DomainRule(
        "place_in_country",
        "events",
        "iso3",
        "A place lies in one country",
        "facts by country and place",
        "name the country in which the other events of the place were",
        lambda t, _: t.place.isnull() | _place(t),
    ),
    DomainRule(
        "place_in_country",
        "partnership_upgrades",
        "place",
        "A place lies in one country",
        "facts by country and place",
        "check place and country: other upgrades at this place are with another country",
        lambda t, _: t.place.isnull() | t.place.isin(ABROAD_AT_HOME) | _place(t),
    ),
    DomainRule(
        "part_in_whole",
        "citizen_protection",
        "people",
        "A part is not more than its whole",
        "sums of people helped",
        "check both figures, or part_of_id",
        _part_in_whole,
    ),
    DomainRule(
        "part_in_time",
        "citizen_protection",
        "part_of_id",
        "A part takes place within its whole",
        "operations over time",
        f"it may begin {LEAD} days earlier; check the days of both, or part_of_id",
        _part_in_time,
    ),
    DomainRule(
        "flight_load",
        "citizen_protection",
        "people",
        f"One flight brings {ABOARD} people at most",
        "sums of people helped",
        "check the figure; several flights are no single one",
        lambda t, _: ~t.operation_id.contains("-flight-") | (t.people <= ABOARD),
    ),
    DomainRule(
        "reform_bodies",
        "apparatus_reforms",
        "kind",
        "A reform has the bodies of its kind",
        "what became of a body",
        "from_body and to_body for merger, transfer and renaming; only from_body for dissolution, "
        "only to_body for what is new",
        _bodies,
    ),
)
