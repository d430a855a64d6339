-- title: Diplomatic partners on a day
-- title_vi: Các nước có quan hệ ngoại giao vào một ngày
-- description: States with which Viet Nam had diplomatic relations on a day.
-- A state whose day of establishment no page gives counts as related on every day.
CREATE MACRO diplomatic_partners_as_of(as_of) AS TABLE
SELECT d.iso3, c.name_en, c.name_vi, c.status, d.established_on, d.established_on_precision, d.source_id
FROM diplomatic_relations d
JOIN countries c USING (iso3)
WHERE (d.established_on IS NULL OR d.established_on <= as_of::DATE)
    AND NOT (d.suspended_on IS NOT NULL AND d.suspended_on <= as_of::DATE
        AND (d.resumed_on IS NULL OR d.resumed_on > as_of::DATE))
ORDER BY d.established_on, d.iso3;
