"""Facts of one table made wrong in ways of their own: only who knows them sees it."""

from __future__ import annotations

import re

from . import Cell, row_kind


def fact(name: str, *tables: str):
    return row_kind("facts", f"fact: {name}", *tables)


@fact("the value of the row itself as contradiction", "evidence")
def _(row: Cell) -> dict[str, str] | None:
    table = row.original.tables.get(row.row["table_name"])
    if row.row["relation"] != "contradicts" or table is None:
        return None
    for other in row.original.rows[table.name]:
        if "/".join(other[k] for k in table.primary_key) == row.row["row_id"]:
            return {"stated_value": other.get(row.row["field"], "")}
    return None


@fact("a contradiction in another form than its field", "evidence")
def _(row: Cell) -> dict[str, str] | None:
    if row.row["relation"] != "contradicts":
        return None
    return {"stated_value": f"about {row.row['stated_value']} or so"}


@fact("support made a contradiction", "evidence")
def _(row: Cell) -> dict[str, str] | None:
    if row.row["relation"] != "supports":
        return None
    return {"relation": "contradicts", "stated_value": "2020-01-01"}


@fact("evidence for the key", "evidence")
def _(row: Cell) -> dict[str, str] | None:
    table = row.original.tables.get(row.row["table_name"])
    return {"field": table.primary_key[0]} if table else None


@fact("evidence for another column of its row", "evidence")
def _(row: Cell) -> dict[str, str] | None:
    table = row.original.tables.get(row.row["table_name"])
    if table is None:
        return None
    names = [n for n in table.field_names if n not in (row.row["field"], *table.primary_key)]
    return {"field": row.rng.choice(names)}


@fact("evidence by the row's own source", "evidence")
def _(row: Cell) -> dict[str, str] | None:
    table = row.original.tables.get(row.row["table_name"])
    for other in row.original.rows[table.name] if table else ():
        if "/".join(other[k] for k in table.primary_key) == row.row["row_id"]:
            return {"source_id": other.get("source_id", "")}
    return None


@fact("a figure a year later", "observations")
def _(row: Cell) -> dict[str, str] | None:
    return {
        n: re.sub(r"^\d{4}", str(int(row.row[n][:4]) + 1), row.row[n])
        for n in ("starts_on", "ends_on")
        if row.row[n] and not row.row[n].endswith("02-29")
    }


@fact("a period that ends half a year before", "observations")
def _(row: Cell) -> dict[str, str] | None:
    end = row.row["ends_on"]
    return {"ends_on": end[:4] + "-06-30"} if end.endswith("-12-31") else None


@fact("a flow without its first day", "observations")
def _(row: Cell) -> dict[str, str] | None:
    return {"starts_on": ""} if row.row["starts_on"] else None


@fact("a flow from the second of its month", "observations")
def _(row: Cell) -> dict[str, str] | None:
    start = row.row["starts_on"]
    return {"starts_on": start[:-2] + "02"} if start else None


@fact("a figure and its phrase of another row", "observations")
def _(row: Cell) -> dict[str, str] | None:
    other = row.rng.choice(row.original.rows["observations"])
    return {n: other[n] for n in ("value", "phrase")}


@fact("a forecast that passes for final", "observations")
def _(row: Cell) -> dict[str, str] | None:
    return {"obs_status": "A"} if row.row["obs_status"] == "F" else None


@fact("a preliminary figure that passes for final", "observations")
def _(row: Cell) -> dict[str, str] | None:
    return {"obs_status": "A"} if row.row["obs_status"] in ("P", "E") else None


@fact("a visit of three weeks", "high_level_visits")
def _(row: Cell) -> dict[str, str] | None:
    start = row.row["starts_on"]
    year, month = int(start[:4]), int(start[5:7]) % 12 + 1
    return (
        {"ends_on": f"{year + (month == 1)}-{month:02}-{start[8:]}"} if start < "2026-09" else None
    )


@fact("a visit the other way round", "high_level_visits")
def _(row: Cell) -> dict[str, str] | None:
    return {"direction": "inbound" if row.row["direction"] == "outbound" else "outbound"}


@fact("a visit by the successor", "high_level_visits")
def _(row: Cell) -> dict[str, str] | None:
    found = [
        r["leader_id"]
        for r in row.original.rows["high_level_visits"]
        if r["direction"] == row.row["direction"]
        and r["office"] == row.row["office"]
        and r["leader_id"] != row.row["leader_id"]
    ]
    return {"leader_id": row.rng.choice(found)} if found else None


@fact("a state visit made of another", "high_level_visits")
def _(row: Cell) -> dict[str, str] | None:
    return {"kind": "state"} if row.row["kind"] != "state" else None


@fact("a step over a tier", "partnership_upgrades")
def _(row: Cell) -> dict[str, str] | None:
    return {"from_tier_id": ""} if row.row["from_tier_id"] else None


@fact("the year of a law's number", "legal_instruments")
def _(row: Cell) -> dict[str, str] | None:
    found = re.search(r"(?:19|20)\d\d", row.row["number"])
    if not found:
        return None
    return {"number": row.row["number"].replace(found[0], str(int(found[0]) - 1))}


@fact("a digit of a law's number", "legal_instruments")
def _(row: Cell) -> dict[str, str] | None:
    found = re.match(r"\d+", row.row["number"])
    return {"number": f"{int(found[0]) + 3}{row.row['number'][found.end() :]}"} if found else None


@fact("in force without a day", "trade_agreements")
def _(row: Cell) -> dict[str, str] | None:
    if row.row["status"] != "in_force":
        return None
    return {"in_force_on": "", "in_force_on_precision": ""}


@fact("signed without a day", "trade_agreements")
def _(row: Cell) -> dict[str, str] | None:
    return {"signed_on": "", "signed_on_precision": ""} if row.row["signed_on"] else None


@fact("a part made a whole", "citizen_protection")
def _(row: Cell) -> dict[str, str] | None:
    return {"part_of_id": ""} if row.row["part_of_id"] else None


@fact("a term without its end", "memberships")
def _(row: Cell) -> dict[str, str] | None:
    return {"ends_on": "", "ends_on_precision": ""} if row.row["ends_on"] else None


@fact("a term ten years longer", "memberships")
def _(row: Cell) -> dict[str, str] | None:
    end = row.row["ends_on"]
    return {"ends_on": str(int(end[:4]) + 10) + end[4:]} if end else None


@fact("two codes of a country exchanged", "countries")
def _(row: Cell) -> dict[str, str] | None:
    return {"cow_code": row.row["gw_code"], "gw_code": row.row["cow_code"]}


@fact("published after it was read", "sources")
def _(row: Cell) -> dict[str, str] | None:
    read = row.row["accessed_on"]
    return {"published_on": read[:4] + "-12-31"} if read < "2026-12" else None


@fact("a source a year older", "sources")
def _(row: Cell) -> dict[str, str] | None:
    day = row.row["published_on"]
    return (
        {"published_on": str(int(day[:4]) - 1) + day[4:]}
        if day and not day.endswith("29")
        else None
    )


@fact("another language of the same page", "sources")
def _(row: Cell) -> dict[str, str] | None:
    return {"language": "en" if row.row["language"] == "vi" else "vi"}


@fact("a publisher spelt otherwise", "sources")
def _(row: Cell) -> dict[str, str] | None:
    return {"publisher": row.row["publisher"].replace(" ", "").capitalize()}
