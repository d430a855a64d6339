-- title: Citizens protected abroad by place
-- title_vi: Bảo hộ công dân ở nước ngoài theo địa bàn
-- question: Where did the authorities help citizens in a hotspot, when, and how many people do the stated figures add up to?
SELECT
    p.iso3,
    c.name_en AS country,
    c.name_vi AS country_vi,
    count(*) AS operations,
    count(p.people) AS operations_with_a_figure,
    -- The people of a part, or of an earlier count, are among those of the whole.
    sum(p.people) FILTER (p.part_of_id IS NULL)::BIGINT AS people_stated,
    max(p.people)::BIGINT AS largest_figure,
    first(p.qualifier ORDER BY p.people DESC NULLS LAST, p.operation_id) AS qualifier,
    first(p.what ORDER BY p.people DESC NULLS LAST, p.operation_id) AS what,
    min(p.starts_on) AS first_on,
    first(p.starts_on_precision ORDER BY p.starts_on NULLS LAST, p.operation_id) AS first_on_precision,
    max(p.starts_on) AS latest_on,
    first(p.starts_on_precision ORDER BY p.starts_on DESC NULLS LAST, p.operation_id DESC) AS latest_on_precision
FROM citizen_protection p
JOIN countries c USING (iso3)
GROUP BY p.iso3, c.name_en, c.name_vi
ORDER BY people_stated DESC NULLS LAST, operations DESC, p.iso3;
