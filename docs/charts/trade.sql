-- data: rows
WITH cited AS (
    SELECT observation_id, source_id FROM observations
    UNION
    SELECT row_id, source_id FROM evidence
    WHERE table_name = 'observations' AND relation = 'supports' AND field IS NULL
), wanted AS (
    SELECT f.observation_id, year(f.ends_on) AS year, f.indicator_id, f.value, f.qualifier, f.obs_status,
        f.stated_by, f.stated_on, c.source_id
    FROM stated_figures f
    JOIN cited c USING (observation_id)
    WHERE indicator_id IN ('goods_turnover', 'goods_exports', 'goods_imports', 'goods_balance')
        AND obs_status <> 'F' AND month(starts_on) = 1 AND month(ends_on) = 12 AND year(starts_on) = year(ends_on)
), statements AS (
    -- What one page says of one year; of several figures of a kind the exact one.
    SELECT year, source_id, obs_status,
        count(DISTINCT indicator_id) AS figures,
        bool_and(qualifier = 'exact') AS is_exact,
        max(stated_on) AS stated_on,
        max(stated_by) AS stated_by,
        map_from_entries(list((indicator_id, value) ORDER BY qualifier = 'exact', observation_id)
            FILTER (is_first)) AS value,
        map_from_entries(list((indicator_id, nullif(replace(qualifier, '_', ' '), 'exact')) ORDER BY observation_id)
            FILTER (is_first)) AS word
    FROM (
        SELECT *, row_number() OVER (
            PARTITION BY year, source_id, obs_status, indicator_id ORDER BY qualifier <> 'exact', observation_id
        ) = 1 AS is_first
        FROM wanted
    )
    GROUP BY year, source_id, obs_status
), chosen AS (
    SELECT * FROM statements
    QUALIFY row_number() OVER (
        PARTITION BY year
        ORDER BY value['goods_exports'] IS NOT NULL AND value['goods_imports'] IS NOT NULL DESC, strpos('APE', obs_status), figures DESC, is_exact DESC, stated_on DESC NULLS LAST, source_id
    ) = 1
)
SELECT c.year,
    c.value['goods_turnover'] AS turnover, c.word['goods_turnover'] AS turnover_qualifier,
    c.value['goods_exports'] AS exports, c.word['goods_exports'] AS exports_qualifier,
    c.value['goods_imports'] AS imports, c.word['goods_imports'] AS imports_qualifier,
    c.value['goods_balance'] AS balance, c.word['goods_balance'] AS balance_qualifier,
    'billion US dollars' AS unit,
    CASE c.obs_status WHEN 'A' THEN 'normal' WHEN 'P' THEN 'provisional' ELSE 'estimate' END AS status,
    c.stated_by, s.publisher, s.url
FROM chosen c
JOIN sources s USING (source_id)
ORDER BY year;

-- summary
SELECT format('Bars a year, of each year what one page states. Goods turnover grows from {} billion US dollars in {} to {} billion in {}.',
    arg_min(value, ends_on), min(year(ends_on)), arg_max(value, ends_on), max(year(ends_on))) AS en, NULL AS vi
FROM best_figures
WHERE indicator_id = 'goods_turnover' AND obs_status <> 'F' AND month(starts_on) = 1 AND month(ends_on) = 12;
