-- title: Who visited whom
-- title_vi: Các chuyến thăm cấp cao theo từng nước
-- question: Which countries did Viet Nam's leaders visit, which leaders came to Viet Nam, and when was that last?
SELECT
    v.iso3,
    c.name_en AS country,
    c.name_vi AS country_vi,
    count(*) AS visits,
    count(*) FILTER (v.direction = 'outbound') AS outbound,
    count(*) FILTER (v.direction = 'inbound') AS inbound,
    max(v.starts_on) FILTER (v.direction = 'outbound') AS latest_outbound,
    first(v.starts_on_precision ORDER BY v.direction <> 'outbound', v.starts_on DESC, v.visit_id DESC) FILTER (v.direction = 'outbound')
        AS latest_outbound_precision,
    max(v.starts_on) FILTER (v.direction = 'inbound') AS latest_inbound,
    first(v.starts_on_precision ORDER BY v.direction <> 'inbound', v.starts_on DESC, v.visit_id DESC) FILTER (v.direction = 'inbound')
        AS latest_inbound_precision,
    string_agg(DISTINCT l.name_en, '; ' ORDER BY l.name_en) FILTER (v.direction = 'outbound') AS visited_by,
    string_agg(DISTINCT l.name_en, '; ' ORDER BY l.name_en) FILTER (v.direction = 'inbound') AS came_to_viet_nam
FROM high_level_visits v
JOIN countries c USING (iso3)
JOIN leaders l USING (leader_id)
GROUP BY v.iso3, c.name_en, c.name_vi
ORDER BY visits DESC, v.iso3;
