-- title: Partnership spells
-- title_vi: Các giai đoạn quan hệ đối tác
-- description: How long each partnership framework lasted; valid_to is exclusive and null while in force.
-- key: upgrade_id
-- column tier_id: Tier | Khuôn khổ | The framework.
-- column valid_from: Valid from | Từ ngày | First day of the framework.
-- column valid_to: Valid to | Đến ngày | Day on which a higher framework took its place; this day is no
--   longer part of the spell. Blank while the framework is in force.
-- column valid_from_precision: Precision of valid from | Độ chính xác của từ ngày | How exactly valid_from
--   is known: day, month or year.
-- column valid_to_precision: Precision of valid to | Độ chính xác của đến ngày | How exactly valid_to is
--   known: day, month or year.
-- column step: Step | Bước | Number of the step on the partner's ladder, from 1.
-- column is_union: Is a union | Là liên minh | Whether the partner is a union of states, which the count
--   of countries leaves out.
-- How long each framework lasted. A spell runs from valid_from up to, not including, valid_to;
-- valid_to is null while it is in force. A counted tier ends when a higher one begins; special
-- and sectoral frameworks stand beside it, each on a ladder of its own.
CREATE VIEW partnership_spells AS
WITH steps AS (
    SELECT
        u.*,
        c.status = 'union' AS is_union,
        CASE WHEN t.in_official_total THEN 'counted' ELSE u.to_tier_id || coalesce(':' || u.sector, '') END AS ladder
    FROM partnership_upgrades u
    JOIN partnership_tiers t ON t.tier_id = u.to_tier_id
    JOIN countries c ON c.iso3 = u.iso3
    WHERE u.from_tier_id IS DISTINCT FROM u.to_tier_id
)
SELECT
    iso3,
    to_tier_id AS tier_id,
    sector,
    upgraded_on AS valid_from,
    upgraded_on_precision AS valid_from_precision,
    lead(upgraded_on) OVER steps AS valid_to,
    lead(upgraded_on_precision) OVER steps AS valid_to_precision,
    row_number() OVER steps AS step,
    upgrade_id,
    is_union,
    confidence,
    source_id
FROM steps
WINDOW steps AS (PARTITION BY iso3, ladder ORDER BY upgraded_on);
