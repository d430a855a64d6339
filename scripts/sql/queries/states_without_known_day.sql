-- title: States without a known day of diplomatic relations
-- title_vi: Các nước chưa rõ ngày thiết lập quan hệ ngoại giao
-- question: For which diplomatic partners does no page seen give the day on which relations were established, and what is known instead?
SELECT
    d.iso3,
    c.name_en AS country,
    c.name_vi AS country_vi,
    c.region,
    CASE d.established_on_precision
        WHEN 'year' THEN strftime(d.established_on, '%Y')
        WHEN 'month' THEN strftime(d.established_on, '%Y-%m')
    END AS known,
    d.note,
    s.publisher,
    s.url
FROM diplomatic_relations d
JOIN countries c USING (iso3)
JOIN sources s ON s.source_id = d.source_id
WHERE d.established_on IS NULL OR d.established_on_precision <> 'day'
ORDER BY c.region, c.name_en;
