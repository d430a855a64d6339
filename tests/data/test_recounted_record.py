"""Named questions about trade, visits, titles and seats, each answered a second time in Python."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import groupby

import pytest

from .recount import (
    GOODS,
    QUALITY,
    best,
    by_id,
    check,
    country,
    day,
    goods_trade,
    joined,
    number,
    quality,
    rows,
    series,
    yearly,
)


def test_goods_trade_by_year():
    expected = []
    for year, figures in goods_trade().items():
        line = {"year": year}
        for indicator, column in GOODS.items():
            row = figures.get(indicator)
            line[column] = number(row["value"]) if row else None
            word = row["qualifier"].replace("_", " ") if row else "exact"
            line[f"{column}_qualifier"] = None if word == "exact" else word
        sold, bought = line["exports"], line["imports"]
        both = sold is not None and bought is not None
        line["exports_plus_imports"] = round(sold + bought, 3) if both else None
        line["exports_less_imports"] = round(sold - bought, 3) if both else None
        [line["quality"]] = {QUALITY[row["obs_status"]] for row in figures.values()}
        [line["stated_by"]] = {row["stated_by"] or None for row in figures.values()}
        expected.append(line)
    check("goods_trade_by_year", expected)


def test_goods_surplus_run():
    expected, run = [], 0
    balances = {year: float(row["value"]) for year, row in yearly("goods_balance").items()}
    for year, value in balances.items():
        same = year - 1 in balances and (balances[year - 1] > 0) == (value > 0)
        run = run + 1 if same else 1
        said = [
            row
            for row in rows("observations")
            if row["indicator_id"] == "trade_surplus_years" and row["ends_on"][:4] == str(year)
        ]
        expected.append(
            {
                "year": year,
                "balance": value,
                "sign": "surplus" if value > 0 else "deficit",
                "years_in_a_row": run,
                "stated_surplus_years": joined(sorted({r["value"] for r in said}), ", "),
                "stated_by": joined(sorted({r["stated_by"] for r in said if r["stated_by"]})),
            }
        )
    check("goods_surplus_run", expected)


@pytest.mark.parametrize("base", [2010, 2019])
def test_visitors_by_year(base):
    figures = yearly("international_visitors")
    values = {year: float(row["value"]) for year, row in figures.items()}

    def percent(value: float, of: float | None) -> float | None:
        return None if of is None else round(100 * value / of, 1)

    check(
        "visitors_by_year",
        [
            {
                "year": year,
                "million_visitors": values[year],
                "quality": quality(row),
                "percent_change": pytest.approx(
                    100 * values[year] / values[year - 1] - 100, abs=0.051
                )
                if year - 1 in values
                else None,
                "percent_of_base_year": pytest.approx(100 * values[year] / values[base], abs=0.051),
                "publisher": by_id("sources")[row["source_id"]]["publisher"],
            }
            for year, row in figures.items()
        ],
        base_year=base,
    )


def test_preliminary_and_final_figures():
    finals = {place: row for place, row in best().items() if row["obs_status"] == "A"}
    indicators = by_id("indicators")
    early = [
        row for row in rows("observations") if row["obs_status"] != "A" and series(row) in finals
    ]
    parts = ("indicator_id", "ends_on", "starts_on", "stated_on", "observation_id")
    expected = []
    # A blank comes last, as NULL does.
    for row in sorted(early, key=lambda r: [r[p] or "9999" for p in parts]):
        final = finals[series(row)]
        first, last = float(row["value"]), float(final["value"])
        is_ratio = indicators[row["indicator_id"]]["kind"] == "ratio"
        change = None if is_ratio or not first else 100 * (last - first) / abs(first)
        expected.append(
            {
                "indicator_id": row["indicator_id"],
                "counterpart_iso3": row["counterpart_iso3"] or None,
                "ends_on": day(row["ends_on"]),
                "stage": QUALITY[row["obs_status"]],
                "stated_first": first,
                "final": last,
                "final_qualifier": final["qualifier"],
                "revision": pytest.approx(last - first, abs=1e-6),
                "revision_percent": None if change is None else pytest.approx(change, abs=0.0051),
            }
        )
    check("preliminary_and_final_figures", expected)


# Visits


def _visits(group: list[dict[str, str]], direction: str) -> list[dict[str, str]]:
    return [v for v in group if v["direction"] == direction]


def test_visits_by_country():
    expected = []
    for iso3 in {v["iso3"] for v in rows("high_level_visits")}:
        group = [v for v in rows("high_level_visits") if v["iso3"] == iso3]
        line = {"iso3": iso3, "country": country(iso3), "visits": len(group)}
        columns = (("outbound", "visited_by"), ("inbound", "came_to_viet_nam"))
        for direction, column in columns:
            made = _visits(group, direction)
            line[direction] = len(made)
            line[f"latest_{direction}"] = day(max((v["starts_on"] for v in made), default=""))
            leaders = {by_id("leaders")[v["leader_id"]]["name_en"] for v in made}
            line[column] = joined(sorted(leaders))
        expected.append(line)
    expected.sort(key=lambda r: (-r["visits"], r["iso3"]))
    check("visits_by_country", expected)


def test_visits_by_month():
    expected = []
    for month in sorted({v["starts_on"][:7] for v in rows("high_level_visits")}):
        group = [v for v in rows("high_level_visits") if v["starts_on"][:7] == month]
        out, into = _visits(group, "outbound"), _visits(group, "inbound")
        expected.append(
            {
                "month": month,
                "visits": len(group),
                "outbound": len(out),
                "inbound": len(into),
                "visited": joined(sorted({country(v["iso3"]) for v in out})),
                "received_from": joined(sorted({country(v["iso3"]) for v in into})),
            }
        )
    check("visits_by_month", expected)


def _trips(leader: str) -> list[list[dict[str, str]]]:
    """Visits abroad of a leader, those of one tour together: see the comment of the view trips."""
    out = [v for v in _visits(rows("high_level_visits"), "outbound") if v["leader_id"] == leader]
    dated = [v for v in out if v["starts_on_precision"] == "day"]
    found: list[list[dict[str, str]]] = []
    until = date.min
    for visit in sorted(dated, key=lambda v: (v["starts_on"], v["visit_id"])):
        first = date.fromisoformat(visit["starts_on"])
        last = day(visit["ends_on"]) or first + timedelta(2)
        if found and first <= until + timedelta(2):
            found[-1].append(visit)
        else:
            found.append([visit])
        until = max(until, last)
    months: dict[str, list[dict[str, str]]] = defaultdict(list)
    for visit in out:
        if visit["starts_on_precision"] == "month":
            months[visit["starts_on"]].append(visit)
    for month, group in months.items():
        before = [t for t in found if t[0]["starts_on"][:7] <= month[:7]]
        ends = [max(v["ends_on"] or v["starts_on"] for v in t) for t in before]
        if not ends or max(ends) < month:
            found.append(sorted(group, key=lambda v: v["iso3"]))
    return found


def test_trips_by_leader_and_year():
    expected = []
    leaders = {v["leader_id"] for v in _visits(rows("high_level_visits"), "outbound")}
    for leader in leaders:
        trips = sorted(_trips(leader), key=lambda t: (t[0]["starts_on"], [v["iso3"] for v in t]))
        for year, group in groupby(trips, key=lambda t: t[0]["starts_on"][:4]):
            tours = list(group)
            expected.append(
                {
                    "year": int(year),
                    "leader": by_id("leaders")[leader]["name_en"],
                    "trips": len(tours),
                    "visits": sum(map(len, tours)),
                    "routes": joined(" - ".join(v["iso3"] for v in t) for t in tours),
                }
            )
    expected.sort(key=lambda r: (r["year"], -r["trips"], -r["visits"], r["leader"]))
    check("trips_by_leader_and_year", expected)


# UNESCO titles


def _titles() -> list[dict[str, str]]:
    found = [
        row
        for row in rows("unesco_titles")
        if row["step"] == "inscription" and row["counted_in_official_total"] != "false"
    ]
    return sorted(found, key=lambda r: (r["inscribed_on"], r["title_id"]))


def test_unesco_titles_by_programme():
    expected = []
    for programme in {row["programme"] for row in _titles()}:
        group = [row for row in _titles() if row["programme"] == programme]
        later = [r for r in rows("unesco_titles") if r["step"] != "inscription"]
        expected.append(
            {
                "programme": programme,
                "titles": len(group),
                "first_title": group[0]["name_en"],
                "first_on": day(group[0]["inscribed_on"]),
                "latest_title": group[-1]["name_en"],
                "latest_on": day(group[-1]["inscribed_on"]),
                "extensions_transfers_and_repeats": sum(r["programme"] == programme for r in later),
            }
        )
    expected.sort(key=lambda r: (-r["titles"], r["programme"]))
    check("unesco_titles_by_programme", expected)


def test_unesco_titles_by_year():
    stated: dict[str, dict[int, list[tuple[str, str, float]]]] = {}
    for row in rows("observations"):
        if row["indicator_id"] in ("unesco_titles", "unesco_titles_added"):
            years = stated.setdefault(row["indicator_id"], defaultdict(list))
            said = (row["ends_on"], row["observation_id"], float(row["value"]))
            years[int(row["ends_on"][:4])].append(said)
    totals, added = stated["unesco_titles"], stated["unesco_titles_added"]
    years = {int(row["inscribed_on"][:4]) for row in _titles()} | totals.keys() | added.keys()
    so_far, expected = 0, []
    for year in sorted(years):
        new = [row["name_en"] for row in _titles() if row["inscribed_on"][:4] == str(year)]
        so_far += len(new)
        total = max(totals[year])[2] if year in totals else None
        flows = [value for *_, value in added.get(year, [])]
        expected.append(
            {
                "year": year,
                "new_titles": len(new),
                "stated_new_least": min(flows, default=None),
                "stated_new_most": max(flows, default=None),
                "total_so_far": so_far,
                "stated_total": total,
                "recorded_less_stated": None if total is None else so_far - total,
                "titles": joined(new),
            }
        )
    check("unesco_titles_by_year", expected)
