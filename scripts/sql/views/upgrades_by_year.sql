-- Upgrades a year on the counted tiers: new entrants had no counted framework before.
CREATE VIEW upgrades_by_year AS
SELECT
    year(valid_from) AS year,
    count(*) AS upgrades,
    count(*) FILTER (step = 1) AS new_entrants,
    count(*) FILTER (step > 1) AS promotions,
    count(*) FILTER (tier_id = 'csp') AS to_csp,
    count(*) FILTER (tier_id = 'sp') AS to_sp,
    count(*) FILTER (tier_id = 'cp') AS to_cp,
    count(DISTINCT iso3) FILTER (NOT is_union) AS countries,
    count(*) FILTER (is_union) AS unions,
    count(*) FILTER (confidence = 'low') AS weak
FROM partnership_spells
JOIN partnership_tiers USING (tier_id)
WHERE in_official_total
GROUP BY year
ORDER BY year;
COMMENT ON VIEW upgrades_by_year IS 'Upgrades a year on the counted tiers: new entrants and promotions.';
