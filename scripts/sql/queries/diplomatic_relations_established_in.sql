-- title: Diplomatic relations established in a year
-- title_vi: Các nước thiết lập quan hệ ngoại giao trong một năm
-- question: With which states did Viet Nam establish diplomatic relations in a year, on which day, and how many publishers say so?
-- param year: the year
WITH voices AS (
    SELECT row_id AS iso3, count(DISTINCT publisher) AS publishers
    FROM provenance
    WHERE table_name = 'diplomatic_relations' AND relation <> 'contradicts'
    GROUP BY row_id
)
SELECT
    d.established_on,
    d.established_on_precision,
    d.iso3,
    c.name_en AS country,
    c.name_vi AS country_vi,
    d.vietnamese_state,
    d.predecessor,
    v.publishers,
    s.title AS source_title,
    s.publisher,
    s.url
FROM diplomatic_relations d
JOIN countries c USING (iso3)
JOIN voices v USING (iso3)
JOIN sources s ON s.source_id = d.source_id
WHERE year(d.established_on) = coalesce(getvariable('year'), 1973)::INTEGER
ORDER BY d.established_on, d.iso3;
