-- title: Partners on a day
-- title_vi: Đối tác vào một ngày
-- description: Partners counted in the official total on a day, with their tier, since when, and the source.
-- column tier: Name of the tier | Tên khuôn khổ | The framework in words.
-- column since: Since | Từ ngày | Day on which the framework in force began.
-- column since_precision: Precision of since | Độ chính xác của từ ngày | How exactly that day is known:
--   day, month or year.
-- column steps: Steps | Số bước | Number of steps up to the framework in force.
CREATE MACRO partners_as_of(as_of) AS TABLE
SELECT
    s.iso3,
    c.name_en,
    c.name_vi,
    s.tier_id,
    t.name_en AS tier,
    t.rank,
    s.valid_from AS since,
    s.valid_from_precision AS since_precision,
    s.step AS steps,
    s.upgrade_id,
    s.is_union,
    s.confidence,
    s.source_id
FROM partnership_spells s
JOIN partnership_tiers t USING (tier_id)
JOIN countries c USING (iso3)
WHERE t.in_official_total
    AND s.valid_from <= as_of::DATE
    AND (s.valid_to IS NULL OR s.valid_to > as_of::DATE)
ORDER BY t.rank DESC, s.valid_from, s.iso3;
