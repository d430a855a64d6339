-- title: Trips abroad by leader and year
-- title_vi: Các chuyến công du nước ngoài theo lãnh đạo và năm
-- question: How many trips abroad did each of Viet Nam's leaders make in each year, with how many visits, and by which routes?
SELECT
    year(t.starts_on) AS year,
    l.name_en AS leader,
    count(*) AS trips,
    sum(t.countries)::BIGINT AS visits,
    string_agg(array_to_string(t.route, ' - '), '; ' ORDER BY t.starts_on, t.route) AS routes
FROM trips t
JOIN leaders l USING (leader_id)
GROUP BY ALL
ORDER BY year, trips DESC, visits DESC, leader;
