-- title: Legal instruments by year
-- title_vi: Văn bản pháp lý và chủ trương đối ngoại theo năm
-- question: Which laws, resolutions, directives and decisions on foreign affairs were issued in each year, and by whom?
SELECT
    year(i.issued_on) AS year,
    i.issued_on,
    i.issued_on_precision,
    i.kind,
    i.number,
    i.issuer,
    i.title_en,
    i.title_vi,
    i.topic,
    s.publisher,
    s.url
FROM legal_instruments i
JOIN sources s USING (source_id)
ORDER BY i.issued_on NULLS LAST, i.instrument_id;
