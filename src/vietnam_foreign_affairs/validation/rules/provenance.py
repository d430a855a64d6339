"""Rules about evidence and documented discrepancies."""

from __future__ import annotations

from . import DomainRule


def _supports_once(t, _):
    # What an official total counts is a claim of its own, beside that the row is so.
    of_total = (t.field == "counted_in_official_total").fill_null(False)
    claim = [t.table_name, t.row_id, t.source_id, t.relation, of_total]
    rows = t.source_id.count().over(group_by=claim)
    fields = t.field.nunique().over(group_by=claim)
    return (t.relation != "supports") | (rows == 1) | (rows == fields)


RULES = (
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
        "supports_once",
        "evidence",
        "source_id",
        "A source supports a row once: as a whole, or by fields",
        "the count of publishers",
        "leave out the evidence for a field where the source supports the whole row",
        _supports_once,
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
