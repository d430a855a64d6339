-- title: Trade before and after an upgrade
-- title_vi: Thương mại trước và sau khi nâng cấp quan hệ
-- question: What was goods turnover with a partner in the year before a step, and in the last of the three years after it that pages state?
WITH trade AS (
    SELECT year, counterpart_iso3 AS iso3, turnover, turnover_qualifier, source_id
    FROM goods_trade
    WHERE turnover IS NOT NULL
)
SELECT
    u.iso3,
    l.label_en AS country,
    u.to_tier_id,
    u.upgraded_on,
    u.upgraded_on_precision,
    b.year AS year_before,
    b.turnover AS turnover_before,
    b.turnover_qualifier AS qualifier_before,
    a.year AS year_after,
    a.turnover AS turnover_after,
    a.turnover_qualifier AS qualifier_after,
    round(100 * (a.turnover / b.turnover - 1), 1) AS percent_change,
    b.source_id AS source_before,
    a.source_id AS source_after
FROM partnership_upgrades u
JOIN country_labels l USING (iso3)
JOIN trade b ON b.iso3 = u.iso3 AND b.year = year(u.upgraded_on) - 1
JOIN trade a ON a.iso3 = u.iso3 AND a.year BETWEEN year(u.upgraded_on) + 1 AND year(u.upgraded_on) + 3
QUALIFY row_number() OVER (PARTITION BY u.upgrade_id ORDER BY a.year DESC) = 1
ORDER BY u.upgraded_on, u.iso3, u.to_tier_id;
