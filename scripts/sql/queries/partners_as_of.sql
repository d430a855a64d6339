-- title: Partners on a day
-- title_vi: Các đối tác của Việt Nam tính đến một ngày
-- question: With which countries did Viet Nam have a counted partnership on a day, on which tier and since when, and which page says so?
-- param day: the day, as YYYY-MM-DD
SELECT
    p.iso3,
    p.name_en AS country,
    p.name_vi AS country_vi,
    p.tier,
    p.since,
    p.since_precision,
    p.steps,
    p.is_union,
    p.confidence,
    s.title AS source_title,
    s.publisher,
    s.url
FROM partners_as_of(coalesce(getvariable('day'), DATE '2025-12-31')::DATE) p
JOIN sources s ON s.source_id = p.source_id
ORDER BY p.rank DESC, p.since, p.iso3;
