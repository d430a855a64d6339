-- title: Countries by the names that people know
-- title_vi: Tên thường gọi của các quốc gia
-- description: Each country by its short name, with every further name by which people look it up.
-- key: iso3
-- column label_en: Name | Tên thường gọi tiếng Anh | The short English name.
-- column label_vi: Vietnamese name | Tên thường gọi tiếng Việt | The usual name in Vietnamese.
-- column other_names: Other names | Các tên khác | Further names, in either language, with a dot between.
-- The short English name is that of `country_names`, or the one of ISO where that is short already.
CREATE VIEW country_labels AS
SELECT c.iso3,
    coalesce(any_value(n.name) FILTER (n.kind = 'short' AND n.language = 'en'), c.name_en) AS label_en,
    coalesce(any_value(n.name) FILTER (n.kind = 'short' AND n.language = 'vi'), c.name_vi) AS label_vi,
    nullif(list_filter(
        list_sort(list_distinct([c.name_en] || list(n.name))),
        lambda name : name NOT IN (label_en, label_vi)
    ), []) AS other_names
FROM countries c
LEFT JOIN country_names n USING (iso3)
GROUP BY c.iso3, c.name_en, c.name_vi;
