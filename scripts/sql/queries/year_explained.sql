-- title: A year of upgrades explained
-- title_vi: Giải thích các bước nâng cấp quan hệ trong một năm
-- question: Which partnerships were founded or raised in a year, which were new entrants and which promotions, and how many partners did that make?
-- param year: the year
WITH given AS (
    SELECT coalesce(getvariable('year'), 2025)::INTEGER AS year
), opening AS (
    SELECT count(*) AS partners
    FROM partnership_spells
    JOIN partnership_tiers USING (tier_id)
    WHERE in_official_total
        AND NOT is_union
        AND year(valid_from) < (SELECT year FROM given)
        AND (valid_to IS NULL OR year(valid_to) >= (SELECT year FROM given))
), steps AS (
    SELECT
        u.*,
        t.name_en AS to_tier,
        f.name_en AS from_tier,
        CASE
            WHEN NOT t.in_official_total THEN 'outside the count'
            WHEN u.from_tier_id IS NULL THEN 'new entrant'
            WHEN u.from_tier_id = u.to_tier_id THEN 'same tier'
            ELSE 'promotion'
        END AS kind
    FROM partnership_upgrades u
    JOIN partnership_tiers t ON t.tier_id = u.to_tier_id
    LEFT JOIN partnership_tiers f ON f.tier_id = u.from_tier_id
    WHERE year(u.upgraded_on) = (SELECT year FROM given)
)
SELECT
    x.upgraded_on,
    x.upgraded_on_precision,
    x.iso3,
    c.name_en AS country,
    c.name_vi AS country_vi,
    x.kind,
    x.from_tier,
    x.to_tier,
    x.sector,
    count(*) FILTER (x.kind IN ('new entrant', 'promotion')) OVER running AS upgrades_so_far,
    (SELECT partners FROM opening)
        + count(*) FILTER (x.kind = 'new entrant' AND c.status <> 'union') OVER running AS partners_after,
    x.occasion,
    s.publisher,
    s.url
FROM steps x
JOIN countries c USING (iso3)
JOIN sources s ON s.source_id = x.source_id
WINDOW running AS (ORDER BY x.upgraded_on, x.upgrade_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
ORDER BY x.upgraded_on, x.upgrade_id;
