-- title: Partner totals by day
-- title_vi: Tổng số đối tác theo ngày
-- description: Partners in all and by tier after every day on which something changed.
-- key: day
-- column day: Day | Ngày | Day on which something changed; the totals hold from this day.
-- column day_precision: Precision of the day | Độ chính xác của ngày | How exactly the day is known: day,
--   month or year, the least exact of what changed.
-- column partners: Partners | Số đối tác | Partners on all counted tiers.
-- column csp: CSP | ĐTCLTD | Comprehensive strategic partners.
-- column sp: SP | ĐTCL | Strategic partners.
-- column cp: CP | ĐTTD | Comprehensive partners.
-- column unions: Unions | Liên minh | Unions of states on counted tiers, which are not among the partners.
-- column weak: Weak | Nguồn yếu | Partners whose tier rests on weak evidence (confidence low).
CREATE VIEW partner_totals_by_day AS
WITH counted AS (
    SELECT s.* FROM partnership_spells s JOIN partnership_tiers t USING (tier_id) WHERE t.in_official_total
), changes AS (
    SELECT valid_from AS day, valid_from_precision AS day_precision, tier_id, is_union, confidence, 1 AS amount FROM counted
    UNION ALL
    SELECT valid_to, valid_to_precision, tier_id, is_union, confidence, -1 FROM counted WHERE valid_to IS NOT NULL
)
SELECT
    day,
    max(day_precision) AS day_precision, -- in the alphabet's order, the least exact last
    (sum(coalesce(sum(amount) FILTER (NOT is_union), 0)) OVER days)::BIGINT AS partners,
    (sum(coalesce(sum(amount) FILTER (NOT is_union AND tier_id = 'csp'), 0)) OVER days)::BIGINT AS csp,
    (sum(coalesce(sum(amount) FILTER (NOT is_union AND tier_id = 'sp'), 0)) OVER days)::BIGINT AS sp,
    (sum(coalesce(sum(amount) FILTER (NOT is_union AND tier_id = 'cp'), 0)) OVER days)::BIGINT AS cp,
    (sum(coalesce(sum(amount) FILTER (is_union), 0)) OVER days)::BIGINT AS unions,
    (sum(coalesce(sum(amount) FILTER (NOT is_union AND confidence = 'low'), 0)) OVER days)::BIGINT AS weak
FROM changes
GROUP BY day
WINDOW days AS (ORDER BY day)
ORDER BY day;
