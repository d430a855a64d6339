-- data: rows
WITH embassies AS (
    SELECT iso3,
        bool_or(direction = 'abroad') AS is_there, bool_or(direction = 'in_vietnam') AS is_here,
        min(as_known(opened_on, opened_on_precision)) FILTER (direction = 'abroad') AS opened_there,
        min(as_known(opened_on, opened_on_precision)) FILTER (direction = 'in_vietnam') AS opened_in_ha_noi
    FROM diplomatic_missions
    WHERE kind = 'embassy'
    GROUP BY iso3
)
SELECT e.iso3, named(c.label_en, c.label_vi) AS country,
    said(CASE WHEN is_there AND is_here THEN 'Of Viet Nam there, and in Hà Nội' WHEN is_there THEN 'Of Viet Nam there' ELSE 'In Hà Nội' END) AS embassies,
    opened_there, opened_in_ha_noi
FROM embassies e
JOIN country_labels c USING (iso3)
ORDER BY country;

-- data: countries
WITH embassies AS (
    SELECT iso3, if(count(DISTINCT direction) = 2, 'both', any_value(direction)) AS state
    FROM diplomatic_missions
    WHERE kind = 'embassy'
    GROUP BY iso3
)
SELECT c.iso3, c.m49, named(l.label_en, l.label_vi) AS name, coalesce(e.state, 'none') AS state,
    name || CASE e.state WHEN 'both' THEN said(': embassies of both') WHEN 'abroad' THEN said(': an embassy of Viet Nam there')
        WHEN 'in_vietnam' THEN said(': an embassy in Hà Nội') ELSE '' END AS words
FROM countries c
JOIN country_labels l USING (iso3)
LEFT JOIN embassies e USING (iso3)
WHERE c.m49 IS NOT NULL
ORDER BY c.iso3;

-- summary
SELECT format(said('World map. Pages name {} embassies of Viet Nam and {} of other countries in Hà Nội.'),
    count(*) FILTER (direction = 'abroad'), count(*) FILTER (direction = 'in_vietnam')) AS words,
    format(said('Pages name embassies of Viet Nam in {} countries, and of {} in Hà Nội'),
        count(DISTINCT iso3) FILTER (direction = 'abroad'), count(DISTINCT iso3) FILTER (direction = 'in_vietnam')) AS finding
FROM diplomatic_missions WHERE kind = 'embassy';
