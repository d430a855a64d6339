"""A date that is known to the month or the year says so wherever it goes."""

from __future__ import annotations

import pytest

import vietnam_foreign_affairs as vfa
from vietnam_foreign_affairs import database, questions
from vietnam_foreign_affairs.package import package

# Days that no precision goes with: of pages and coverages; the bounds of a figure's period; the
# outer days that a date may mean; a trip's last day, known where its first is.
DAYS = {"published_on", "last_checked", "complete_until", "covers_from", "covers_until", "as_of"}
PERIOD = {"starts_on", "ends_on"}
SILENT = {
    "stated_figures": PERIOD,
    "best_figures": PERIOD,
    "reconciliation": PERIOD,
    "table_coverage": PERIOD,
    "preliminary_and_final_figures": PERIOD,
    "totals_stated_and_derived": PERIOD,
    "indicator_events": {"first_on", "last_on"},
    "trips": {"ends_on"},
}
NAMED = {query.name: query.sql for query in questions.queries(package())}
VIEWS = {v.name: f"FROM {v.name}" for v in database.described(package()).values() if not v.is_macro}


@pytest.mark.parametrize("name", [*VIEWS, *NAMED])
def test_a_day_has_its_precision_beside_it(name):
    answer = vfa.connect().execute((VIEWS | NAMED)[name])
    columns = {column[0]: str(column[1]) for column in answer.description}
    silent = {
        n for n, kind in columns.items() if kind == "DATE" and f"{n}_precision" not in columns
    }
    assert silent <= DAYS | SILENT.get(name, set())


def test_a_partner_of_a_month_is_no_partner_of_its_first_day():
    rows = vfa.query("partners_as_of", day="2012-01-01").fetchall()
    since = {row[0]: (str(row[4]), row[5]) for row in rows}
    assert since["VEN"] == ("2007-05-01", "month")
    (known,) = (
        vfa.connect()
        .execute("SELECT as_known(since, since_precision) FROM partners WHERE iso3 = 'VEN'")
        .fetchone()
    )
    assert known == "2007-05"


@pytest.mark.parametrize(
    ("day", "precision", "last"),
    [
        ("2024-02-01", "month", "2024-02-29"),
        ("2023-12-01", "month", "2023-12-31"),
        ("2024-01-01", "year", "2024-12-31"),
        ("2024-02-01", "day", "2024-02-01"),
    ],
)
def test_a_date_may_mean_any_day_to_its_last(day, precision, last):
    sql = f"SELECT last_day_of(DATE '{day}', '{precision}')::VARCHAR"
    assert vfa.connect().execute(sql).fetchone() == (last,)
