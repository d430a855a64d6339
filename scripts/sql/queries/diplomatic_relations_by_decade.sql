-- title: Diplomatic relations by decade
-- title_vi: Quan hệ ngoại giao theo từng thập niên
-- question: In which decades did Viet Nam establish diplomatic relations, and with which states?
SELECT
    coalesce(year(d.established_on) // 10 * 10 || 's', 'not known') AS decade,
    count(*) AS established,
    sum(count(*)) OVER (ORDER BY min(d.established_on) NULLS LAST)::BIGINT AS total_so_far,
    count(*) FILTER (d.established_on_precision = 'day') AS known_to_the_day,
    string_agg(c.name_en, '; ' ORDER BY d.established_on, c.name_en) AS countries
FROM diplomatic_relations d
JOIN countries c USING (iso3)
GROUP BY decade
ORDER BY min(d.established_on) NULLS LAST;
