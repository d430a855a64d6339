-- title: International visitors by year and recovery
-- title_vi: Khách quốc tế theo năm và mức phục hồi
-- question: How many international visitors came in each year, in millions, and what share is that of a base year?
-- param base_year: the year to compare with
WITH visitors AS (
    SELECT
        year(ends_on) AS year,
        value AS million_visitors,
        CASE obs_status WHEN 'A' THEN 'final' WHEN 'P' THEN 'preliminary' WHEN 'E' THEN 'estimate' ELSE 'forecast' END
            || CASE WHEN qualifier = 'exact' THEN '' ELSE ', ' || qualifier END AS quality,
        source_id
    FROM best_figures
    WHERE indicator_id = 'international_visitors' AND counterpart_iso3 IS NULL
        AND starts_on = make_date(year(ends_on), 1, 1)
        AND ends_on = make_date(year(ends_on), 12, 31)
)
SELECT
    v.year,
    v.million_visitors,
    v.quality,
    round(100 * (v.million_visitors / previous.million_visitors - 1), 1) AS percent_change,
    round(100 * v.million_visitors / base.million_visitors, 1) AS percent_of_base_year,
    s.publisher,
    s.url
FROM visitors v
LEFT JOIN visitors previous ON previous.year = v.year - 1
LEFT JOIN visitors base ON base.year = coalesce(getvariable('base_year'), 2019)::INTEGER
JOIN sources s ON s.source_id = v.source_id
ORDER BY v.year;
