-- Arithmetic that must hold between stated figures. Each line derives one observation from others,
-- from what the same source states of each term, otherwise from all that is stated of it.
CREATE VIEW identities AS
WITH cited AS (
    SELECT DISTINCT observation_id, source_id FROM observations
    UNION
    SELECT row_id, source_id FROM evidence WHERE table_name = 'observations' AND relation = 'supports'
), together AS (
    SELECT DISTINCT a.observation_id, b.observation_id AS with_id
    FROM cited a JOIN cited b USING (source_id)
), figures AS (
    -- Each term of an observation's period: what the same source states of it, or else everything
    -- that is stated of it. A forecast is compared with forecasts of the same source only.
    SELECT
        o.observation_id,
        t.indicator_id AS term,
        t.observation_id IN (
            SELECT with_id FROM together x WHERE x.observation_id = o.observation_id
        ) AS same_source,
        min(t.low) AS low,
        arg_min(t.value, (strpos('APEF', t.obs_status), rounding(t.value, t.unit), t.observation_id)) AS value,
        max(t.high) AS high
    FROM observations o
    JOIN stated_figures t
        ON t.ends_on = o.ends_on
        AND t.starts_on IS NOT DISTINCT FROM o.starts_on
        AND t.indicator_id <> o.indicator_id
        AND (t.obs_status = 'F') = (o.obs_status = 'F')
    GROUP BY o.observation_id, t.indicator_id, same_source
    HAVING same_source OR any_value(o.obs_status) <> 'F'
    QUALIFY same_source = bool_or(same_source) OVER (PARTITION BY o.observation_id, t.indicator_id)
), sums AS (
    SELECT 'turnover' AS check_id, o.observation_id,
        e.low + i.low AS low, e.value + i.value AS derived, e.high + i.high AS high
    FROM observations o
    JOIN figures e ON e.observation_id = o.observation_id AND e.term = 'goods_exports'
    JOIN figures i ON i.observation_id = o.observation_id AND i.term = 'goods_imports'
    WHERE o.indicator_id = 'goods_turnover'
    UNION ALL
    SELECT 'balance', o.observation_id, e.low - i.high, e.value - i.value, e.high - i.low
    FROM observations o
    JOIN figures e ON e.observation_id = o.observation_id AND e.term = 'goods_exports'
    JOIN figures i ON i.observation_id = o.observation_id AND i.term = 'goods_imports'
    WHERE o.indicator_id = 'goods_balance'
    UNION ALL
    SELECT 'activities', o.observation_id, a.low + b.low, a.value + b.value, a.high + b.high
    FROM observations o
    JOIN figures a ON a.observation_id = o.observation_id AND a.term = 'outbound_visits'
    JOIN figures b ON b.observation_id = o.observation_id AND b.term = 'inbound_delegations'
    WHERE o.indicator_id = 'high_level_activities'
    UNION ALL
    SELECT 'tiers', o.observation_id, csp.low + sp.low + cp.low, csp.value + sp.value + cp.value,
        csp.high + sp.high + cp.high
    FROM observations o
    JOIN figures csp ON csp.observation_id = o.observation_id AND csp.term = 'partners_csp'
    JOIN figures sp ON sp.observation_id = o.observation_id AND sp.term = 'partners_sp'
    JOIN figures cp ON cp.observation_id = o.observation_id AND cp.term = 'partners_cp'
    WHERE o.indicator_id = 'partners_total'
), stocks AS (
    -- The flow as the same source states it, or else the best; the stock of a year before, the best.
    SELECT 'stock_and_flow' AS check_id, o.observation_id,
        p.low + coalesce(f.low, b.low) AS low,
        p.value + coalesce(f.value, b.value) AS derived,
        p.high + coalesce(f.high, b.high) AS high
    FROM observations o
    JOIN (VALUES ('unesco_titles', 'unesco_titles_added'), ('diplomatic_partners', 'new_diplomatic_partners'))
        pair (stock, flow) ON o.indicator_id = pair.stock
    JOIN best_figures p
        ON p.indicator_id = pair.stock AND p.ends_on = (o.ends_on - INTERVAL 1 YEAR)::DATE
    LEFT JOIN (
        SELECT f.*, x.observation_id AS for_id FROM stated_figures f JOIN together x ON x.with_id = f.observation_id
    ) f
        ON f.for_id = o.observation_id
        AND f.indicator_id = pair.flow AND f.ends_on = o.ends_on AND month(f.starts_on) = 1
    LEFT JOIN best_figures b
        ON b.indicator_id = pair.flow AND b.ends_on = o.ends_on AND month(b.starts_on) = 1
    WHERE coalesce(f.value, b.value) IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY o.observation_id ORDER BY f.observation_id) = 1
), growth AS (
    -- A growth rate contradicts the record only where no pair of stated figures yields it.
    -- "Up to" says nothing of how small a figure is.
    SELECT 'growth' AS check_id, o.observation_id,
        100 * (now.low / before.high - 1) AS low,
        100 * (now.value / before.value - 1) AS derived,
        100 * (now.high / before.low - 1) AS high
    FROM observations o
    JOIN (
        SELECT indicator_id, starts_on, ends_on,
            min(low) AS low, arg_min(value, (strpos('APEF', obs_status), rounding(value, unit))) AS value, max(high) AS high
        FROM stated_figures WHERE obs_status <> 'F' AND qualifier <> 'up_to' GROUP BY ALL
    ) now
        ON now.indicator_id || '_growth' = o.indicator_id
        AND now.starts_on = o.starts_on AND now.ends_on = o.ends_on
        AND o.obs_status <> 'F'
    JOIN (
        SELECT indicator_id, starts_on, ends_on,
            min(low) AS low, arg_min(value, (strpos('APEF', obs_status), rounding(value, unit))) AS value, max(high) AS high
        FROM stated_figures WHERE obs_status <> 'F' AND qualifier <> 'up_to' GROUP BY ALL
    ) before
        ON before.indicator_id = now.indicator_id
        AND before.starts_on = (o.starts_on - INTERVAL 1 YEAR)::DATE
        AND before.ends_on = (o.ends_on - INTERVAL 1 YEAR)::DATE
), multiples AS (
    -- "n times last year": the two stated figures divided.
    SELECT 'multiple' AS check_id, o.observation_id,
        now.low / before.high AS low, now.value / before.value AS derived, now.high / before.low AS high
    FROM observations o
    JOIN best_figures now
        ON now.indicator_id || '_multiple' = o.indicator_id
        AND now.starts_on = o.starts_on AND now.ends_on = o.ends_on
    JOIN best_figures before
        ON before.indicator_id = now.indicator_id
        AND before.starts_on = (o.starts_on - INTERVAL 1 YEAR)::DATE
        AND before.ends_on = (o.ends_on - INTERVAL 1 YEAR)::DATE
), balances AS (
    SELECT
        year(ends_on) AS year,
        value > 0 AS is_surplus,
        row_number() OVER (ORDER BY ends_on) - row_number() OVER (PARTITION BY value > 0 ORDER BY ends_on) AS run
    FROM best_figures
    WHERE indicator_id = 'goods_balance' AND month(starts_on) = 1 AND month(ends_on) = 12
), surplus AS (
    SELECT 'surplus_years' AS check_id, o.observation_id, count(*) AS low, count(*) AS derived, count(*) AS high
    FROM observations o
    JOIN balances latest ON latest.year = year(o.ends_on) AND latest.is_surplus
    JOIN balances b ON b.is_surplus AND b.run = latest.run AND b.year <= latest.year
    WHERE o.indicator_id = 'trade_surplus_years'
    GROUP BY o.observation_id
), rivals AS (
    -- Final statements of one figure must not exclude each other.
    SELECT 'rival_statements' AS check_id, o.observation_id, b.low, b.value AS derived, b.high
    FROM observations o
    JOIN best_figures b
        ON b.indicator_id = o.indicator_id AND b.ends_on = o.ends_on
        AND b.starts_on IS NOT DISTINCT FROM o.starts_on
    WHERE b.observation_id <> o.observation_id AND o.obs_status = 'A' AND b.obs_status = 'A'
        -- a total that events derive is compared with the events instead
        AND o.observation_id NOT IN (SELECT observation_id FROM derived_observations)
)
FROM sums
UNION ALL FROM stocks
UNION ALL FROM growth
UNION ALL FROM multiples
UNION ALL FROM surplus
UNION ALL FROM rivals;
COMMENT ON VIEW identities IS 'Arithmetic that must hold between stated figures, one line an identity and observation.';
