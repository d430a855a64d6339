"""Named questions about laws, agreements, seats and memberships, each answered again in Python."""

from __future__ import annotations

import calendar
from collections import defaultdict
from datetime import date

import pytest

from .recount import by_id, check, country, day, joined, rows


def test_legal_instruments_by_year():
    columns = ("issued_on_precision", "kind", "number", "issuer", "title_en", "title_vi", "topic")
    group = sorted(
        rows("legal_instruments"), key=lambda r: (r["issued_on"] or "9999", r["instrument_id"])
    )
    check(
        "legal_instruments_by_year",
        [
            {
                "year": int(row["issued_on"][:4]) if row["issued_on"] else None,
                "issued_on": day(row["issued_on"]),
                "publisher": by_id("sources")[row["source_id"]]["publisher"],
            }
            | {name: row[name] or None for name in columns}
            for row in group
        ],
    )


def test_trade_agreement_coverage():
    union = {r["iso3"] for r in rows("country_groups") if r["group_id"] == "eu"}
    parties, first = defaultdict(list), {}
    for row in rows("trade_agreement_parties"):
        parties[row["agreement_id"]].append(row)
    counting = {}
    for row in rows("trade_agreements"):
        if row["kind"] in ("fta", "cepa") and row["status"] == "in_force":
            counting[row["agreement_id"]] = row
    for key, row in counting.items():
        for party in parties[key]:
            since = party["in_force_on"] or row["in_force_on"]
            for iso3 in union if party["iso3"] == "EUU" else {party["iso3"]}:
                first[iso3] = min(first.get(iso3, ("9999", "")), (since, key))
    expected = []
    ordered = sorted(
        rows("trade_agreements"),
        key=lambda r: (r["in_force_on"] or "9999", r["signed_on"] or "9999", r["agreement_id"]),
    )
    for row in ordered:
        key = row["agreement_id"]
        known = key in counting and key in parties
        names = sorted(country(p["iso3"]) for p in parties[key])
        by_then = [since for since, _ in first.values() if since <= row["in_force_on"]]
        expected.append(
            {
                "agreement": row["name_en"],
                "status": row["status"],
                "partners": len(names),
                "partner_names": joined(names),
                "economies_first_covered": sum(k == key for _, k in first.values())
                if known
                else None,
                "economies_covered_by_then": len(by_then) if known else None,
            }
        )
    check("trade_agreement_coverage", expected)


def test_un_elected_seats():
    kinds = ("universal", "un_organ", "specialized_agency", "unesco_body", "sectoral")
    terms, expected = defaultdict(int), []
    for row in sorted(rows("memberships"), key=lambda r: (r["starts_on"], r["membership_id"])):
        body = by_id("organizations")[row["organization_id"]]
        if row["role"] in ("elected_member", "non_permanent_member") and body["kind"] in kinds:
            terms[row["organization_id"]] += 1
            expected.append(
                {
                    "starts_on": day(row["starts_on"]),
                    "ends_on": day(row["ends_on"]),
                    "body": body["name_en"],
                    "role": row["role"],
                    "term": terms[row["organization_id"]],
                }
            )
    check("un_elected_seats", expected)


def _last_day(row: dict[str, str]) -> str:
    """The last day that the end of a membership may mean; blank where it has none."""
    end, precision = row["ends_on"], row["ends_on_precision"]
    if precision == "year":
        return f"{end[:4]}-12-31"
    if precision == "month":
        return f"{end[:7]}-{calendar.monthrange(int(end[:4]), int(end[5:7]))[1]}"
    if end or row["role"] in ("member", "founding_member"):
        return end
    if row["role"] == "observer":
        joins = [
            other["starts_on"]
            for other in rows("memberships")
            if other["organization_id"] == row["organization_id"]
            and other["role"] in ("member", "founding_member")
            and other["starts_on"] > row["starts_on"]
        ]
        first = min(joins, default="")
        return str(date.fromordinal(date.fromisoformat(first).toordinal() - 1)) if first else ""
    offices = ("elected_member", "non_permanent_member", "chair", "vice_chair", "host")
    return f"{row['starts_on'][:4]}-12-31" if row["role"] in offices else ""


@pytest.mark.parametrize("on", ["1980-01-01", "2008-07-01", "2020-06-30", "2025-12-31"])
def test_memberships_on_day(on):
    held = {}  # of two terms of one role the later one, and one that is dated
    for row in sorted(rows("memberships"), key=lambda r: (r["starts_on"], r["membership_id"])):
        last = _last_day(row)
        if row["starts_on"] <= on and (not last or last >= on):
            held[row["organization_id"], row["role"]] = row
    expected = []
    for row in held.values():
        body = by_id("organizations")[row["organization_id"]]
        expected.append(
            {
                "kind": body["kind"],
                "organization": body["name_en"],
                "role": row["role"],
                "since": day(row["starts_on"]),
                "until": day(row["ends_on"]),
                "order": (row["starts_on"] or "9999", row["membership_id"]),
            }
        )
    expected.sort(key=lambda r: (r["kind"], r["organization"], *r.pop("order")))
    check("memberships_on_day", expected, day=on)
