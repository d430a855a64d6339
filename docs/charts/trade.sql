-- data: rows
SELECT year(ends_on) AS year,
    max(value) FILTER (indicator_id = 'goods_turnover') AS turnover,
    max(value) FILTER (indicator_id = 'goods_exports') AS exports,
    max(value) FILTER (indicator_id = 'goods_imports') AS imports,
    max(value) FILTER (indicator_id = 'goods_balance') AS balance
FROM best_figures
WHERE indicator_id IN ('goods_turnover', 'goods_exports', 'goods_imports', 'goods_balance')
    AND obs_status <> 'F' AND month(starts_on) = 1 AND month(ends_on) = 12 AND year(starts_on) = year(ends_on)
GROUP BY year
ORDER BY year;

-- summary
SELECT format('Bars a year. Goods turnover grows from {} billion US dollars in {} to {} billion in {}; the balance of {} is {} billion.',
    arg_min(value, ends_on) FILTER (indicator_id = 'goods_turnover'), min(year(ends_on)) FILTER (indicator_id = 'goods_turnover'),
    arg_max(value, ends_on) FILTER (indicator_id = 'goods_turnover'), max(year(ends_on)) FILTER (indicator_id = 'goods_turnover'),
    max(year(ends_on)) FILTER (indicator_id = 'goods_balance'), arg_max(value, ends_on) FILTER (indicator_id = 'goods_balance')) AS en, NULL AS vi
FROM best_figures
WHERE obs_status <> 'F' AND month(starts_on) = 1 AND month(ends_on) = 12;
