-- data: rows
WITH latest AS (
    SELECT t.*, named(c.label_en, c.label_vi) AS country
    FROM goods_trade t
    JOIN country_labels c ON c.iso3 = t.counterpart_iso3
    WHERE turnover IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY counterpart_iso3 ORDER BY year DESC) = 1
)
SELECT l.counterpart_iso3 AS iso3, country, year, turnover, turnover_qualifier AS qualifier, stated_by, s.publisher, s.url,
    row_number() OVER (ORDER BY turnover DESC, country) AS place, right(year::VARCHAR, 2) AS short_year,
    'turnover|' || country || ', ' || year || ': ' || coalesce(said(turnover_qualifier) || ' ', '') || figure(turnover) || ' ' || said('billion US dollars') AS label
FROM latest l
JOIN sources s USING (source_id)
WHERE year >= 2020
QUALIFY place <= 30
ORDER BY place;

-- summary
SELECT format(said('Points of goods turnover with {} partners, each of the last whole year that pages state; the largest is that with {}.'),
    count(DISTINCT counterpart_iso3), (SELECT named(label_en, label_vi) FROM country_labels WHERE iso3 = arg_max(counterpart_iso3, turnover))) AS words,
    format(said('{} is the largest trading partner: {} billion US dollars in {}'),
        (SELECT named(label_en, label_vi) FROM country_labels WHERE iso3 = arg_max(counterpart_iso3, turnover)),
        figure(max(turnover)), arg_max(year, turnover)) AS finding
FROM goods_trade WHERE counterpart_iso3 IS NOT NULL AND year >= 2020 AND turnover IS NOT NULL;
