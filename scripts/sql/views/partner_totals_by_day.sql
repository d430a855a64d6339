-- Partners in all and by tier after every day on which something changed.
CREATE VIEW partner_totals_by_day AS
WITH counted AS (
    SELECT s.* FROM partnership_spells s JOIN partnership_tiers t USING (tier_id) WHERE t.in_official_total
), changes AS (
    SELECT valid_from AS day, tier_id, 1 AS amount FROM counted
    UNION ALL
    SELECT valid_to, tier_id, -1 FROM counted WHERE valid_to IS NOT NULL
)
SELECT
    day,
    (sum(sum(amount)) OVER days)::BIGINT AS partners,
    (sum(coalesce(sum(amount) FILTER (tier_id = 'csp'), 0)) OVER days)::BIGINT AS csp,
    (sum(coalesce(sum(amount) FILTER (tier_id = 'sp'), 0)) OVER days)::BIGINT AS sp,
    (sum(coalesce(sum(amount) FILTER (tier_id = 'cp'), 0)) OVER days)::BIGINT AS cp
FROM changes
GROUP BY day
WINDOW days AS (ORDER BY day)
ORDER BY day;
COMMENT ON VIEW partner_totals_by_day IS 'Partners in all and by tier after every day on which something changed.';
