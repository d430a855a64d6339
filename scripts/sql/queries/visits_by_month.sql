-- title: High-level visits by month
-- title_vi: Các chuyến thăm cấp cao theo tháng
-- question: How many high-level visits went out and came in during each month of the record, and to and from where?
SELECT
    strftime(v.starts_on, '%Y-%m') AS month,
    count(*) AS visits,
    count(*) FILTER (v.direction = 'outbound') AS outbound,
    count(*) FILTER (v.direction = 'inbound') AS inbound,
    string_agg(DISTINCT c.name_en, '; ' ORDER BY c.name_en) FILTER (v.direction = 'outbound') AS visited,
    string_agg(DISTINCT c.name_en, '; ' ORDER BY c.name_en) FILTER (v.direction = 'inbound') AS received_from
FROM high_level_visits v
JOIN countries c USING (iso3)
GROUP BY month
ORDER BY month;
