"""Rules about sources, evidence and documented discrepancies."""

from __future__ import annotations

from . import DomainRule


def _host(t):
    # On a code host each owner publishes for itself.
    return t.url.re_extract("^https?://(www[.])?(github[.]com/[^/]+|[^/:?]+)", 2)


RULES = (
    DomainRule(
        "read_after_publication",
        "sources",
        "accessed_on",
        "A page is read on or after the day it is published",
        "what was known when",
        "check published_on",
        lambda t, _: t.accessed_on >= t.published_on,
    ),
    DomainRule(
        "one_publisher_a_host",
        "sources",
        "publisher",
        "Pages of one web host have one publisher name",
        "the count of independent publishers",
        "use the name that the other pages of the host have",
        lambda t, _: t.publisher.nunique().over(group_by=[_host(t)]) == 1,
    ),
    DomainRule(
        "contradiction_says_what",
        "evidence",
        "stated_value",
        "A contradiction names the field and what the source states instead",
        "contradictions that readers can follow",
        "fill in field and stated_value for contradicts; leave stated_value blank for supports",
        lambda t, _: (
            (t.relation == "contradicts") == (t.field.notnull() & t.stated_value.notnull())
        ),
    ),
    DomainRule(
        "explained_by_a_source",
        "discrepancies",
        "source_id",
        "An explained discrepancy names the source that explains it",
        "honest explanations",
        "name the source, or mark the explanation as inferred",
        lambda t, _: (t.status == "explained") == t.source_id.notnull(),
    ),
)
