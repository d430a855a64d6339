-- data: rows
SELECT year(d.established_on) AS year, count(*) AS established, sum(established) OVER (ORDER BY year)::BIGINT AS in_all,
    string_agg(c.label_en, '; ' ORDER BY c.label_en) AS countries,
    'new|' || year || ': ' || countries AS label,
    'all|' || year || ': ' || in_all || ' in all of known year' AS label_all
FROM diplomatic_relations d
JOIN country_labels c USING (iso3)
WHERE d.established_on IS NOT NULL
GROUP BY year
ORDER BY year;

-- summary
SELECT format('Diplomatic relations established a year, from {} in {} to {} in {}: {} in all with a known year, and {} whose year no page gives.',
    count(*) FILTER (year(established_on) = (SELECT min(year(established_on)) FROM diplomatic_relations)), min(year(established_on)),
    count(*) FILTER (year(established_on) = (SELECT max(year(established_on)) FROM diplomatic_relations)), max(year(established_on)),
    count(established_on), count(*) - count(established_on)) AS en, NULL AS vi
FROM diplomatic_relations;
