-- data: rows
SELECT *, tier_id || '|' || year || ', ' || lower(kind) || ': ' || countries AS label
FROM (
    SELECT year(s.valid_from) AS year, if(s.step = 1, 'New entrants', 'Promotions') AS kind, t.tier_id,
        t.name_en AS tier, t.rank, count(*) AS upgrades, string_agg(c.label_en, '; ' ORDER BY c.label_en) AS countries
    FROM partnership_spells s
    JOIN partnership_tiers t USING (tier_id)
    JOIN country_labels c USING (iso3)
    WHERE t.in_official_total
    GROUP BY ALL
)
ORDER BY year, kind, rank DESC;

-- summary
SELECT format('Bars a year, {} to {}: {} new entrants and {} promotions. The fullest year is {} with {}.',
    min(year), max(year), sum(new_entrants)::BIGINT, sum(promotions)::BIGINT, arg_max(year, upgrades), max(upgrades)) AS en, NULL AS vi
FROM upgrades_by_year;
