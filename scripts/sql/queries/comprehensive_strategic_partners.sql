-- title: Comprehensive strategic partners on a day, and who says so
-- title_vi: Các đối tác chiến lược toàn diện tính đến một ngày và nguồn xác nhận
-- question: Which countries were comprehensive strategic partners on a day, since when, and which publishers say so?
-- param day: the day, as YYYY-MM-DD
WITH csp AS (
    SELECT * FROM partners_as_of(coalesce(getvariable('day'), DATE '2024-12-31')::DATE) WHERE tier_id = 'csp'
), voices AS (
    SELECT
        row_id AS upgrade_id,
        count(DISTINCT publisher) FILTER (relation <> 'contradicts') AS publishers,
        string_agg(DISTINCT publisher, '; ' ORDER BY publisher) FILTER (relation <> 'contradicts') AS said_by,
        string_agg(DISTINCT publisher, '; ' ORDER BY publisher) FILTER (relation = 'contradicts') AS contradicted_by
    FROM provenance
    WHERE table_name = 'partnership_upgrades'
    GROUP BY row_id
)
SELECT
    row_number() OVER (ORDER BY c.since, c.iso3) AS number,
    c.iso3,
    c.name_en AS country,
    c.name_vi AS country_vi,
    c.since,
    c.since_precision,
    u.occasion,
    u.place,
    v.publishers,
    v.said_by,
    v.contradicted_by,
    s.title AS source_title,
    s.url
FROM csp c
JOIN partnership_upgrades u USING (upgrade_id)
JOIN voices v USING (upgrade_id)
JOIN sources s ON s.source_id = c.source_id
ORDER BY c.since, c.iso3;
