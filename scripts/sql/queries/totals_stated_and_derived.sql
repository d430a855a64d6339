-- title: Totals stated and derived over time
-- title_vi: Số liệu công bố và số liệu suy ra từ sự kiện theo thời gian
-- question: Which totals did officials and the press state over time, and what follows from the recorded events?
-- param indicator (indicators.indicator_id): the indicator, for example partners_total; % stands for every one
SELECT
    r.indicator_id,
    r.indicator,
    r.starts_on,
    r.ends_on AS as_of,
    r.stated,
    r.qualifier,
    r.derived,
    r.difference,
    r.status,
    r.stated_by,
    r.stated_on,
    r.stated_on_precision,
    r.explanation,
    s.publisher,
    s.url
FROM reconciliation r
JOIN sources s USING (source_id)
WHERE r.check_id = 'stated_totals'
    AND r.indicator_id LIKE coalesce(getvariable('indicator'), '%')
ORDER BY r.indicator_id, r.ends_on, r.starts_on, r.stated, r.observation_id;
