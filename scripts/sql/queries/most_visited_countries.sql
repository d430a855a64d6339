-- title: The countries visited most, by leader and term
-- title_vi: Các nước được thăm nhiều nhất theo lãnh đạo và nhiệm kỳ
-- question: Which countries did each leader of Viet Nam visit in each term of office, how often, and when last?
SELECT
    l.name_en AS leader,
    t.office,
    t.starts_on AS term_since,
    t.starts_on_precision AS term_since_precision,
    c.label_en AS country,
    count(*) AS visits,
    max(v.starts_on) AS latest,
    arg_max(v.starts_on_precision, (v.starts_on, v.visit_id)) AS latest_precision
FROM high_level_visits v
JOIN leader_terms t
    ON t.leader_id = v.leader_id AND t.office = v.office
    AND (t.starts_on IS NULL OR last_day_of(v.starts_on, v.starts_on_precision) >= t.starts_on)
    AND (t.ends_on IS NULL OR v.starts_on <= last_day_of(t.ends_on, t.ends_on_precision))
JOIN leaders l ON l.leader_id = v.leader_id
JOIN country_labels c ON c.iso3 = v.iso3
WHERE v.direction = 'outbound'
GROUP BY l.name_en, t.office, t.starts_on, t.starts_on_precision, c.label_en
ORDER BY term_since, leader, t.office, visits DESC, country;
