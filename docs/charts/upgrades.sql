-- data: rows
SELECT *, tier_id || '|' || year || ', ' || lower(kind) || ': ' || countries AS label
FROM (
    SELECT year(s.valid_from) AS year, said(if(s.step = 1, 'New entrants', 'Promotions')) AS kind, t.tier_id,
        named(t.name_en, t.name_vi) AS tier, t.rank, count(*) AS upgrades,
        string_agg(named(c.label_en, c.label_vi), '; ' ORDER BY named(c.label_en, c.label_vi)) AS countries
    FROM partnership_spells s
    JOIN partnership_tiers t USING (tier_id)
    JOIN country_labels c USING (iso3)
    WHERE t.in_official_total
    GROUP BY ALL
)
ORDER BY year, kind, rank DESC;

-- summary
SELECT format(said('Bars a year, {} to {}: {} new entrants and {} promotions. The fullest year is {} with {}.'),
    min(year), max(year), sum(new_entrants)::BIGINT, sum(promotions)::BIGINT, arg_max(year, upgrades), max(upgrades)) AS words,
    format(said('{} brought the most steps of partnership, {}'), arg_max(year, upgrades), max(upgrades)) AS finding
FROM upgrades_by_year;
