"""Named questions about sources, totals and help to citizens, each answered again in Python."""

from __future__ import annotations

import hashlib
from collections import defaultdict

import pytest

from .asking import answer
from .recount import (
    by_id,
    check,
    cited,
    day,
    joined,
    number,
    owner,
    rows,
    states,
    tables,
)

OFFICIAL = ("government", "party", "international_organization", "treaty_text")


def _page(key: str) -> dict[str, str]:
    return by_id("sources")[key]


def test_citizens_protected_by_place():
    expected = []
    for iso3 in {row["iso3"] for row in rows("citizen_protection")}:
        group = [row for row in rows("citizen_protection") if row["iso3"] == iso3]
        counted = [row for row in group if row["people"]]
        largest = min(group, key=lambda r: (-float(r["people"] or -1), r["operation_id"]))
        wholes = [float(row["people"]) for row in counted if not row["part_of_id"]]
        days = [row["starts_on"] for row in group if row["starts_on"]]
        expected.append(
            {
                "iso3": iso3,
                "operations": len(group),
                "operations_with_a_figure": len(counted),
                "people_stated": sum(wholes) if wholes else None,
                "largest_figure": number(largest["people"]),
                "qualifier": largest["qualifier"] or None,
                "what": largest["what"],
                "first_on": day(min(days, default="")),
                "latest_on": day(max(days, default="")),
            }
        )
    expected.sort(key=lambda r: (-(r["people_stated"] or -1), -r["operations"], r["iso3"]))
    check("citizens_protected_by_place", expected)


def test_contradictions():
    expected = []
    against = [row for row in rows("evidence") if row["relation"] == "contradicts"]
    for row in sorted(
        against, key=lambda r: [r[n] for n in ("table_name", "row_id", "field", "evidence_id")]
    ):
        own = by_id(row["table_name"])[row["row_id"]]
        expected.append(
            {
                "table_name": row["table_name"],
                "row_id": row["row_id"],
                "field": row["field"],
                "stated_value": row["stated_value"],
                "recorded_from": _page(own["source_id"])["publisher"],
                "stated_by": _page(row["source_id"])["publisher"],
                "url": _page(row["source_id"])["url"],
            }
        )
    check("contradictions", expected)


def test_documented_discrepancies():
    order = ("open", "inferred", "explained")
    group = sorted(
        rows("discrepancies"), key=lambda r: (order.index(r["status"]), r["check_id"], r["subject"])
    )
    figures = by_id("observations")
    expected = []
    for row in group:
        figure = figures.get(row["subject"])
        expected.append(
            {
                "status": row["status"],
                "check_id": row["check_id"],
                "subject": row["subject"],
                "stated": float(figure["value"]) if figure else None,
                "as_of": day(figure["ends_on"]) if figure else None,
                "stated_url": _page(figure["source_id"])["url"] if figure else None,
                "explained_url": _page(row["source_id"])["url"] if row["source_id"] else None,
            }
        )
    check("documented_discrepancies", expected)


def test_evidence_scores():
    dated, days, found = defaultdict(int), defaultdict(int), []
    for name, table in tables().items():
        for field in table.field_names:
            if f"{field}_precision" in table.field_names and table.cites_sources:
                filled = [row for row in rows(name) if row[field]]
                dated[name] += len(filled)
                days[name] += sum(row[f"{field}_precision"] == "day" for row in filled)
    for name in sorted({name for name, _ in cited()}):
        whole = [
            [one for one in of if one["relation"] == "cites" or _supports_all(one)]
            for (table, _), of in cited().items()
            if table == name
        ]
        pages = [[_page(one["source_id"]) for one in of] for of in whole if of]
        owners = [{owner(p["source_id"]) for p in of} - {None} for of in pages]
        found.append(
            {
                "table_name": name,
                "rows": len(pages),
                "share_official": round(
                    sum(any(p["kind"] in OFFICIAL for p in of) for of in pages) / len(pages), 4
                ),
                "share_two_publishers": round(sum(len(o) > 1 for o in owners) / len(pages), 4),
                "share_dates_to_the_day": round(days[name] / dated[name], 4)
                if dated[name]
                else None,
                "covers_from": day(tables()[name].coverage.starts_on),
                "is_complete": tables()[name].coverage.complete,
            }
        )
    check("evidence_scores", found)


def _supports_all(one: dict[str, str]) -> bool:
    return one["relation"] == "supports" and not one["field"]


