-- data: rows
SELECT t.* EXCLUDE (counterpart_iso3, obs_status, stated_on, stated_on_precision, source_id), said('billion US dollars') AS unit,
    year || ': ' || said('exports') || ' ' || coalesce(said(exports_qualifier) || ' ', '') || figure(exports) || ' ' || unit AS exports_label,
    year || ': ' || said('imports') || ' ' || coalesce(said(imports_qualifier) || ' ', '') || figure(imports) || ' ' || unit AS imports_label,
    year || ': ' || said('balance') || ' ' || coalesce(said(balance_qualifier) || ' ', '') || figure(balance) || ' ' || unit AS balance_label,
    said(CASE t.obs_status WHEN 'A' THEN 'normal' WHEN 'P' THEN 'provisional' ELSE 'estimate' END) AS status,
    s.publisher, s.url
FROM goods_trade t
JOIN sources s USING (source_id)
WHERE t.counterpart_iso3 IS NULL
ORDER BY year;

-- summary
SELECT format(said('Bars a year, of each year what one page states. Goods turnover grows from {} billion US dollars in {} to {} billion in {}.'),
    figure(arg_min(turnover, year)), min(year), figure(arg_max(turnover, year)), max(year)) AS words,
    (SELECT format(said('Exports grew from {} to {} billion US dollars between {} and {}'),
        figure(arg_min(exports, year)), figure(arg_max(exports, year)), min(year), max(year))
        FROM goods_trade WHERE counterpart_iso3 IS NULL AND exports IS NOT NULL) AS finding
FROM goods_trade
WHERE counterpart_iso3 IS NULL AND turnover IS NOT NULL;
