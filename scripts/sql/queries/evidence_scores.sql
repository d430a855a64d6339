-- title: How well each table is sourced
-- title_vi: Mức độ dẫn nguồn của từng bảng
-- question: For each table, what share of rows has an official source and two independent publishers, and what share of dates is known to the day?
SELECT
    e.table_name,
    e.rows,
    e.share_official,
    e.share_two_publishers,
    e.share_dates_to_the_day,
    c.starts_on AS covers_from,
    c.ends_on AS covers_until,
    c.is_complete,
    c.last_checked
FROM evidence_scores e
JOIN table_coverage c USING (table_name)
ORDER BY e.table_name;
