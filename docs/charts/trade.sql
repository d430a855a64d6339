-- data: rows
WITH cited AS (
    SELECT observation_id, source_id FROM observations
    UNION
    SELECT row_id, source_id FROM evidence
    WHERE table_name = 'observations' AND relation = 'supports' AND field IS NULL
), wanted AS (
    -- What a page says of a year; of several figures of a kind the exact one.
    SELECT year(f.ends_on) AS year, c.source_id, f.obs_status, f.indicator_id, f.value, f.stated_by, f.stated_on,
        nullif(replace(f.qualifier, '_', ' '), 'exact') AS word
    FROM stated_figures f
    JOIN cited c USING (observation_id)
    WHERE f.indicator_id IN ('goods_turnover', 'goods_exports', 'goods_imports', 'goods_balance')
        AND f.obs_status <> 'F' AND month(f.starts_on) = 1 AND month(f.ends_on) = 12
        AND year(f.starts_on) = year(f.ends_on)
    QUALIFY row_number() OVER (
        PARTITION BY year(f.ends_on), c.source_id, f.obs_status, f.indicator_id
        ORDER BY f.qualifier <> 'exact', f.observation_id
    ) = 1
), pages AS (
    SELECT year, source_id, obs_status, count(*) AS figures, count(word) AS words,
        max(stated_on) AS stated_on, max(stated_by) AS stated_by,
        any_value(value) FILTER (indicator_id = 'goods_turnover') AS turnover,
        any_value(word) FILTER (indicator_id = 'goods_turnover') AS turnover_qualifier,
        any_value(value) FILTER (indicator_id = 'goods_exports') AS exports,
        any_value(word) FILTER (indicator_id = 'goods_exports') AS exports_qualifier,
        any_value(value) FILTER (indicator_id = 'goods_imports') AS imports,
        any_value(word) FILTER (indicator_id = 'goods_imports') AS imports_qualifier,
        any_value(value) FILTER (indicator_id = 'goods_balance') AS balance,
        any_value(word) FILTER (indicator_id = 'goods_balance') AS balance_qualifier
    FROM wanted
    GROUP BY year, source_id, obs_status
)
SELECT p.year, p.turnover, p.turnover_qualifier, p.exports, p.exports_qualifier, p.imports, p.imports_qualifier,
    p.balance, p.balance_qualifier, 'billion US dollars' AS unit,
    CASE p.obs_status WHEN 'A' THEN 'normal' WHEN 'P' THEN 'provisional' ELSE 'estimate' END AS status,
    p.stated_by, s.publisher, s.url
FROM pages p
JOIN sources s USING (source_id)
QUALIFY row_number() OVER (
    PARTITION BY p.year
    ORDER BY p.exports IS NULL OR p.imports IS NULL, strpos('APE', p.obs_status), p.figures DESC, p.words > 0,
        p.stated_on DESC NULLS LAST, p.source_id
) = 1
ORDER BY year;

-- summary
SELECT format('Bars a year, of each year what one page states. Goods turnover grows from {} billion US dollars in {} to {} billion in {}.',
    arg_min(value, ends_on), min(year(ends_on)), arg_max(value, ends_on), max(year(ends_on))) AS en, NULL AS vi
FROM best_figures
WHERE indicator_id = 'goods_turnover' AND obs_status <> 'F' AND month(starts_on) = 1 AND month(ends_on) = 12;
