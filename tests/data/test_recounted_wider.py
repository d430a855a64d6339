"""Named questions about missions, terms, trade by partner and documents, answered once more."""

from __future__ import annotations

from collections import defaultdict

import pytest

from .recount import (
    best,
    by_id,
    check,
    day,
    goods_trade,
    joined,
    labels,
    last_day,
    number,
    row_id,
    rows,
    spells,
)

KNOWN = {"year": 4, "month": 7, "day": 10}


def as_known(row, name):
    return row[name][: KNOWN[row[f"{name}_precision"]]]


def test_missions_by_country():
    found = defaultdict(lambda: {"abroad": [], "in_vietnam": []})
    for m in sorted(rows("diplomatic_missions"), key=lambda r: r["mission_id"]):
        words = m["kind"].replace("_", " ") + (f" {m['city']}" if m["city"] else "")
        words += f" ({as_known(m, 'opened_on')})" if m["opened_on"] else ""
        found[m["iso3"]][m["direction"]].append(words)
    order = sorted(found, key=lambda iso3: (-sum(map(len, found[iso3].values())), iso3))
    check(
        "missions_by_country",
        [
            {
                "iso3": iso3,
                "country": labels()[iso3],
                "missions_there": len(found[iso3]["abroad"]),
                "missions_in_viet_nam": len(found[iso3]["in_vietnam"]),
                "there": joined(found[iso3]["abroad"]),
                "in_viet_nam": joined(found[iso3]["in_vietnam"]),
            }
            for iso3 in order
        ],
    )


@pytest.mark.parametrize("on", ["2026-11-27", "2010-01-01"])
def test_embassies_without_partnership(on):
    partners = {
        s["iso3"]
        for s in spells()
        if s["valid_from"] <= on and (not s["valid_to"] or s["valid_to"] > on)
    }
    embassies = defaultdict(set)
    for m in rows("diplomatic_missions"):
        if m["kind"] == "embassy" and m["opened_on"] <= on:
            embassies[m["iso3"]].add(m["direction"])
    relations = by_id("diplomatic_relations")
    check(
        "embassies_without_partnership",
        [
            {
                "iso3": iso3,
                "country": labels()[iso3],
                "has_embassy_of_viet_nam": "abroad" in embassies[iso3],
                "has_embassy_in_ha_noi": "in_vietnam" in embassies[iso3],
                "relations_since": day(relations[iso3]["established_on"]),
            }
            for iso3 in sorted(embassies.keys() - partners)
        ],
        day=on,
    )


def test_most_visited_countries():
    found = defaultdict(list)
    for v in rows("high_level_visits"):
        for t in rows("leader_terms"):
            mine = (t["leader_id"], t["office"]) == (v["leader_id"], v["office"])
            ends = last_day(t, "ends_on") if t["ends_on"] else "9999"
            if mine and v["starts_on"] <= ends and last_day(v, "starts_on") >= t["starts_on"]:
                found[row_id("leader_terms", t), v["iso3"]].append(v)
    lines = []
    for (term, iso3), visits in found.items():
        t, latest = by_id("leader_terms")[term], max(v["starts_on"] for v in visits)
        lines.append(
            {
                "leader": by_id("leaders")[t["leader_id"]]["name_en"],
                "office": t["office"],
                "term_since": day(t["starts_on"]),
                "country": labels()[iso3],
                "visits": len(visits),
                "latest": day(latest),
            }
        )
    lines.sort(
        key=lambda r: (
            str(r["term_since"] or "9999"),
            r["leader"],
            r["office"],
            -r["visits"],
            r["country"],
        )
    )
    check("most_visited_countries", lines)


def test_trade_before_and_after_upgrade():
    lines = []
    for u in rows("partnership_upgrades"):
        year = int(u["upgraded_on"][:4])
        stated = {
            y: found["goods_turnover"]
            for y, found in goods_trade(u["iso3"]).items()
            if "goods_turnover" in found
        }
        after = [y for y in stated if year < y <= year + 3]
        if year - 1 in stated and after:
            before, last = stated[year - 1], stated[max(after)]
            change = 100 * (float(last["value"]) / float(before["value"]) - 1)
            lines.append(
                {
                    "iso3": u["iso3"],
                    "to_tier_id": u["to_tier_id"],
                    "upgraded_on": day(u["upgraded_on"]),
                    "year_before": year - 1,
                    "turnover_before": number(before["value"]),
                    "year_after": max(after),
                    "turnover_after": number(last["value"]),
                    "percent_change": pytest.approx(change, abs=0.051),
                }
            )
    lines.sort(key=lambda r: (r["upgraded_on"], r["iso3"], r["to_tier_id"]))
    check("trade_before_and_after_upgrade", lines)


@pytest.mark.parametrize(("iso3", "on"), [("JPN", "2026-11-27"), ("USA", "2015-12-31")])
def test_country_file(iso3, on):
    """Which rows make up the file, in order; blank days come last in their part."""
    upgrades = by_id("partnership_upgrades")

    def of_document(row):
        step = upgrades[row["upgrade_id"]]
        return step["iso3"], row["signed_on"] or step["upgraded_on"]

    agreements = by_id("trade_agreements")
    parts = [
        ("diplomatic_relations", lambda r: (r["iso3"], r["established_on"])),
        ("partnership_upgrades", lambda r: (r["iso3"], r["upgraded_on"])),
        ("documents", of_document),
        ("diplomatic_missions", lambda r: (r["iso3"], r["opened_on"])),
        ("trade_agreement_parties", lambda r: (r["iso3"], "")),
        ("high_level_visits", lambda r: (r["iso3"], r["starts_on"])),
    ]
    expected = []
    for number_, (table, place) in enumerate(parts, 1):
        lines = []
        for row in rows(table):
            if row.get("kind") == "none_found":
                continue
            where, when = place(row)
            key = row_id(table, row)
            if table == "trade_agreement_parties":
                key = row["agreement_id"]
                agreement = agreements[key]
                when = agreement["signed_on"] or agreement["in_force_on"]
            if where == iso3 and when <= on:
                lines.append((when or "9999", key))
        expected += [(number_, key) for _, key in sorted(lines)]
    latest = {}
    for (indicator, partner, start, end), row in best().items():
        if partner == iso3 and end <= on and row["obs_status"] != "F":
            rank = (end, [-ord(c) for c in start])
            if indicator not in latest or rank > latest[indicator][0]:
                latest[indicator] = (rank, row)
    figures = sorted((row["ends_on"], row["observation_id"]) for _, row in latest.values())
    expected += [(7, key) for _, key in figures]
    check(
        "country_file",
        [{"part": part, "row_id": key} for part, key in expected],
        country=iso3,
        day=on,
    )
