"""Named questions about partnerships and relations, each answered a second time in Python."""

from __future__ import annotations

from itertools import pairwise

import pytest

from .recount import (
    by_id,
    check,
    country,
    day,
    joined,
    number,
    partners,
    publishers,
    rows,
    spells,
    states,
)

DAYS = ("2005-06-30", "2013-10-11", "2024-12-31", "2025-12-31")
RELATED = ("cites", "supports")


@pytest.mark.parametrize("on", DAYS)
def test_partners_as_of(on):
    found = sorted(partners(on), key=lambda s: (-int(s["rank"]), s["valid_from"], s["iso3"]))
    check(
        "partners_as_of",
        [
            {
                "iso3": s["iso3"],
                "country": country(s["iso3"]),
                "tier": by_id("partnership_tiers")[s["to_tier_id"]]["name_en"],
                "since": day(s["valid_from"]),
                "since_precision": s["upgraded_on_precision"],
                "steps": int(s["step"]),
                "url": by_id("sources")[s["source_id"]]["url"],
            }
            for s in found
        ],
        day=on,
    )


@pytest.mark.parametrize("on", DAYS[1:])
def test_comprehensive_strategic_partners(on):
    found = [s for s in partners(on) if s["to_tier_id"] == "csp"]
    found.sort(key=lambda s: (s["valid_from"], s["iso3"]))
    expected = []
    for place, s in enumerate(found, 1):
        said_by = publishers("partnership_upgrades", s["upgrade_id"], *RELATED)
        against = publishers("partnership_upgrades", s["upgrade_id"], "contradicts")
        expected.append(
            {
                "number": place,
                "iso3": s["iso3"],
                "since": day(s["valid_from"]),
                "occasion": s["occasion"] or None,
                "place": s["place"] or None,
                "publishers": len(said_by),
                "said_by": joined(said_by),
                "contradicted_by": joined(against),
            }
        )
    check("comprehensive_strategic_partners", expected, day=on)


@pytest.mark.parametrize("iso3", ["FRA", "CHN", "JPN", "LAO", "GBR", "NLD", "DNK"])
def test_country_ladder(iso3):
    tiers = by_id("partnership_tiers")
    ends = {s["upgrade_id"]: s["valid_to"] for s in spells()}
    relations = by_id("diplomatic_relations")[iso3]
    expected = [
        {
            "day": day(relations["established_on"]),
            "step": "diplomatic relations",
            "from_tier": None,
            "to_tier": None,
            "until": None,
            "sector": None,
            "place": None,
        }
    ]
    steps = [row for row in rows("partnership_upgrades") if row["iso3"] == iso3]
    for row in sorted(steps, key=lambda r: (r["upgraded_on"], r["upgrade_id"])):
        before, after = row["from_tier_id"], row["to_tier_id"]
        kinds = {
            "deepened on the same tier": before == after,
            "framework outside the official count": tiers[after]["in_official_total"] != "true",
            "first counted framework": not before,
            "raised": True,
        }
        expected.append(
            {
                "day": day(row["upgraded_on"]),
                "step": next(kind for kind, holds in kinds.items() if holds),
                "from_tier": tiers[before]["name_en"] if before else None,
                "to_tier": tiers[after]["name_en"],
                "until": day(ends.get(row["upgrade_id"], "")),
                "sector": row["sector"] or None,
                "place": row["place"] or None,
            }
        )
    check("country_ladder", expected, country=iso3)


@pytest.mark.parametrize("year", [2009, 2013, 2023, 2024, 2025])
def test_year_explained(year):
    tiers = by_id("partnership_tiers")
    total = len(states(f"{year - 1}-12-31"))
    upgrades, expected = 0, []
    steps = [row for row in rows("partnership_upgrades") if row["upgraded_on"][:4] == str(year)]
    for row in sorted(steps, key=lambda r: (r["upgraded_on"], r["upgrade_id"])):
        before, after = row["from_tier_id"], row["to_tier_id"]
        if tiers[after]["in_official_total"] != "true":
            kind = "outside the count"
        elif not before:
            kind = "new entrant"
        else:
            kind = "same tier" if before == after else "promotion"
        upgrades += kind in ("new entrant", "promotion")
        is_union = country(row["iso3"], "status") == "union"
        total += kind == "new entrant" and not is_union
        expected.append(
            {
                "upgraded_on": day(row["upgraded_on"]),
                "iso3": row["iso3"],
                "kind": kind,
                "from_tier": tiers[before]["name_en"] if before else None,
                "to_tier": tiers[after]["name_en"],
                "upgrades_so_far": upgrades,
                "partners_after": total,
            }
        )
    check("year_explained", expected, year=year)


