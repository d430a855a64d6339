-- data: rows
WITH years AS (
    SELECT unnest(range(min(year(starts_on)), max(year(starts_on)) + 1)) AS year FROM high_level_visits
), places AS (
    -- The United Nations place the European Union in no region.
    SELECT iso3, label_en, if(status = 'union', 'Europe', region) AS region FROM countries JOIN country_labels USING (iso3)
), directions AS (
    FROM (VALUES ('outbound', 'To other countries'), ('inbound', 'To Viet Nam')) t (direction, direction_title)
)
SELECT y.year, d.direction, d.direction_title, coalesce(c.region, 'other') AS region,
    count(v.visit_id) AS visits, string_agg(DISTINCT c.label_en, '; ' ORDER BY c.label_en) AS countries,
    coalesce(c.region, 'other') || '|' || y.year || ': ' || count(v.visit_id) || ', ' || coalesce(countries, 'none') AS label
FROM years y
CROSS JOIN directions d
LEFT JOIN high_level_visits v ON v.direction = d.direction AND year(v.starts_on) = y.year
LEFT JOIN places c USING (iso3)
GROUP BY y.year, d.direction, d.direction_title, c.region
ORDER BY y.year, d.direction DESC, region;

-- summary
SELECT format('Bars a year from {} to {}: {} visits of leaders of Viet Nam to other countries, {} of foreign leaders to Viet Nam, coloured by region.',
    min(year(starts_on)), max(year(starts_on)),
    count(*) FILTER (direction = 'outbound'), count(*) FILTER (direction = 'inbound')) AS en, NULL AS vi
FROM high_level_visits;
