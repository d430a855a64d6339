-- title: Figures with single partners are together no more than that with the world
-- protects: figures by partner
-- advice: look for a period, a point or a unit that slipped in the partners' figures, or in that of the world
CREATE VIEW check_partners_and_world AS
WITH partners AS (
    -- Of several statements on a partner the least: the two sides count differently.
    SELECT indicator_id, starts_on, ends_on, min(low) AS low, min(value) AS value
    FROM stated_figures f
    JOIN countries c ON c.iso3 = f.counterpart_iso3
    WHERE f.kind <> 'ratio' AND f.indicator_id <> 'goods_balance' AND c.status <> 'union'
    GROUP BY indicator_id, starts_on, ends_on, counterpart_iso3
), together AS (
    SELECT indicator_id, starts_on, ends_on, sum(low) AS low, sum(value) AS value
    FROM partners
    GROUP BY ALL
)
SELECT f.observation_id AS subject, 'observations' AS table_name, f.observation_id AS row_id, 'value' AS field,
    f.value AS value, 0 AS low, f.high AS high, t.low AS derived_low, t.value AS derived, t.value AS derived_high
FROM best_figures f
JOIN together t
    ON t.indicator_id = f.indicator_id AND t.ends_on = f.ends_on AND t.starts_on IS NOT DISTINCT FROM f.starts_on
WHERE f.counterpart_iso3 IS NULL;
