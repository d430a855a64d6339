-- title: Most cited publishers
-- title_vi: Các đơn vị công bố được trích dẫn nhiều nhất
-- question: On which publishers does the package rest most, by the number of rows that they support?
-- param top: how many publishers to list
SELECT
    publisher,
    string_agg(DISTINCT kind, ', ' ORDER BY kind) AS kinds,
    count(DISTINCT source_id) AS sources,
    count(DISTINCT (table_name, row_id)) FILTER (relation <> 'contradicts') AS rows_supported,
    count(*) FILTER (relation = 'contradicts') AS contradictions,
    count(DISTINCT table_name) AS tables,
    string_agg(DISTINCT language, ', ' ORDER BY language) AS languages
FROM provenance
GROUP BY publisher
QUALIFY row_number() OVER (ORDER BY rows_supported DESC, publisher) <= coalesce(getvariable('top'), 25)::INTEGER
ORDER BY rows_supported DESC, publisher;