def test_years_to_next_tier():
    rungs: dict[str, list] = {}
    for row in rows("diplomatic_relations"):
        if row["established_on"]:
            rung = (
                row["established_on"],
                0,
                "Diplomatic relations",
                row["established_on_precision"],
            )
            rungs.setdefault(row["iso3"], []).append(rung)
    for s in spells():
        if s["counts"]:
            name = by_id("partnership_tiers")[s["to_tier_id"]]["name_en"]
            rung = (s["valid_from"], int(s["rank"]), name, s["upgraded_on_precision"])
            rungs.setdefault(s["iso3"], []).append(rung)
    expected = []
    for iso3, ladder in rungs.items():
        for (since, _, lower, how), (raised, _, higher, how_raised) in pairwise(sorted(ladder)):
            years = round((day(raised) - day(since)).days / 365.25, 1)
            expected.append(
                {
                    "iso3": iso3,
                    "from_tier": lower,
                    "since": day(since),
                    "to_tier": higher,
                    "raised_on": day(raised),
                    "years": years,
                    "known_to_the_day": how == how_raised == "day",
                }
            )
    expected.sort(key=lambda r: (r["years"], r["since"], r["iso3"]))
    check("years_to_next_tier", expected)


def test_diplomatic_relations_by_decade():
    decades: dict[str, list] = {}
    for row in rows("diplomatic_relations"):
        since = row["established_on"]
        decades.setdefault(f"{since[:3]}0s" if since else "not known", []).append(row)
    total, expected = 0, []
    for decade, group in sorted(decades.items()):  # digits come before letters
        total += len(group)
        group.sort(key=lambda r: (r["established_on"], country(r["iso3"])))
        expected.append(
            {
                "decade": decade,
                "established": len(group),
                "total_so_far": total,
                "known_to_the_day": sum(r["established_on_precision"] == "day" for r in group),
                "countries": joined(country(r["iso3"]) for r in group),
            }
        )
    check("diplomatic_relations_by_decade", expected)


@pytest.mark.parametrize("year", [1950, 1973, 1992, 2023])
def test_diplomatic_relations_established_in(year):
    group = [r for r in rows("diplomatic_relations") if r["established_on"][:4] == str(year)]
    check(
        "diplomatic_relations_established_in",
        [
            {
                "established_on": day(r["established_on"]),
                "iso3": r["iso3"],
                "vietnamese_state": r["vietnamese_state"] or None,
                "publishers": len(publishers("diplomatic_relations", r["iso3"], *RELATED)),
                "publisher": by_id("sources")[r["source_id"]]["publisher"],
            }
            for r in sorted(group, key=lambda r: (r["established_on"], r["iso3"]))
        ],
        year=year,
    )


def test_states_without_known_day():
    known = {"year": 4, "month": 7}
    group = [r for r in rows("diplomatic_relations") if r["established_on_precision"] != "day"]
    group.sort(key=lambda r: (country(r["iso3"], "region"), country(r["iso3"])))
    check(
        "states_without_known_day",
        [
            {
                "iso3": r["iso3"],
                "region": country(r["iso3"], "region"),
                "known": r["established_on"][: known.get(r["established_on_precision"], 0)] or None,
                "note": r["note"] or None,
            }
            for r in group
        ],
    )


def test_claims_checked():
    claims = {
        "partners_unsc_permanent": ("unsc_permanent", 3),
        "partners_g20": ("g20", 1),
        "partners_g7": ("g7", 1),
        "sp_middle_east_africa": ("middle_east_and_africa", 2),
    }
    others = ("partners_special", "trade_surplus_years", "unesco_governance_bodies")
    others += ("world_heritage_gap_years",)
    expected = []
    for row in rows("observations"):
        if row["indicator_id"] not in (*claims, *others):
            continue
        group, least = claims.get(row["indicator_id"], ("", 0))
        members = {r["iso3"] for r in rows("country_groups") if r["group_id"] == group}
        reached = {s["iso3"] for s in partners(row["ends_on"]) if int(s["rank"]) >= least}
        yes, no = sorted(map(country, members & reached)), sorted(map(country, members - reached))
        expected.append(
            {
                "claim": by_id("indicators")[row["indicator_id"]]["name_en"],
                "as_of": day(row["ends_on"]),
                "stated": number(row["value"]),
                "group_size": len(members) or None,
                "countries_that_count": joined(yes),
                "countries_that_do_not": joined(no) if len(no) <= len(yes) else None,
            }
            | {"order": (row["indicator_id"], row["ends_on"], row["observation_id"])}
        )
    expected.sort(key=lambda r: r.pop("order"))
    check("claims_checked", expected)
