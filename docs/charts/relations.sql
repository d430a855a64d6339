-- data: rows
SELECT year(d.established_on) AS year, count(*) AS established, sum(established) OVER (ORDER BY year)::BIGINT AS in_all,
    string_agg(named(c.label_en, c.label_vi), '; ' ORDER BY named(c.label_en, c.label_vi)) AS countries,
    'new|' || year || ': ' || countries AS label,
    'all|' || year || ': ' || in_all || said(' in all of known year') AS label_all
FROM diplomatic_relations d
JOIN country_labels c USING (iso3)
WHERE d.established_on IS NOT NULL
GROUP BY year
ORDER BY year;

-- summary
SELECT format(said('Diplomatic relations established a year, from {} in {} to {} in {}: {} in all with a known year, and {} whose year no page gives.'),
    count(*) FILTER (year(established_on) = (SELECT min(year(established_on)) FROM diplomatic_relations)), min(year(established_on)),
    count(*) FILTER (year(established_on) = (SELECT max(year(established_on)) FROM diplomatic_relations)), max(year(established_on)),
    count(established_on), count(*) - count(established_on)) AS words,
    (SELECT format(said('In {} Viet Nam set up relations with {} states, more than in any other year'), year, count(*))
        FROM (SELECT year(established_on) AS year FROM diplomatic_relations WHERE established_on IS NOT NULL)
        GROUP BY year ORDER BY count(*) DESC, year LIMIT 1) AS finding
FROM diplomatic_relations;
