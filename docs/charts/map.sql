-- data: rows
SELECT s.iso3, named(c.label_en, c.label_vi) AS country, s.tier_id, named(t.name_en, t.name_vi) AS tier,
    as_known(s.valid_from, s.valid_from_precision) AS since,
    as_known(s.valid_to, s.valid_to_precision) AS until
FROM partnership_spells s
JOIN partnership_tiers t USING (tier_id)
JOIN country_labels c USING (iso3)
WHERE t.in_official_total OR s.tier_id = 'special'
ORDER BY s.valid_from, s.iso3, s.tier_id;

-- data: countries
SELECT c.iso3, c.m49, named(l.label_en, l.label_vi) AS name, coalesce(
    (SELECT p.tier_id FROM partners p WHERE p.iso3 = c.iso3),
    (SELECT any_value(s.tier_id) FROM partnership_spells s WHERE s.iso3 = c.iso3 AND s.tier_id = 'special'),
    'none') AS tier
FROM countries c
JOIN country_labels l USING (iso3)
WHERE c.m49 IS NOT NULL
ORDER BY c.iso3;

-- summary
SELECT format(said('World map. At the end of the record Viet Nam has {} partners: {} comprehensive strategic, {} strategic and {} comprehensive.'),
    partners, csp, sp, cp) AS words,
    format(said('Viet Nam has {} partner states; {} of them are comprehensive strategic partners'), partners, csp) AS finding
FROM partner_totals_by_day ORDER BY day DESC LIMIT 1;
