"""What the record says of itself: coverage of the reviews, claims, evidence, names."""

from __future__ import annotations

import unicodedata

import pytest

import vietnam_foreign_affairs as vfa


@pytest.fixture(scope="module")
def con():
    return vfa.connect()


def value(con, sql):
    return con.sql(sql).fetchone()[0]


def test_the_reviews_are_covered_item_by_item(con):
    items = {
        (year, locator)
        for year, locator in con.sql("SELECT year, locator FROM highlights").fetchall()
    }
    assert {(2025, f"item {n}") for n in range(1, 11)} <= items
    assert {(2024, f"paragraph {n}") for n in range(1, 11)} <= items


def test_partner_totals_follow_from_the_upgrades(con):
    """The totals that officials state at the ends of 2024 and 2025 are those of the record."""
    rows = con.sql(
        "SELECT ends_on, stated, derived FROM reconciliation "
        "WHERE check_id = 'stated_totals' AND indicator_id = 'partners_total' "
        "AND month(ends_on) = 12 AND year(ends_on) IN (2024, 2025)"
    ).fetchall()
    assert {row[0].year for row in rows} == {2024, 2025}
    assert all(stated == derived for _, stated, derived in rows)


def test_new_entrants_make_the_difference_between_two_totals(con):
    before = value(con, "SELECT count(*) FROM partners_as_of('2024-12-31')")
    after = value(con, "SELECT count(*) FROM partners_as_of('2025-12-31')")
    new = value(con, "SELECT new_entrants FROM upgrades_by_year WHERE year = 2025")
    assert after - before == new > 0


def test_no_stated_total_is_left_without_an_account(con):
    open_ones = con.sql(
        "SELECT observation_id FROM reconciliation WHERE status = 'open' AND explanation IS NULL"
    )
    assert open_ones.fetchall() == []


@pytest.mark.parametrize(
    ("least", "tables"),
    [
        (0.8, "table_name = 'partnership_upgrades'"),
        (
            0.75,
            "table_name IN ('unesco_titles', 'memberships', 'trade_agreements', "
            "'legal_instruments', 'events', 'citizen_protection')",
        ),
        # A country and a block of a review rest on one source each, by design. Figures by partner
        # and visits before 2023 mostly rest on one page that shows all of the row.
        (0.4, "role = 'facts' AND table_name NOT IN ('countries', 'highlights')"),
    ],
)
def test_enough_rows_have_two_independent_publishers(con, least, tables):
    """The shares that the project holds itself to."""
    share = value(
        con,
        "SELECT sum(rows * share_two_publishers) / sum(rows) "
        f"FROM evidence_scores JOIN table_coverage USING (table_name) WHERE {tables}",
    )
    assert share >= least


def test_each_identity_is_tested_once_for_each_statement(con):
    rows = con.sql("SELECT check_id, observation_id FROM reconciliation").fetchall()
    assert len(rows) == len(set(rows))


def test_every_indicator_with_a_derivation_is_derived(con):
    """An indicator that claims to follow from a table is compared with it."""
    idle = con.sql(
        "SELECT indicator_id FROM indicators WHERE derivation NOT IN ('observations') "
        "AND indicator_id NOT IN (SELECT indicator_id FROM reconciliation)"
    )
    assert idle.fetchall() == []


def test_a_forecast_never_passes_for_the_best_figure(con):
    worse = con.sql(
        "SELECT b.observation_id FROM best_figures b JOIN observations o "
        "ON o.indicator_id = b.indicator_id AND o.ends_on = b.ends_on "
        "AND o.starts_on IS NOT DISTINCT FROM b.starts_on "
        "AND o.counterpart_iso3 IS NOT DISTINCT FROM b.counterpart_iso3 "
        "WHERE b.obs_status = 'F' AND o.obs_status <> 'F'"
    )
    assert worse.fetchall() == []


def test_a_spell_ends_where_the_next_begins(con):
    overlaps = con.sql(
        "SELECT a.iso3 FROM partnership_spells a JOIN partnership_spells b USING (iso3) "
        "JOIN partnership_tiers ta ON ta.tier_id = a.tier_id AND ta.in_official_total "
        "JOIN partnership_tiers tb ON tb.tier_id = b.tier_id AND tb.in_official_total "
        "WHERE a.valid_from < b.valid_from AND (a.valid_to IS NULL OR a.valid_to > b.valid_from)"
    )
    assert overlaps.fetchall() == []


@pytest.mark.parametrize("table", vfa.tables(), ids=lambda t: t.name)
def test_text_is_composed_unicode(table):
    for row in vfa.read(table.name).fetchall():
        for cell in row:
            if isinstance(cell, str):
                assert unicodedata.normalize("NFC", cell) == cell


def test_vietnamese_leaders_have_names_with_marks(con):
    bare = con.sql("SELECT leader_id FROM leaders WHERE iso3 = 'VNM' AND name_vi IS NULL")
    assert bare.fetchall() == []


def test_every_field_has_both_titles_and_a_description():
    for table in vfa.tables():
        for field in table.fields:
            assert field.title, (table.name, field.name)
            assert field.title_vi, (table.name, field.name)
            assert field.description.endswith("."), (table.name, field.name)


def test_coverage_says_what_is_missing():
    for table in vfa.tables():
        assert table.coverage.description
        assert table.coverage.starts_on <= table.coverage.ends_on
