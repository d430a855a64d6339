-- Partners in all and by tier after every day on which something changed.
CREATE VIEW partner_totals_by_day AS
WITH counted AS (
    SELECT s.* FROM partnership_spells s JOIN partnership_tiers t USING (tier_id) WHERE t.in_official_total
), days AS (
    SELECT DISTINCT valid_from AS day FROM counted
)
SELECT
    days.day,
    count(*) AS partners,
    count(*) FILTER (c.tier_id = 'csp') AS csp,
    count(*) FILTER (c.tier_id = 'sp') AS sp,
    count(*) FILTER (c.tier_id = 'cp') AS cp
FROM days
JOIN counted c ON c.valid_from <= days.day AND (c.valid_to IS NULL OR c.valid_to > days.day)
GROUP BY days.day
ORDER BY days.day;
COMMENT ON VIEW partner_totals_by_day IS 'Partners in all and by tier after every day on which something changed.';
