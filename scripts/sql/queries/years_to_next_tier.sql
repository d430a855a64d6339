-- title: Years to the next tier
-- title_vi: Số năm để lên khuôn khổ tiếp theo
-- question: How many years did each country take from one step to the next, from diplomatic relations to its highest tier?
WITH rungs AS (
    SELECT d.iso3, 'Diplomatic relations' AS tier, d.established_on AS day, d.established_on_precision AS day_precision,
        0 AS rank
    FROM diplomatic_relations d
    WHERE d.established_on IS NOT NULL
    UNION ALL
    SELECT s.iso3, t.name_en, s.valid_from, s.valid_from_precision, t.rank
    FROM partnership_spells s
    JOIN partnership_tiers t USING (tier_id)
    WHERE t.in_official_total
), steps AS (
    SELECT
        iso3, tier AS from_tier, day AS since, day_precision AS since_precision,
        lead(tier) OVER ladder AS to_tier,
        lead(day) OVER ladder AS raised_on,
        lead(day_precision) OVER ladder AS raised_on_precision
    FROM rungs
    WINDOW ladder AS (PARTITION BY iso3 ORDER BY day, rank)
)
SELECT
    s.iso3,
    c.name_en AS country,
    c.name_vi AS country_vi,
    s.from_tier,
    s.since,
    s.since_precision,
    s.to_tier,
    s.raised_on,
    s.raised_on_precision,
    round(date_diff('day', s.since, s.raised_on) / 365.25, 1) AS years,
    s.since_precision = 'day' AND s.raised_on_precision = 'day' AS known_to_the_day
FROM steps s
JOIN countries c USING (iso3)
WHERE s.raised_on IS NOT NULL
ORDER BY years, s.since, s.iso3;
