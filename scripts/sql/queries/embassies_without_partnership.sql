-- title: Embassies without a partnership
-- title_vi: Có đại sứ quán mà chưa có quan hệ đối tác
-- question: With which countries were embassies exchanged, in one direction or both, without a partnership on a day?
-- param day: the day, as YYYY-MM-DD
WITH given AS (
    SELECT coalesce(getvariable('day'), DATE '2026-11-27')::DATE AS day
)
SELECT
    c.iso3,
    l.label_en AS country,
    l.label_vi AS country_vi,
    bool_or(m.direction = 'abroad') AS has_embassy_of_viet_nam,
    bool_or(m.direction = 'in_vietnam') AS has_embassy_in_ha_noi,
    any_value(r.established_on) AS relations_since,
    any_value(r.established_on_precision) AS relations_since_precision
FROM diplomatic_missions m
JOIN countries c USING (iso3)
JOIN country_labels l USING (iso3)
LEFT JOIN diplomatic_relations r USING (iso3)
WHERE m.kind = 'embassy'
    AND (m.opened_on IS NULL OR m.opened_on <= (SELECT day FROM given))
    AND NOT EXISTS (
        FROM partnership_spells s
        WHERE s.iso3 = c.iso3 AND s.valid_from <= (SELECT day FROM given)
            AND (s.valid_to IS NULL OR s.valid_to > (SELECT day FROM given))
    )
GROUP BY c.iso3, l.label_en, l.label_vi
ORDER BY c.iso3;
