-- data: rows
WITH years AS (
    SELECT unnest(range(min(year(starts_on)), max(year(starts_on)) + 1)) AS year FROM high_level_visits
), places AS (
    -- The United Nations place the European Union in no region.
    SELECT iso3, named(label_en, label_vi) AS country, if(status = 'union', 'Europe', region) AS region FROM countries JOIN country_labels USING (iso3)
), directions AS (
    FROM (VALUES ('outbound', said('To other countries')), ('inbound', said('To Viet Nam'))) t (direction, direction_title)
)
SELECT y.year, d.direction, d.direction_title, coalesce(c.region, 'other') AS region,
    y.year || if(y.year = (SELECT max(year(ends_on)) FROM table_coverage WHERE table_name = 'high_level_visits'), '*', '') AS year_shown,
    count(v.visit_id) AS visits, string_agg(DISTINCT c.country, '; ' ORDER BY c.country) AS countries,
    coalesce(c.region, 'other') || '|' || y.year || ': ' || count(v.visit_id) || ', ' || coalesce(countries, said('none')) AS label
FROM years y
CROSS JOIN directions d
LEFT JOIN high_level_visits v ON v.direction = d.direction AND year(v.starts_on) = y.year
LEFT JOIN places c USING (iso3)
GROUP BY y.year, d.direction, d.direction_title, c.region
ORDER BY y.year, d.direction DESC, region;

-- summary
SELECT format(said('Bars a year from {} to {}: {} visits of leaders of Viet Nam to other countries, {} of foreign leaders to Viet Nam, coloured by region.'),
    min(year(starts_on)), max(year(starts_on)),
    count(*) FILTER (direction = 'outbound'), count(*) FILTER (direction = 'inbound')) AS words,
    (SELECT format(said('On record, leaders of Viet Nam went most often to {}: {} visits since {}'),
        any_value(named(label_en, label_vi)), count(*), (SELECT min(year(starts_on)) FROM high_level_visits))
        FROM high_level_visits JOIN country_labels USING (iso3)
        WHERE direction = 'outbound' GROUP BY iso3 ORDER BY count(*) DESC, iso3 LIMIT 1) AS finding
FROM high_level_visits;
