"""Ids of pages, of evidence and of corrections: they begin with what the row is about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any

from . import DomainRule
from .ids import code, rule
from .slugs import slug


def _evidence() -> Iterator[DomainRule]:
    says = "table, row, source (60 letters) and field"

    def head(t: Any, parts: int) -> Any:
        row = t.row_id.lower().translate("_/", "--")
        source = t.source_id.left(60).re_replace("-$", "")
        return reduce(lambda a, b: a + "-" + b, [t.table_name, row, source][:parts])

    def fits(t: Any, parts: int) -> Any:
        return (t.evidence_id + "-").startswith(head(t, parts) + "-")

    for n, column in enumerate(("table_name", "row_id", "source_id"), 1):
        yield rule(
            "evidence",
            "evidence_id",
            column,
            says,
            lambda t, n=n: fits(t, n) | (~fits(t, n - 1) if n > 1 else False),
        )
    yield rule(
        "evidence",
        "evidence_id",
        "field",
        says,
        lambda t: (
            (t.evidence_id == head(t, 3) + ("-" + code("field")(t)).fill_null("")) | ~fits(t, 3)
        ),
    )


def _sources() -> Iterator[DomainRule]:
    says = "publisher (28 letters), year of published_on if known, and the beginning of the title"

    def publisher(t: Any) -> Any:
        return slug(t.publisher).left(28).re_replace("-$", "")

    def year(t: Any) -> Any:
        return "-" + t.published_on.strftime("%Y")

    def of_publisher(t: Any) -> Any:
        return (t.source_id + "-").startswith(publisher(t) + "-")

    def of_year(t: Any) -> Any:
        return (t.source_id + "-").contains(year(t) + "-").fill_null(True)

    def of_title(t: Any) -> Any:
        said = publisher(t) + year(t).fill_null("") + "-" + slug(t.title) + "-"
        begins = said.startswith(t.source_id.re_replace(r"-\d{1,2}$", "") + "-")
        return begins | ~of_publisher(t) | ~of_year(t)

    for column, holds in (
        ("publisher", of_publisher),
        ("published_on", of_year),
        ("title", of_title),
    ):
        yield rule("sources", "source_id", column, says, holds)


def _correction(t: Any) -> Any:
    place = t.version + "-" + t.table_name + "-" + t.row_id + ("-" + t.field).fill_null("")
    return t.correction_id.startswith(place.lower().re_replace("[^a-z0-9]+", "-"))


def _all() -> Iterator[DomainRule]:
    yield from _evidence()
    yield from _sources()
    yield rule(
        "corrections",
        "correction_id",
        "version, table_name, row_id, field",
        "version, table, row and field",
        _correction,
    )


RULES = tuple(_all())
