"""Answers about where the rows stand: sources, publishers, samples."""

from __future__ import annotations

import vietnam_foreign_affairs as vfa

from .asking import answer, one


def test_sources_of_a_country_are_all_of_them(con):
    for iso3 in ("FRA", "TUV"):
        rows = answer("sources_of_country", country=iso3)
        assert len(rows) == one(con, f"SELECT count(*) FROM provenance WHERE iso3 = '{iso3}'")
        assert all(row["url"].startswith("http") for row in rows)


def test_a_seed_draws_the_same_rows_again_and_another_one_others(con):
    drawn = answer("rows_to_look_up_again", seed="lotus", size=30)
    rows = [(row["table_name"], row["row_id"]) for row in drawn]
    assert len(set(rows)) == 30
    assert rows == [
        (row["table_name"], row["row_id"])
        for row in answer("rows_to_look_up_again", seed="lotus", size=30)
    ]
    fewer = answer("rows_to_look_up_again", seed="lotus", size=5)
    assert [(row["table_name"], row["row_id"]) for row in fewer] == rows[:5]
    others = answer("rows_to_look_up_again", seed="bamboo", size=30)
    assert {(row["table_name"], row["row_id"]) for row in others} != set(rows)
    facts = {table.name for table in vfa.tables() if table.role == "facts"}
    cited = con.sql("SELECT table_name, row_id, source_id FROM row_sources").fetchall()
    pages = {(table, row): source for table, row, source in cited}
    urls = dict(con.sql("SELECT source_id, url FROM sources").fetchall())
    for row in drawn:
        assert row["table_name"] in facts
        assert row["url"] == urls[pages[row["table_name"], row["row_id"]]]
        assert row["row_id"].split("/")[0] in row["states"]


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
