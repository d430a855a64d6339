-- title: Missions by country
-- title_vi: Cơ quan đại diện theo nước
-- question: Which missions does Viet Nam have in each country, which does that country have in Viet Nam, and since when, as far as pages say?
WITH missions AS (
    SELECT
        *,
        replace(kind, '_', ' ') || coalesce(' ' || city, '')
            || coalesce(' (' || as_known(opened_on, opened_on_precision) || ')', '') AS words
    FROM diplomatic_missions
)
SELECT
    c.iso3,
    l.label_en AS country,
    l.label_vi AS country_vi,
    count(*) FILTER (m.direction = 'abroad') AS missions_there,
    count(*) FILTER (m.direction = 'in_vietnam') AS missions_in_viet_nam,
    string_agg(m.words, '; ' ORDER BY m.mission_id) FILTER (m.direction = 'abroad') AS there,
    string_agg(m.words, '; ' ORDER BY m.mission_id) FILTER (m.direction = 'in_vietnam') AS in_viet_nam
FROM missions m
JOIN countries c USING (iso3)
JOIN country_labels l USING (iso3)
GROUP BY c.iso3, l.label_en, l.label_vi
ORDER BY count(*) DESC, c.iso3;
