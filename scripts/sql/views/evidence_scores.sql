-- title: Evidence scores
-- title_vi: Mức độ dẫn nguồn
-- description: Per table: rows, share with an official source, with two independent publishers, share of dates known to the day.
-- key: table_name
-- column rows: Rows | Số dòng | Number of rows that cite a source.
-- column share_official: Share official | Tỷ lệ chính thức | Share with an official source.
-- column share_two_publishers: Share with two publishers | Tỷ lệ hai nguồn | Share with sources of two different
--   publishers.
-- column share_dates_to_the_day: Share of dates to the day | Tỷ lệ chính xác đến ngày | Share of dates that are
--   known to the day; blank where the table has no such dates.
-- How well each table is sourced. Official: a government, a party, an international organisation
-- or the text of a treaty. Two publishers: sources that agree, from publishers of two owners.
CREATE VIEW evidence_scores AS
WITH per_row AS (
    SELECT
        table_name,
        row_id,
        bool_or(kind IN ('government', 'party', 'international_organization', 'treaty_text')) AS has_official,
        count(DISTINCT owner) > 1 AS has_two_publishers
    FROM provenance
    -- A source that vouches for one column only says nothing of the rest of the row.
    WHERE relation = 'cites' OR relation = 'supports' AND field IS NULL
    GROUP BY table_name, row_id
), dates AS (
    SELECT table_name, count(*) AS dates, count(*) FILTER (date IS NOT NULL AND date_precision = 'day') AS days
    FROM row_dates
    WHERE date IS NOT NULL
    GROUP BY table_name
)
SELECT
    table_name,
    count(*) AS rows,
    round(avg(has_official::INTEGER), 4) AS share_official,
    round(avg(has_two_publishers::INTEGER), 4) AS share_two_publishers,
    round(any_value(days) / any_value(dates), 4) AS share_dates_to_the_day
FROM per_row
LEFT JOIN dates USING (table_name)
GROUP BY table_name
ORDER BY table_name;