def test_most_cited_publishers():
    rows_of, against, seen = defaultdict(set), defaultdict(int), defaultdict(set)
    for place, sources in cited().items():
        for one in sources:
            name = _page(one["source_id"])["publisher"]
            seen[name].add((place[0], one["source_id"]))
            if one["relation"] == "contradicts":
                against[name] += 1
            else:
                rows_of[name].add(place)
    top = sorted(seen, key=lambda name: (-len(rows_of[name]), name))[:40]

    def words(name: str, column: str) -> str | None:
        return joined(sorted({_page(s)[column] for _, s in seen[name]} - {""}), ", ")

    check(
        "most_cited_publishers",
        [
            {
                "publisher": name,
                "kinds": words(name, "kind"),
                "sources": len({source for _, source in seen[name]}),
                "rows_supported": len(rows_of[name]),
                "contradictions": against[name],
                "tables": len({table for table, _ in seen[name]}),
                "languages": words(name, "language"),
            }
            for name in top
        ],
        top=40,
    )


@pytest.mark.parametrize("iso3", ["FRA", "USA", "TUV"])
def test_sources_of_country(iso3):
    names = {n for n, t in tables().items() if "iso3" in t.field_names and t.cites_sources}
    found = []
    for (table, key), sources in cited().items():
        if table in names and by_id(table)[key]["iso3"] == iso3:
            for one in sources:
                line = [table, key, one["relation"], one["field"] or None]
                line += [one["stated_value"] or None, _page(one["source_id"])["url"]]
                found.append(line)
    columns = ("table_name", "row_id", "relation", "field", "stated_value", "url")
    asked = [[row[c] for c in columns] for row in answer("sources_of_country", country=iso3)]
    assert sorted(map(str, asked)) == sorted(map(str, found))


def _cells(row: dict[str, str]) -> dict[str, str]:
    """What a row states."""
    about = ("source_id", "locator", "note")
    return {name: value for name, value in row.items() if value and name not in about}


def test_rows_to_look_up_again():
    lots = []
    for name, key in {(n, k) for n, k in cited() if tables()[n].role == "facts"}:
        own = by_id(name)[key]
        if own["source_id"]:
            lots.append((hashlib.md5(f"reed {name} {key}".encode()).hexdigest(), name, key))
    expected = []
    for _, name, key in sorted(lots)[:12]:
        own = by_id(name)[key]
        page = _page(own["source_id"])
        expected.append(
            {
                "table_name": name,
                "row_id": key,
                "states": "; ".join(f"{f}: {v}" for f, v in sorted(_cells(own).items())),
                "publisher": page["publisher"],
                "locator": own.get("locator") or None,
                "url": page["url"],
            }
        )
    check("rows_to_look_up_again", expected, seed="reed", size=12)


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_review_items(year):
    expected = set()
    for row in rows("highlights"):
        if row["year"] == year:
            place = (row["source_id"], row["locator"])
            at = [
                (table, key, one["relation"])
                for (table, key), sources in cited().items()
                for one in sources
                if (one["source_id"], one["locator"]) == place and table != "highlights"
            ]
            expected |= {(row["locator"], *line) for line in at or [(None, None, None)]}
    found = answer("review_items", year=int(year))
    columns = ("item", "table_name", "row_id", "relation")
    assert {tuple(row[c] for c in columns) for row in found} == expected
    for row in found:
        if row["table_name"] == "observations":
            assert row["stated"] == float(by_id("observations")[row["row_id"]]["value"])


@pytest.mark.parametrize(
    ("indicator", "count"),
    [
        ("partners_total", lambda on: len(states(on))),
        ("partners_csp", lambda on: sum(p["to_tier_id"] == "csp" for p in states(on))),
        ("partners_sp", lambda on: sum(p["to_tier_id"] == "sp" for p in states(on))),
    ],
)
def test_totals_stated_and_derived(indicator, count):
    stated = [row for row in rows("observations") if row["indicator_id"] == indicator]
    stated.sort(key=lambda r: (r["ends_on"], float(r["value"]), r["observation_id"]))
    start = tables()["partnership_upgrades"].coverage.starts_on
    check(
        "totals_stated_and_derived",
        [
            {
                "as_of": day(row["ends_on"]),
                "stated": float(row["value"]),
                "derived": count(row["ends_on"]),
                "difference": count(row["ends_on"]) - float(row["value"]),
                "stated_by": row["stated_by"] or None,
                "url": _page(row["source_id"])["url"],
            }
            for row in stated
            if row["ends_on"] >= start
        ],
        indicator=indicator,
    )
