"""The named questions: each answers, obeys its parameters, and agrees with the tables."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from typing import Any

import duckdb
import pytest

import vietnam_foreign_affairs as vfa

QUERIES = {query.name: query for query in vfa.queries()}
DAY_QUERIES = [q.name for q in QUERIES.values() if "day" in {p.name for p in q.parameters}]
NUMBER_PARAMETERS = [
    (q.name, p.name) for q in QUERIES.values() for p in q.parameters if p.default.isdigit()
]


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return vfa.connect()


@pytest.fixture(scope="module")
def locked() -> duckdb.DuckDBPyConnection:
    """A connection as in a browser: nothing to load, nothing to reach."""
    con = vfa.connect()
    con.execute("SET autoinstall_known_extensions = false")
    con.execute("SET autoload_known_extensions = false")
    con.execute("SET enable_external_access = false")
    return con


def dicts(relation: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def answer(name: str, **params: object) -> list[dict[str, Any]]:
    return dicts(vfa.query(name, **params))


def column(con: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    return [row[0] for row in con.sql(sql).fetchall()]


def one(con: duckdb.DuckDBPyConnection, sql: str) -> Any:
    [value] = column(con, sql)
    return value


# What holds for every question


@pytest.mark.parametrize("name", QUERIES)
def test_query_answers_with_its_defaults(name):
    relation = vfa.query(name)
    assert relation.fetchall(), "no rows"
    assert len(set(relation.columns)) == len(relation.columns)


@pytest.mark.parametrize("name", QUERIES)
def test_query_is_plain_sql_for_any_connection(name, con):
    plain = con.sql(QUERIES[name].sql)
    asked = vfa.query(name)
    assert plain.columns == asked.columns
    assert plain.fetchall() == asked.fetchall()


@pytest.mark.parametrize("name", QUERIES)
def test_query_runs_without_extensions_files_or_network(name, locked):
    assert locked.sql(QUERIES[name].sql).fetchall()


@pytest.mark.parametrize("name", QUERIES)
def test_query_is_one_select_that_says_its_order(name):
    sql = QUERIES[name].sql
    [statement] = duckdb.extract_statements(sql)
    assert statement.type == duckdb.StatementType.SELECT
    assert sql.endswith(";\n")
    assert re.search(r"^ORDER BY .+;\n\Z", sql, re.M | re.S), "the outer SELECT has no ORDER BY"
    # These need an extension in some builds.
    assert not re.search(r"\b(current_date|current_timestamp|(today|now|json\w*)\s*\()", sql, re.I)


def test_query_names_and_titles_are_unique():
    queries = vfa.queries()
    for attribute in ("name", "title", "title_vi", "question"):
        counts = Counter(getattr(query, attribute) for query in queries)
        assert max(counts.values()) == 1, attribute


@pytest.mark.parametrize("name", QUERIES)
def test_header_speaks_english_and_vietnamese(name):
    query = QUERIES[name]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    assert re.search("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", query.title_vi)
    assert query.title_vi != query.title
    assert query.question.endswith("?")


@pytest.mark.parametrize("name", QUERIES)
def test_header_describes_every_parameter(name):
    query = QUERIES[name]
    used = set(re.findall(r"getvariable\('(\w+)'\)", query.sql))
    assert {p.name for p in query.parameters} == used
    assert all(p.description and p.default for p in query.parameters)


def test_unknown_query_is_named():
    with pytest.raises(vfa.PackageError, match="partners_on_mars"):
        vfa.query("partners_on_mars")


@pytest.mark.parametrize("name", QUERIES)
def test_unknown_parameter_is_named(name):
    with pytest.raises(vfa.PackageError, match="galaxy"):
        vfa.query(name, galaxy="Andromeda")


@pytest.mark.parametrize("name", DAY_QUERIES)
@pytest.mark.parametrize("day", ["2025-02-30", "yesterday", "31/12/2024"])
def test_bad_date_is_named(name, day):
    with pytest.raises(vfa.PackageError, match=re.escape(day)):
        vfa.query(name, day=day)


@pytest.mark.parametrize(("name", "parameter"), NUMBER_PARAMETERS)
def test_bad_number_is_named(name, parameter):
    with pytest.raises(vfa.PackageError, match="many"):
        vfa.query(name, **{parameter: "many"})


@pytest.mark.parametrize("name", [q.name for q in QUERIES.values() if q.parameters])
def test_default_written_out_changes_nothing(name):
    given = {p.name: p.default for p in QUERIES[name].parameters}
    assert vfa.query(name, **given).fetchall() == vfa.query(name).fetchall()


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("partners_as_of", {"day": "2012-01-01"}),
        ("comprehensive_strategic_partners", {"day": "2012-01-01"}),
        ("country_ladder", {"country": "JPN"}),
        ("totals_stated_and_derived", {"indicator": "partners_total"}),
        ("year_explained", {"year": 2013}),
        ("diplomatic_relations_established_in", {"year": 1992}),
        ("visitors_by_year", {"base_year": 2010}),
        ("memberships_on_day", {"day": "1990-01-01"}),
        ("review_items", {"year": 2024}),
        ("sources_of_country", {"country": "JPN"}),
        ("most_cited_publishers", {"top": 3}),
    ],
)
def test_parameter_changes_the_answer_of_one_run_only(name, params):
    before = vfa.query(name).fetchall()
    other = vfa.query(name, **params).fetchall()
    assert other
    assert other != before
    assert vfa.query(name).fetchall() == before


def test_every_query_with_a_parameter_is_tried_with_another_value():
    [mark] = [
        m
        for m in test_parameter_changes_the_answer_of_one_run_only.pytestmark
        if m.name == "parametrize"
    ]
    tried = {(name, key) for name, params in mark.args[1] for key in params}
    assert tried == {(q.name, p.name) for q in QUERIES.values() for p in q.parameters}


# Partnerships


def stated(con: duckdb.DuckDBPyConnection, indicator: str) -> list[tuple[datetime.date, float]]:
    found = con.sql(
        "SELECT ends_on, stated FROM reconciliation WHERE check_id = 'stated_totals' "
        f"AND status = 'agrees' AND qualifier = 'exact' AND indicator_id = '{indicator}'"
    ).fetchall()
    assert found
    return found


def test_partners_as_of_has_the_stated_number_of_rows(con):
    for day, total in stated(con, "partners_total"):
        rows = answer("partners_as_of", day=day)
        assert len({row["iso3"] for row in rows}) == len(rows) == total, day
        assert all(row["since"] <= day and row["url"] and row["publisher"] for row in rows)


def test_partners_at_the_end_of_2024_are_as_many_as_officials_stated(con):
    total = one(
        con,
        "SELECT DISTINCT value FROM observations "
        "WHERE indicator_id = 'partners_total' AND ends_on = DATE '2024-12-31'",
    )
    assert len(answer("partners_as_of", day="2024-12-31")) == total


def test_a_partner_enters_on_the_day_of_the_upgrade(con):
    upgrades = con.sql(
        "SELECT iso3, valid_from FROM partnership_spells JOIN partnership_tiers USING (tier_id) "
        "WHERE in_official_total AND step = 1 ORDER BY valid_from DESC LIMIT 5"
    ).fetchall()
    for iso3, day in upgrades:
        eve = day - datetime.timedelta(days=1)
        assert iso3 in {row["iso3"] for row in answer("partners_as_of", day=day)}
        assert iso3 not in {row["iso3"] for row in answer("partners_as_of", day=eve)}


def test_comprehensive_strategic_partners_are_named_with_their_publishers(con):
    for day, total in stated(con, "partners_csp"):
        rows = answer("comprehensive_strategic_partners", day=day)
        assert [row["number"] for row in rows] == list(range(1, int(total) + 1)), day
        for row in rows:
            assert row["publishers"] == len(row["said_by"].split("; "))
            assert row["url"].startswith("http")


def test_ladder_holds_every_step_of_a_country(con):
    for iso3, steps in con.sql(
        "SELECT iso3, count(*) FROM partnership_upgrades GROUP BY iso3"
    ).fetchall():
        rows = answer("country_ladder", country=iso3)
        related = iso3 in column(con, "SELECT iso3 FROM diplomatic_relations")
        assert len(rows) == steps + related
        assert (rows[0]["step"] == "diplomatic relations") == related
        days = [row["day"] for row in rows[related:]]
        assert days == sorted(days)


def test_ladder_takes_the_code_in_small_letters():
    assert answer("country_ladder", country="jpn") == answer("country_ladder", country="JPN")


def test_years_to_next_tier_are_the_distance_of_two_steps(con):
    rows = answer("years_to_next_tier")
    raised = one(
        con,
        "SELECT count(*) FROM partnership_spells JOIN partnership_tiers USING (tier_id) "
        "WHERE in_official_total AND step > 1",
    )
    assert sum(row["from_tier"] != "Diplomatic relations" for row in rows) == raised
    for row in rows:
        days = (row["raised_on"] - row["since"]).days
        assert row["years"] == pytest.approx(days / 365.25, abs=0.051)
        assert days > 0


def test_year_explained_adds_up(con):
    for year, upgrades, entrants, promotions in con.sql(
        "SELECT year, upgrades, new_entrants, promotions FROM upgrades_by_year"
    ).fetchall():
        rows = answer("year_explained", year=year)
        kinds = Counter(row["kind"] for row in rows)
        assert (kinds["new entrant"], kinds["promotion"]) == (entrants, promotions), year
        assert rows[-1]["upgrades_so_far"] == upgrades
        total = one(
            con,
            f"SELECT arg_max(partners, day) FROM partner_totals_by_day WHERE year(day) <= {year}",
        )
        assert rows[-1]["partners_after"] == total, year


# Stated, derived, contradicted


def test_totals_cover_every_derived_statement(con):
    everything = answer("totals_stated_and_derived")
    known = one(con, "SELECT count(*) FROM reconciliation WHERE check_id = 'stated_totals'")
    assert len(everything) == known
    some = answer("totals_stated_and_derived", indicator="partners_total")
    assert some == [row for row in everything if row["indicator_id"] == "partners_total"]


def test_contradictions_stand_beside_the_cell_that_they_contradict(con):
    rows = answer("contradictions")
    evidence = con.sql(
        "SELECT table_name, row_id, field, stated_value FROM evidence "
        "WHERE relation = 'contradicts'"
    ).fetchall()
    keys = ("table_name", "row_id", "field", "stated_value")
    assert Counter(tuple(row[k] for k in keys) for row in rows) == Counter(evidence)

    tables = {table.name: table for table in vfa.tables()}
    for row in rows:
        key = " || '/' || ".join(tables[row["table_name"]].primary_key)
        cell = one(
            con, f"SELECT {row['field']} FROM {row['table_name']} WHERE {key} = '{row['row_id']}'"
        )
        recorded = row["recorded_value"]
        if isinstance(cell, float):
            assert float(recorded) == cell, row
        else:
            assert recorded == (cell and str(cell)), row
        assert row["url"].startswith("http")
        assert row["recorded_from"]


def test_discrepancies_are_all_listed_with_what_they_explain(con):
    rows = answer("documented_discrepancies")
    known = con.sql("SELECT check_id, subject, explanation FROM discrepancies").fetchall()
    assert Counter((r["check_id"], r["subject"], r["explanation"]) for r in rows) == Counter(known)
    subjects = set(column(con, "SELECT observation_id FROM observations"))
    for row in rows:
        if row["subject"] in subjects:
            assert row["stated"] is not None
            assert row["derived"] is not None
            assert row["difference"] == pytest.approx(row["derived"] - row["stated"], abs=1e-5)


def test_claims_name_as_many_countries_as_the_record_derives():
    rows = answer("claims_checked")
    named = [row for row in rows if row["group_size"]]
    assert named
    for row in named:
        countries = row["countries_that_count"]
        assert len(countries.split("; ") if countries else []) == row["derived"], row["claim"]
        if row["countries_that_do_not"]:
            others = row["countries_that_do_not"].split("; ")
            assert len(others) == row["group_size"] - row["derived"]
    assert {row["verdict"] for row in rows} >= {"agrees"}


def test_evidence_scores_are_shares(con):
    rows = answer("evidence_scores")
    assert [row["table_name"] for row in rows] == sorted(
        column(con, "SELECT DISTINCT table_name FROM row_sources")
    )
    for row in rows:
        assert 0 <= row["share_two_publishers"] <= 1
        assert 0 <= row["share_official"] <= 1


# Diplomatic relations


def test_decades_hold_every_state_once(con):
    rows = answer("diplomatic_relations_by_decade")
    total = one(con, "SELECT count(*) FROM diplomatic_relations")
    assert sum(row["established"] for row in rows) == rows[-1]["total_so_far"] == total
    decades = con.sql(
        "SELECT year(established_on) // 10 AS decade, count(*) FROM diplomatic_relations "
        "WHERE established_on IS NOT NULL GROUP BY ALL ORDER BY decade"
    ).fetchall()
    assert [(r["decade"], r["established"]) for r in rows[:-1]] == [
        (f"{decade}0s", count) for decade, count in decades
    ]
    names = [name for row in rows for name in row["countries"].split("; ")]
    assert sorted(names) == sorted(
        column(con, "SELECT name_en FROM diplomatic_relations JOIN countries USING (iso3)")
    )


def test_years_hold_the_states_of_the_year(con):
    for year, states in con.sql(
        "SELECT year(established_on), list(iso3 ORDER BY iso3) FROM diplomatic_relations "
        "WHERE established_on IS NOT NULL GROUP BY ALL"
    ).fetchall():
        rows = answer("diplomatic_relations_established_in", year=year)
        assert sorted(row["iso3"] for row in rows) == states
        assert all(row["publishers"] >= 1 for row in rows)


def test_states_without_a_day_are_those_that_have_none(con):
    rows = answer("states_without_known_day")
    known = column(
        con, "SELECT iso3 FROM diplomatic_relations WHERE established_on_precision = 'day'"
    )
    all_states = column(con, "SELECT iso3 FROM diplomatic_relations")
    assert sorted([*known, *(row["iso3"] for row in rows)]) == sorted(all_states)
    assert all(row["known"] is None or re.fullmatch(r"\d{4}(-\d\d)?", row["known"]) for row in rows)


# Trade and visitors


def test_goods_trade_shows_the_best_figures(con):
    columns = {
        "goods_exports": "exports",
        "goods_imports": "imports",
        "goods_turnover": "turnover",
        "goods_balance": "balance",
    }
    rows = {row["year"]: row for row in answer("goods_trade_by_year")}
    best = con.sql(
        "SELECT indicator_id, year(ends_on), value FROM best_figures "
        f"WHERE indicator_id IN {tuple(columns)} AND date_diff('day', starts_on, ends_on) >= 364"
    ).fetchall()
    assert len(best) == sum(row[c] is not None for row in rows.values() for c in columns.values())
    for indicator, year, value in best:
        assert rows[year][columns[indicator]] == value
        assert rows[year][columns[indicator] + "_quality"]
    both = [row for row in rows.values() if row["exports"] and row["imports"]]
    assert both
    for row in both:
        assert row["exports_plus_imports"] == pytest.approx(row["exports"] + row["imports"], 1e-4)
        assert row["exports_less_imports"] == pytest.approx(
            row["exports"] - row["imports"], abs=1e-3
        )


def test_surplus_run_counts_years_in_a_row():
    trade = {row["year"]: row["balance"] for row in answer("goods_trade_by_year")}
    rows = answer("goods_surplus_run")
    assert [row["year"] for row in rows] == [y for y, value in trade.items() if value is not None]
    for row in rows:
        year, length = row["year"], 0
        while trade.get(year) is not None and (trade[year] > 0) == (trade[row["year"]] > 0):
            year, length = year - 1, length + 1
        assert row["years_in_a_row"] == length, row
    assert any(row["stated_surplus_years"] for row in rows)


def test_visitors_recover_towards_the_base_year():
    for base in (2019, 2023):
        rows = {row["year"]: row for row in answer("visitors_by_year", base_year=base)}
        assert rows[base]["percent_of_base_year"] == 100
        for year, row in rows.items():
            share = 100 * row["million_visitors"] / rows[base]["million_visitors"]
            assert row["percent_of_base_year"] == pytest.approx(share, abs=0.051)
            assert (row["percent_change"] is None) == (year - 1 not in rows)


def test_first_figures_stand_against_a_final_one(con):
    rows = answer("preliminary_and_final_figures")
    assert {row["stage"] for row in rows} <= {"preliminary", "estimate", "forecast"}
    finals = set(
        con.sql(
            "SELECT indicator_id, ends_on, value FROM observations WHERE obs_status = 'A'"
        ).fetchall()
    )
    for row in rows:
        assert (row["indicator_id"], row["ends_on"], row["final"]) in finals
        assert row["revision"] == pytest.approx(row["final"] - row["stated_first"], abs=1e-5)


# Visits


def test_visits_are_counted_once_by_country_and_by_month(con):
    out, into = con.sql(
        "SELECT count(*) FILTER (direction = 'outbound'), count(*) FILTER (direction = 'inbound') "
        "FROM high_level_visits"
    ).fetchone()
    for name in ("visits_by_country", "visits_by_month"):
        rows = answer(name)
        assert (sum(r["outbound"] for r in rows), sum(r["inbound"] for r in rows)) == (out, into)
        assert all(r["visits"] == r["outbound"] + r["inbound"] for r in rows)


def test_trips_are_those_of_the_view(con):
    rows = answer("trips_by_leader_and_year")
    assert sum(row["trips"] for row in rows) == one(con, "SELECT count(*) FROM trips")
    for row in rows:
        routes = row["routes"].split("; ")
        assert len(routes) == row["trips"]
        assert sum(len(route.split(" - ")) for route in routes) == row["visits"]


# UNESCO, organisations, agreements


def test_unesco_titles_are_the_same_by_programme_and_by_year(con):
    programmes, years = answer("unesco_titles_by_programme"), answer("unesco_titles_by_year")
    total = sum(row["titles"] for row in programmes)
    assert total == sum(row["new_titles"] for row in years) == years[-1]["total_so_far"]
    for row in programmes:
        assert row["first_on"] <= row["latest_on"]
    claims = [row for row in years if row["stated_total"] is not None]
    assert claims
    for row in claims:
        assert row["recorded_less_stated"] == row["total_so_far"] - row["stated_total"]


def test_elected_seats_are_held_in_their_term_only(con):
    seats = answer("un_elected_seats")
    bodies = set(
        column(con, "SELECT name_en FROM organizations WHERE kind IN ('un_organ', 'unesco_body')")
    )
    elected = one(
        con,
        "SELECT count(*) FROM memberships JOIN organizations USING (organization_id) "
        "WHERE role IN ('elected_member', 'non_permanent_member') "
        "AND kind IN ('un_organ', 'unesco_body')",
    )
    assert sum(seat["body"] in bodies for seat in seats) == elected
    day = datetime.timedelta(days=1)
    for seat in (s for s in seats if s["ends_on"] and s["role"] == "non_permanent_member"):
        for when, held in (
            (seat["starts_on"] - day, False),
            (seat["starts_on"], True),
            (seat["ends_on"], True),
            (seat["ends_on"].replace(month=12, day=31), True),
            (seat["ends_on"].replace(month=12, day=31) + day, False),
        ):
            rows = answer("memberships_on_day", day=when)
            found = any(
                (r["organization"], r["role"]) == (seat["body"], seat["role"]) for r in rows
            )
            assert found == held, (seat["body"], when)


def test_a_role_in_a_body_is_held_once_and_has_begun():
    for when in ("1980-01-01", "2020-06-30", "2025-12-31"):
        rows = answer("memberships_on_day", day=when)
        assert max(Counter((r["organization"], r["role"]) for r in rows).values()) == 1
        assert all(r["since"] is None or str(r["since"]) <= when for r in rows)


def test_an_observer_who_joins_is_no_longer_an_observer(con):
    joiners = con.sql(
        "SELECT o.name_en, m.starts_on "
        "FROM memberships m JOIN organizations o USING (organization_id) "
        "WHERE m.role = 'member' AND EXISTS (FROM memberships n "
        "WHERE n.organization_id = m.organization_id AND n.role = 'observer' "
        "AND n.starts_on < m.starts_on)"
    ).fetchall()
    assert joiners
    for body, joined in joiners:
        roles = [
            {r["role"] for r in answer("memberships_on_day", day=when) if r["organization"] == body}
            for when in (
                joined - datetime.timedelta(days=1),
                datetime.date(joined.year + 1, 1, 1),
            )
        ]
        assert roles == [{"observer"}, {"member"}], body


def test_trade_agreements_cover_every_economy_once(con):
    rows = answer("trade_agreement_coverage")
    assert len(rows) == one(con, "SELECT count(*) FROM trade_agreements")
    union = set(column(con, "SELECT iso3 FROM country_groups WHERE group_id = 'eu'"))
    parties = set(
        column(
            con,
            "SELECT iso3 FROM trade_agreement_parties JOIN trade_agreements USING (agreement_id) "
            "WHERE kind IN ('fta', 'cepa') AND status = 'in_force'",
        )
    )
    if "EUU" in parties:
        parties = parties - {"EUU"} | union
    covering = [row for row in rows if row["economies_first_covered"] is not None]
    assert sum(row["economies_first_covered"] for row in covering) == len(parties)
    by_then = [row["economies_covered_by_then"] for row in covering]
    assert by_then == sorted(by_then)
    assert by_then[-1] == len(parties)
    for row in rows:
        assert row["partners"] == len(
            row["partner_names"].split("; ") if row["partner_names"] else []
        )


# Reviews, sources, the rest


def test_review_shows_every_block_and_every_row_that_records_it(con):
    for year in column(con, "SELECT DISTINCT year FROM highlights"):
        rows = answer("review_items", year=year)
        blocks = con.sql(
            f"SELECT DISTINCT source_id, locator FROM highlights WHERE year = {year}"
        ).fetchall()
        assert {row["item"] for row in rows} == {locator for _, locator in blocks}
        numbers = [int(re.search(r"\d+", row["item"])[0]) for row in rows]
        assert numbers == sorted(numbers)
        expected = con.sql(
            "SELECT DISTINCT p.table_name, p.row_id FROM provenance p JOIN highlights h "
            "USING (source_id, locator) "
            f"WHERE h.year = {year} AND p.table_name <> 'highlights'"
        ).fetchall()
        shown = {(row["table_name"], row["row_id"]) for row in rows if row["table_name"]}
        assert shown == set(expected)
        assert all(
            (row["stated"] is not None) == (row["table_name"] == "observations") for row in rows
        )


def test_sources_of_a_country_are_all_of_them(con):
    for iso3 in ("FRA", "TUV"):
        rows = answer("sources_of_country", country=iso3)
        assert len(rows) == one(con, f"SELECT count(*) FROM provenance WHERE iso3 = '{iso3}'")
        assert all(row["url"].startswith("http") for row in rows)


def test_protection_counts_every_operation_and_adds_no_figures_up(con):
    rows = {row["iso3"]: row for row in answer("citizens_protected_by_place")}
    for iso3, operations, largest in con.sql(
        "SELECT iso3, count(*), max(people) FROM citizen_protection GROUP BY iso3"
    ).fetchall():
        assert rows[iso3]["operations"] == operations
        assert rows[iso3]["largest_figure"] == largest


def test_legal_instruments_come_in_the_order_of_their_day(con):
    rows = answer("legal_instruments_by_year")
    assert len(rows) == one(con, "SELECT count(*) FROM legal_instruments")
    days = [row["issued_on"] for row in rows if row["issued_on"]]
    assert days == sorted(days)
    assert [row["year"] for row in rows if row["issued_on"]] == [day.year for day in days]


def test_publishers_are_ranked_by_the_rows_that_they_support(con):
    rows = answer("most_cited_publishers", top=10)
    assert len(rows) == 10
    counts = [row["rows_supported"] for row in rows]
    assert counts == sorted(counts, reverse=True)
    most = con.sql(
        "SELECT publisher, count(DISTINCT table_name || ' ' || row_id) AS n FROM provenance "
        "WHERE relation <> 'contradicts' GROUP BY publisher ORDER BY n DESC, publisher LIMIT 1"
    ).fetchone()
    assert (rows[0]["publisher"], rows[0]["rows_supported"]) == most
