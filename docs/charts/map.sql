-- data: rows
SELECT s.iso3, c.label_en AS country, c.label_vi AS country_vi, s.tier_id, t.name_en AS tier,
    t.name_vi AS tier_vi, as_known(s.valid_from, s.valid_from_precision) AS since,
    as_known(s.valid_to, s.valid_to_precision) AS until
FROM partnership_spells s
JOIN partnership_tiers t USING (tier_id)
JOIN country_labels c USING (iso3)
WHERE t.in_official_total OR s.tier_id = 'special'
ORDER BY s.valid_from, s.iso3, s.tier_id;

-- data: countries
SELECT c.iso3, c.m49, l.label_en AS name, l.label_vi AS name_vi, coalesce(
    (SELECT p.tier_id FROM partners p WHERE p.iso3 = c.iso3),
    (SELECT any_value(s.tier_id) FROM partnership_spells s WHERE s.iso3 = c.iso3 AND s.tier_id = 'special'),
    'none') AS tier
FROM countries c
JOIN country_labels l USING (iso3)
WHERE c.m49 IS NOT NULL
ORDER BY c.iso3;

-- summary
SELECT
    format('World map. At the end of the record Viet Nam has {} partners: {} comprehensive strategic, {} strategic and {} comprehensive.',
        partners, csp, sp, cp) AS en,
    format('Bản đồ thế giới. Đến cuối kỳ dữ liệu, Việt Nam có {} đối tác: {} đối tác chiến lược toàn diện, {} đối tác chiến lược và {} đối tác toàn diện.',
        partners, csp, sp, cp) AS vi
FROM partner_totals_by_day ORDER BY day DESC LIMIT 1;
