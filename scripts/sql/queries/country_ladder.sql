-- title: A country's ladder
-- title_vi: Các bước phát triển quan hệ với một nước
-- question: Through which steps did relations with a country go, from diplomatic relations to the framework of today?
-- param country (countries.iso3): the country's ISO 3166-1 alpha-3 code
WITH given AS (
    SELECT upper(coalesce(getvariable('country'), 'FRA')) AS iso3
), steps AS (
    SELECT
        established_on AS day, established_on_precision AS day_precision, 0 AS height,
        'diplomatic relations' AS step, NULL::VARCHAR AS from_tier, NULL::VARCHAR AS to_tier,
        NULL::VARCHAR AS framework, NULL::VARCHAR AS sector, NULL::VARCHAR AS occasion,
        NULL::VARCHAR AS place, NULL::DATE AS until, NULL::VARCHAR AS until_precision, iso3 AS row_id, source_id
    FROM diplomatic_relations
    WHERE iso3 = (SELECT iso3 FROM given)
    UNION ALL
    SELECT
        u.upgraded_on, u.upgraded_on_precision, 1,
        CASE
            WHEN u.from_tier_id = u.to_tier_id THEN 'deepened on the same tier'
            WHEN NOT t.in_official_total THEN 'framework outside the official count'
            WHEN u.from_tier_id IS NULL THEN 'first counted framework'
            ELSE 'raised'
        END,
        f.name_en, t.name_en, u.framework, u.sector, u.occasion, u.place,
        s.valid_to, s.valid_to_precision, u.upgrade_id, u.source_id
    FROM partnership_upgrades u
    JOIN partnership_tiers t ON t.tier_id = u.to_tier_id
    LEFT JOIN partnership_tiers f ON f.tier_id = u.from_tier_id
    LEFT JOIN partnership_spells s USING (upgrade_id)
    WHERE u.iso3 = (SELECT iso3 FROM given)
)
SELECT
    x.day, x.day_precision, x.step, x.from_tier, x.to_tier, x.until, x.until_precision,
    x.framework, x.sector, x.occasion, x.place,
    s.title AS source_title, s.publisher, s.url
FROM steps x
JOIN sources s USING (source_id)
ORDER BY x.height, x.day, x.row_id;
