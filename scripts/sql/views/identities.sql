-- title: Identities
-- title_vi: Các đẳng thức số liệu
-- description: Arithmetic that must hold between stated figures, one line an identity and observation.
-- column check_id: Check | Phép kiểm tra | Name of the check that compares the two.
-- column low: Least | Nhỏ nhất | Least figure that can follow.
-- column derived: Derived | Tính được | The figure that follows from the other figures.
-- column high: Greatest | Lớn nhất | Greatest figure that can follow.
-- Arithmetic that must hold between stated figures. Each line derives one observation from others,
-- from what the same source states of each term, otherwise from all that is stated of it. Statements
-- are summed up by period, and by source and period, before they meet: none is joined with each other.
CREATE VIEW identities AS
WITH figures AS MATERIALIZED (
    SELECT
        *,
        obs_status = 'F' AS is_forecast,
        coalesce(starts_on, DATE '0001-01-01') AS begins_on, -- a stock has no first day, and must join
        coalesce(counterpart_iso3, '') AS partner, -- nor has the world a code
        {
            'rank': strpos('APEF', obs_status), 'rounding': rounding(value, unit),
            'observation_id': observation_id, 'value': value
        } AS best
    FROM stated_figures
), by_period AS (
    SELECT indicator_id, partner, begins_on, ends_on, is_forecast, min(low) AS low, min(best) AS best, max(high) AS high
    FROM figures
    GROUP BY ALL
), cited AS MATERIALIZED (
    SELECT observation_id, source_id AS cited_id FROM observations
    UNION
    SELECT row_id, source_id FROM evidence WHERE table_name = 'observations' AND relation = 'supports'
), by_source AS (
    SELECT cited_id, indicator_id, partner, begins_on, ends_on, is_forecast, min(low) AS low, min(best) AS best, max(high) AS high
    FROM figures
    JOIN cited USING (observation_id)
    GROUP BY ALL
), identity_terms (check_id, indicator_id, term, sign) AS (
    VALUES
        ('turnover', 'goods_turnover', 'goods_exports', 1),
        ('turnover', 'goods_turnover', 'goods_imports', 1),
        ('balance', 'goods_balance', 'goods_exports', 1),
        ('balance', 'goods_balance', 'goods_imports', -1),
        ('activities', 'high_level_activities', 'outbound_visits', 1),
        ('activities', 'high_level_activities', 'inbound_delegations', 1),
        ('tiers', 'partners_total', 'partners_csp', 1),
        ('tiers', 'partners_total', 'partners_sp', 1),
        ('tiers', 'partners_total', 'partners_cp', 1)
), wanted AS (
    SELECT * FROM figures JOIN identity_terms USING (indicator_id)
), from_same_source AS (
    SELECT w.check_id, w.observation_id, w.term, min(s.low) AS low, min(s.best) AS best, max(s.high) AS high
    FROM wanted w
    JOIN cited c ON c.observation_id = w.observation_id
    JOIN by_source s
        ON s.cited_id = c.cited_id AND s.indicator_id = w.term AND s.partner = w.partner
        AND s.begins_on = w.begins_on AND s.ends_on = w.ends_on AND s.is_forecast = w.is_forecast
    GROUP BY ALL
), terms AS (
    -- A forecast is compared with forecasts of the same source only; so is a figure of one partner,
    -- of which both sides have their own.
    SELECT
        w.check_id, w.observation_id, w.sign,
        coalesce(s.low, p.low) AS low, coalesce(s.best, p.best).value AS value, coalesce(s.high, p.high) AS high
    FROM wanted w
    LEFT JOIN from_same_source s
        ON s.check_id = w.check_id AND s.observation_id = w.observation_id AND s.term = w.term
    LEFT JOIN by_period p
        ON p.indicator_id = w.term AND p.partner = '' AND w.partner = ''
        AND p.begins_on = w.begins_on AND p.ends_on = w.ends_on
        AND NOT p.is_forecast AND NOT w.is_forecast
), sums AS (
    SELECT
        check_id,
        observation_id,
        sum(if(sign > 0, low, -high)) AS low,
        sum(sign * value) AS derived,
        sum(if(sign > 0, high, -low)) AS high
    FROM terms
    GROUP BY ALL
    HAVING bool_and(low IS NOT NULL)
), flows AS (
    SELECT cited_id, indicator_id, ends_on, min({'id': observation_id, 'low': low, 'value': value, 'high': high}) AS first
    FROM figures
    JOIN cited USING (observation_id)
    WHERE month(starts_on) = 1 AND partner = ''
    GROUP BY ALL
), stocks AS (
    -- The flow as the same source states it, or else the best; the stock of a year before, the best.
    SELECT
        'stock_and_flow' AS check_id,
        o.observation_id,
        any_value(p.low) + coalesce(min(f.first).low, any_value(b.low)) AS low,
        any_value(p.value) + coalesce(min(f.first).value, any_value(b.value)) AS derived,
        any_value(p.high) + coalesce(min(f.first).high, any_value(b.high)) AS high
    FROM observations o
    JOIN (VALUES ('unesco_titles', 'unesco_titles_added'), ('diplomatic_partners', 'new_diplomatic_partners'))
        pair (stock, flow) ON o.indicator_id = pair.stock
    JOIN best_figures p
        ON p.indicator_id = pair.stock AND p.counterpart_iso3 IS NULL AND p.ends_on = (o.ends_on - INTERVAL 1 YEAR)::DATE
    JOIN cited c ON c.observation_id = o.observation_id
    LEFT JOIN flows f ON f.cited_id = c.cited_id AND f.indicator_id = pair.flow AND f.ends_on = o.ends_on
    LEFT JOIN best_figures b
        ON b.indicator_id = pair.flow AND b.counterpart_iso3 IS NULL AND b.ends_on = o.ends_on AND month(b.starts_on) = 1
    GROUP BY o.observation_id
    HAVING derived IS NOT NULL
), plain AS (
    -- "Up to" says nothing of how small a figure is.
    SELECT indicator_id, partner, starts_on, ends_on, min(low) AS low, min(best).value AS value, max(high) AS high
    FROM figures
    WHERE NOT is_forecast AND qualifier <> 'up_to' AND starts_on IS NOT NULL
    GROUP BY ALL
), growth AS (
    -- A growth rate contradicts the record only where no pair of stated figures yields it.
    SELECT 'growth' AS check_id, o.observation_id,
        100 * (now.low / before.high - 1) AS low,
        100 * (now.value / before.value - 1) AS derived,
        100 * (now.high / before.low - 1) AS high
    FROM observations o
    JOIN plain now
        ON now.indicator_id || '_growth' = o.indicator_id AND now.partner = coalesce(o.counterpart_iso3, '')
        AND now.starts_on = o.starts_on AND now.ends_on = o.ends_on
    JOIN plain before
        ON before.indicator_id = now.indicator_id AND before.partner = now.partner
        AND before.starts_on = (o.starts_on - INTERVAL 1 YEAR)::DATE
        AND before.ends_on = (o.ends_on - INTERVAL 1 YEAR)::DATE
    WHERE o.obs_status <> 'F'
), multiples AS (
    -- "n times last year": the two stated figures divided.
    SELECT 'multiple' AS check_id, o.observation_id,
        now.low / before.high AS low, now.value / before.value AS derived, now.high / before.low AS high
    FROM observations o
    JOIN best_figures now
        ON now.indicator_id || '_multiple' = o.indicator_id AND now.counterpart_iso3 IS NULL
        AND now.starts_on = o.starts_on AND now.ends_on = o.ends_on
    JOIN best_figures before
        ON before.indicator_id = now.indicator_id AND before.counterpart_iso3 IS NULL
        AND before.starts_on = (o.starts_on - INTERVAL 1 YEAR)::DATE
        AND before.ends_on = (o.ends_on - INTERVAL 1 YEAR)::DATE
), balances AS (
    SELECT
        year(ends_on) AS year,
        value > 0 AS is_surplus,
        row_number() OVER (ORDER BY ends_on) - row_number() OVER (PARTITION BY value > 0 ORDER BY ends_on) AS run
    FROM best_figures
    WHERE indicator_id = 'goods_balance' AND counterpart_iso3 IS NULL
        AND month(starts_on) = 1 AND month(ends_on) = 12
), surplus_runs AS (
    SELECT year, row_number() OVER (PARTITION BY run ORDER BY year) AS years
    FROM balances
    WHERE is_surplus
), surplus AS (
    SELECT 'surplus_years' AS check_id, o.observation_id, r.years AS low, r.years AS derived, r.years AS high
    FROM observations o
    JOIN surplus_runs r ON r.year = year(o.ends_on)
    WHERE o.indicator_id = 'trade_surplus_years'
), rivals AS (
    -- Final statements of one figure must not exclude each other.
    SELECT 'rival_statements' AS check_id, o.observation_id, b.low, b.value AS derived, b.high
    FROM observations o
    JOIN best_figures b
        ON b.indicator_id = o.indicator_id AND b.ends_on = o.ends_on
        AND b.counterpart_iso3 IS NULL AND o.counterpart_iso3 IS NULL
        AND b.starts_on IS NOT DISTINCT FROM o.starts_on
    JOIN indicators i ON i.indicator_id = o.indicator_id
    WHERE b.observation_id <> o.observation_id AND o.obs_status = 'A' AND b.obs_status = 'A'
        -- a total that events derive is compared with the events instead
        AND coalesce(i.derivation, 'observations') = 'observations'
)
FROM sums
UNION ALL FROM stocks
UNION ALL FROM growth
UNION ALL FROM multiples
UNION ALL FROM surplus
UNION ALL FROM rivals;
