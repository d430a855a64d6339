"""Ids are check digits: an id is made of cells of its row, so a slip in one of them shows.

A failure names the cell and the id: one of the two is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from . import DomainRule
from .slugs import day, slug

Text = Callable[[Any], Any]  # of a table: a part of its id
TITLE = "An id says what its row says"
PROTECTS = "references, and every cell that an id is made of"
STATUS = {"P": "provisional", "E": "estimate", "F": "forecast"}
YEARS = r"(?:19|20)\d\d"


def rule(table: str, key: str, columns: str, says: str, holds: Text) -> DomainRule:
    """A rule on cells and an id of a table; a failure names them all."""
    advice = f"the id is made of {says}: mend the cell, or rename the row"
    place = f"{columns}, {key}" if columns else key
    return DomainRule("id", table, place, TITLE, PROTECTS, advice, lambda t, _: holds(t))


class Part(NamedTuple):
    """A part of an id: the columns that it is made of, its text, and what the id holds for it.

    Without `held` the text itself is looked for, the first one at the start.
    """

    columns: str
    text: Text
    held: Callable[[Any], Any] | None = None


def _made_of(table: str, key: str, says: str, *parts: Part, rest: str = "") -> Iterator[DomainRule]:
    """An id that is its parts joined by hyphens, blank ones left out.

    The part that the id does not hold is blamed; where it holds them all and is still another, the
    columns `rest`.
    """

    def holds(t: Any, n: int) -> Any:
        part = parts[n].text(t)
        if parts[n].held:
            return parts[n].held(t)
        if n == 0:
            return (t[key] + "-").startswith(part + "-")
        return (t[key] + "-").contains("-" + part + "-")

    def fits(t: Any) -> Any:
        import ibis

        whole = ibis.literal("-").join([text(t) for _, text, _ in parts])
        blamed = [~holds(t, n).fill_null(True) for n, p in enumerate(parts) if p.columns != rest]
        return reduce(or_, [t[key] == whole, *blamed])

    for n, part in enumerate(parts):
        if part.columns != rest:
            yield rule(table, key, part.columns, says, lambda t, n=n: holds(t, n))
    yield rule(table, key, rest, says, fits)


def code(column: str) -> Text:
    """A code as ids have it: small, with hyphens."""
    return lambda t: t[column].lower().replace("_", "-")


def _first_day(key: str, name: str) -> Part:
    return Part(
        f"{name}, {name}_precision",
        lambda t: day(t, name),
        lambda t: t[key].re_extract(rf"^{YEARS}(?:-\d\d){{0,2}}", 0) == day(t, name),
    )


def _period(t: Any) -> Any:
    import ibis

    first, last = t.starts_on.cast("string"), t.ends_on.cast("string")
    is_year = (first.left(4) + "-12-31" == last) & first.endswith("-01-01")
    start = first.endswith("-01").ifelse(first.left(7), first)
    return ibis.cases(
        (t.starts_on.isnull(), last), (is_year, last.left(4)), else_=start + "-to-" + last
    )


def _value(t: Any) -> Any:
    figure = t.value.cast("string").replace("-", "minus-")
    return figure.re_replace(r"\.0$", "").replace(".", "-")


def _status(t: Any) -> Any:
    return t.obs_status.cases(*STATUS.items(), else_=None)


def _says_status(t: Any) -> Any:
    return t.observation_id.re_extract(f"-({'|'.join(STATUS.values())})$", 1) == _status(
        t
    ).fill_null("")


def _qualifier(t: Any) -> Any:
    return code("qualifier")(t).nullif("exact")


def _says_qualifier(t: Any) -> Any:
    found = t.observation_id.re_extract("-(about|nearly|over|thousands|up-to)-", 1)
    return found == _qualifier(t).fill_null("")


def _all() -> Iterator[DomainRule]:
    yield from _made_of(
        "observations",
        "observation_id",
        "indicator, counterpart, period, qualifier (exact left out), value and status",
        Part("indicator_id", lambda t: t.indicator_id),
        Part("counterpart_iso3", code("counterpart_iso3")),
        Part("starts_on, ends_on", _period),
        Part("qualifier", _qualifier, _says_qualifier),
        Part("value", _value),
        Part("obs_status", _status, _says_status),
        rest="value",
    )
    yield from _made_of(
        "high_level_visits",
        "visit_id",
        "first day (as far as known), leader and country",
        _first_day("visit_id", "starts_on"),
        Part("leader_id", lambda t: t.leader_id),
        Part("iso3", code("iso3")),
    )
    yield from _made_of(
        "partnership_upgrades",
        "upgrade_id",
        "day (as far as known), country, tier and sector (30 letters)",
        _first_day("upgrade_id", "upgraded_on"),
        Part("iso3", code("iso3")),
        Part("to_tier_id", lambda t: t.to_tier_id),
        Part("sector", lambda t: slug(t.sector).left(30).re_replace("-$", "")),
    )
    yield from _made_of(
        "memberships",
        "membership_id",
        "organisation, role and year of the start if known",
        Part("organization_id", lambda t: t.organization_id),
        Part("role", code("role")),
        Part("starts_on", lambda t: t.starts_on.strftime("%Y")),
    )
    yield from _made_of(
        "diplomatic_missions",
        "mission_id",
        "direction, kind, country and city",
        *(Part(name, code(name)) for name in ("direction", "kind", "iso3")),
        Part("city", lambda t: slug(t.city)),
    )
    yield from _made_of(
        "documents",
        "document_id",
        "step and kind",
        Part("upgrade_id", lambda t: t.upgrade_id),
        Part("kind", code("kind")),
    )
    yield from _made_of(
        "leader_terms",
        "term_id",
        "leader, office and year of the start",
        Part("leader_id", lambda t: t.leader_id),
        Part("office", code("office")),
        Part("starts_on", lambda t: t.starts_on.strftime("%Y")),
    )
    yield from _made_of(
        "discrepancies",
        "discrepancy_id",
        "check and subject",
        Part("check_id", code("check_id")),
        Part("subject", lambda t: slug(t.subject)),
    )
    yield from _made_of(
        "highlights",
        "highlight_id",
        "year, locator and theme",
        Part("year", lambda t: t.year.cast("string")),
        Part("locator", lambda t: slug(t.locator)),
        Part("theme", lambda t: slug(t.theme)),
    )


RULES = tuple(_all())
