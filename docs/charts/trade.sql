-- data: rows
SELECT t.* EXCLUDE (counterpart_iso3, obs_status, stated_on, stated_on_precision, source_id), 'billion US dollars' AS unit,
    CASE t.obs_status WHEN 'A' THEN 'normal' WHEN 'P' THEN 'provisional' ELSE 'estimate' END AS status,
    s.publisher, s.url
FROM goods_trade t
JOIN sources s USING (source_id)
WHERE t.counterpart_iso3 IS NULL
ORDER BY year;

-- summary
SELECT format('Bars a year, of each year what one page states. Goods turnover grows from {} billion US dollars in {} to {} billion in {}.',
    arg_min(turnover, year), min(year), arg_max(turnover, year), max(year)) AS en, NULL AS vi
FROM goods_trade
WHERE counterpart_iso3 IS NULL AND turnover IS NOT NULL;
