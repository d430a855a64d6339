"""Rules on UNESCO titles and on memberships: what names, sessions and terms say."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from . import DomainRule
from .general import last_day

# How the names of a programme's titles are made, in English and Vietnamese.
NAMED = {
    "biosphere_reserve": ("Biosphere Reserve", "dự trữ sinh quyển"),
    "global_geopark": ("Global Geopark", "ông viên địa chất"),
    "creative_city": ("Creative City", "thành phố sáng tạo"),
    "learning_city": ("Learning City", "thành phố học tập"),
    "commemorated_personality": (r"\([0-9]+(?:st|nd|rd|th) (?:birth|death)", None),
}
PLACES = "Bay|Town|Complex|National Park|Citadel|Sanctuary|Landscape"
PRACTICES = (
    r"^Arts? of|Practices|Space of|singing|songs|\bmusic|[Ff]estival|worship|[Rr]itual|"
    "dance|pottery|printing"
)
DOCUMENTS = "steles|[Ww]oodblocks|[Rr]ecords|[Aa]rchives|texts|^Collection|^Literature|reliefs"
MEMORY = ("memory_of_the_world", "memory_of_the_world_regional")
FOREIGN = (
    (("world_heritage",), f"{PRACTICES}|{DOCUMENTS}"),
    (("intangible_heritage",), f"{PLACES}|{DOCUMENTS}"),
    (MEMORY, f"{PLACES}|{PRACTICES}"),
)
# Months in which committees sat since the first title of Viet Nam.
MONTHS = {
    "world_heritage": (6, 7, 8, 9, 11, 12),
    "intangible_heritage": (9, 10, 11, 12),
    "creative_city": (10, 11, 12),
    "commemorated_personality": (10, 11),
    "memory_of_the_world": (4, 5, 6, 7, 10),
    "memory_of_the_world_regional": (3, 4, 5, 6, 11),
}
SESSION = 10  # days
# Years between the first and the last of a term, at least and at most.
TERMS = {
    "elected_member": (1, 8),
    "non_permanent_member": (1, 2),
    "chair": (0, 2),
    "vice_chair": (0, 4),
    "host": (0, 1),
}
SEATS = ("elected_member", "non_permanent_member")
MEMBERS = ("member", "founding_member")


def _programme_named(t, _):
    fits = []
    for programme, (english, vietnamese) in NAMED.items():
        fits.append((t.programme == programme) == t.name_en.re_search(english))
        if vietnamese:
            fits.append((t.programme == programme) == t.name_vi.lower().contains(vietnamese))
    for programmes, words in FOREIGN:
        fits.append(~t.programme.isin(programmes) | ~t.name_en.re_search(words))
    return reduce(and_, fits)


def _step_in_programme(t, tables):
    first = tables["unesco_titles"].select(original="title_id", of="programme")
    wrong = t.join(first, t.extends_title_id == first.original).filter(
        lambda x: (x.programme != x.of) & (x.programme + "_regional" != x.of)
    )
    return t.title_id.notin(wrong.title_id)


def _session(t, _):
    month = t.inscribed_on.month()
    out = t.programme.cases(
        *((name, month.notin(months)) for name, months in MONTHS.items()), else_=False
    )
    held = t.filter(t.programme.isin(list(MONTHS)) & (t.inscribed_on_precision != "year"))
    held = held.mutate(out=out, day=held.inscribed_on.epoch_days(), year=held.inscribed_on.year())
    group = [held.programme, held.year, held.inscribed_on_precision]
    order = {"group_by": group, "order_by": [held.day]}
    held = held.mutate(
        before=held.day - held.day.lag().over(**order),
        after=held.day.lead().over(**order) - held.day,
    )
    # Far from the one title of the year, or from the one before and the one after.
    far = (held.before.coalesce(held.after) > SESSION) & (
        held.after.coalesce(held.before) > SESSION
    )
    wrong = held.filter(held.out | ((held.inscribed_on_precision == "day") & far))
    return t.title_id.notin(wrong.title_id)


def _term(t, _):
    # Apart from the other rules: DuckDB plans many branches in one condition slowly.
    terms = t.mutate(years=t.ends_on.year() - t.starts_on.year())
    odd = [
        (terms.role == role) & ((terms.years < least) | (terms.years > most))
        for role, (least, most) in TERMS.items()
    ]
    told = terms.note.contains("term not stated").fill_null(False)
    odd += [
        terms.role.isin(SEATS) & terms.ends_on.isnull() & ~told,
        terms.role.isin(MEMBERS) & terms.ends_on.notnull(),
    ]
    wrong = terms.filter(reduce(or_, odd))
    return t.membership_id.notin(wrong.membership_id)


def _one_term(t, _):
    terms = t.select(
        "membership_id",
        "organization_id",
        "starts_on",
        "ends_on",
        latest=last_day(t, "starts_on"),
        role=t.role.isin(MEMBERS).ifelse("member", t.role),
    )
    order = {"group_by": [terms.organization_id, terms.role], "order_by": [terms.starts_on]}
    number = terms.membership_id.count().over(group_by=[terms.organization_id, terms.role])
    terms = terms.mutate(before=terms.ends_on.lag().over(**order), number=number)
    wrong = terms.filter(
        ((terms.role == "member") & (terms.number > 1)) | (terms.latest < terms.before)
    )
    return t.membership_id.notin(wrong.membership_id)


RULES = (
    DomainRule(
        "title_programme",
        "unesco_titles",
        "programme",
        "The name of a title is one of its programme",
        "counts by programme",
        "places are world heritage, practices intangible heritage, documents memory of the world; "
        "reserves, geoparks, cities and persons have the words of their programme in both names",
        _programme_named,
    ),
    DomainRule(
        "step_in_programme",
        "unesco_titles",
        "programme",
        "A later step has the programme of its first title",
        "counts by programme",
        "name the same programme; only the regional register is left for the world's",
        _step_in_programme,
    ),
    DomainRule(
        "title_session",
        "unesco_titles",
        "inscribed_on",
        "A title is given in a month in which its committee meets, on the days of the year's "
        "other titles",
        "the count of titles over time",
        f"a session lasts {SESSION} days at most: check the day, and the programme",
        _session,
    ),
    DomainRule(
        "term_length",
        "memberships",
        "ends_on",
        "A seat has an end and a likely length, membership none",
        "which seats are held on a day",
        "years from first to last: "
        + ", ".join(f"{role} {low} to {high}" for role, (low, high) in TERMS.items())
        + "; where no page states the end of a seat, the note says: term not stated",
        _term,
    ),
    DomainRule(
        "member_once",
        "memberships",
        "organization_id",
        "An organisation is joined once, and terms in one role follow each other",
        "counts of memberships",
        "merge the two rows, or correct the organisation, the role or a day",
        _one_term,
    ),
)
