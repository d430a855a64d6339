-- title: Preliminary against final figures
-- title_vi: Số liệu sơ bộ so với số liệu chính thức
-- question: How far were forecasts, estimates and preliminary figures from the final one of the same period?
WITH final AS (
    SELECT * FROM best_figures WHERE obs_status = 'A'
)
SELECT
    p.indicator_id,
    p.indicator,
    p.counterpart_iso3,
    p.unit,
    p.starts_on,
    p.ends_on,
    CASE p.obs_status WHEN 'P' THEN 'preliminary' WHEN 'E' THEN 'estimate' ELSE 'forecast' END AS stage,
    p.stated_on,
    p.stated_on_precision,
    p.value AS stated_first,
    p.qualifier,
    f.value AS final,
    f.qualifier AS final_qualifier,
    round(f.value - p.value, 6) AS revision,
    CASE WHEN p.kind <> 'ratio' AND p.value <> 0 THEN round(100 * (f.value - p.value) / abs(p.value), 2) END AS revision_percent,
    p.stated_by,
    s.publisher,
    s.url
FROM stated_figures p
JOIN final f
    ON f.indicator_id = p.indicator_id AND f.counterpart_iso3 IS NOT DISTINCT FROM p.counterpart_iso3
    AND f.ends_on = p.ends_on AND f.starts_on IS NOT DISTINCT FROM p.starts_on
JOIN sources s ON s.source_id = p.source_id
WHERE p.obs_status <> 'A'
ORDER BY p.indicator_id, p.ends_on, p.starts_on, p.stated_on, p.observation_id;
