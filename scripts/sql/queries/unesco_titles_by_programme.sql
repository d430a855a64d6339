-- title: UNESCO titles by programme
-- title_vi: Danh hiệu UNESCO theo chương trình
-- question: How many UNESCO titles does Viet Nam hold in each programme, and which were the first and the latest?
WITH titles AS (
    SELECT * FROM unesco_titles WHERE step = 'inscription' AND counted_in_official_total IS DISTINCT FROM false
), later AS (
    SELECT programme, count(*) AS steps FROM unesco_titles WHERE step <> 'inscription' GROUP BY programme
)
SELECT
    t.programme,
    count(*) AS titles,
    first(t.name_en ORDER BY t.inscribed_on, t.title_id) AS first_title,
    min(t.inscribed_on) AS first_on,
    first(t.inscribed_on_precision ORDER BY t.inscribed_on, t.title_id) AS first_on_precision,
    last(t.name_en ORDER BY t.inscribed_on, t.title_id) AS latest_title,
    last(t.name_vi ORDER BY t.inscribed_on, t.title_id) AS latest_title_vi,
    max(t.inscribed_on) AS latest_on,
    last(t.inscribed_on_precision ORDER BY t.inscribed_on, t.title_id) AS latest_on_precision,
    coalesce(any_value(l.steps), 0) AS extensions_transfers_and_repeats
FROM titles t
LEFT JOIN later l USING (programme)
GROUP BY t.programme
ORDER BY titles DESC, t.programme;
