-- title: A year-end review item by item
-- title_vi: Báo cáo tổng kết năm theo từng mục
-- question: What does the review of a year state in each of its items, which rows of the package record it, and does each figure hold?
-- param year: the year under review
WITH blocks AS (
    SELECT
        source_id,
        locator,
        string_agg(theme, '; ' ORDER BY highlight_id) AS theme,
        string_agg(summary, ' ' ORDER BY highlight_id) AS summary
    FROM highlights
    WHERE year = coalesce(getvariable('year'), 2025)::INTEGER
    GROUP BY source_id, locator
), verdicts AS (
    SELECT observation_id, string_agg(DISTINCT check_id || ': ' || status, '; ' ORDER BY check_id || ': ' || status) AS verdict
    FROM reconciliation
    GROUP BY observation_id
)
SELECT
    b.locator AS item,
    b.theme,
    b.summary,
    p.table_name,
    p.row_id,
    p.relation,
    p.iso3,
    f.indicator,
    f.value AS stated,
    f.qualifier,
    v.verdict
FROM blocks b
LEFT JOIN provenance p
    ON p.source_id = b.source_id AND p.locator = b.locator AND p.table_name <> 'highlights'
LEFT JOIN stated_figures f ON p.table_name = 'observations' AND f.observation_id = p.row_id
LEFT JOIN verdicts v ON v.observation_id = f.observation_id
ORDER BY b.source_id, regexp_extract(b.locator, '[0-9]+')::INTEGER, p.table_name, p.row_id, p.relation, p.field, p.stated_value;
