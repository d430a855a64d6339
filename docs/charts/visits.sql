-- data: rows
WITH bounds AS (
    SELECT date_trunc('month', min(starts_on))::DATE AS first, date_trunc('month', max(starts_on))::DATE AS last FROM high_level_visits
), months AS (
    SELECT unnest(range(first, last + INTERVAL 1 MONTH, INTERVAL 1 MONTH))::DATE AS month FROM bounds
), places AS (
    -- The United Nations place the European Union in no region.
    SELECT iso3, label_en, if(status = 'union', 'Europe', region) AS region FROM countries JOIN country_labels USING (iso3)
), directions AS (
    FROM (VALUES ('outbound', 'To other countries'), ('inbound', 'To Viet Nam')) t (direction, direction_title)
)
SELECT strftime(m.month, '%Y-%m') AS month, d.direction, d.direction_title, coalesce(c.region, 'other') AS region,
    count(v.visit_id) AS visits, string_agg(DISTINCT c.label_en, '; ' ORDER BY c.label_en) AS countries,
    coalesce(c.region, 'other') || '|' || strftime(m.month, '%Y-%m') || ': ' || coalesce(countries, 'none') AS label
FROM months m
CROSS JOIN directions d
LEFT JOIN high_level_visits v ON v.direction = d.direction AND date_trunc('month', v.starts_on) = m.month
LEFT JOIN places c USING (iso3)
GROUP BY m.month, d.direction, d.direction_title, c.region
ORDER BY month, d.direction DESC, region;

-- summary
SELECT format('Bars a month from {} to {}: {} visits of leaders of Viet Nam to other countries, {} of foreign leaders to Viet Nam, coloured by region.',
    strftime(min(starts_on), '%Y-%m'), strftime(max(starts_on), '%Y-%m'),
    count(*) FILTER (direction = 'outbound'), count(*) FILTER (direction = 'inbound')) AS en, NULL AS vi
FROM high_level_visits;
