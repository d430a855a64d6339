-- title: A sample of rows to look up again
-- title_vi: Mẫu ngẫu nhiên các dòng để tra cứu lại
-- question: Which rows does a random sample with a known seed draw, what do they state, and where does it stand?
-- param seed: any text; the same seed draws the same rows of the same data
-- param size: how many rows to draw
WITH drawn AS (
    SELECT table_name, row_id, source_id, locator,
        md5(concat_ws(' ', coalesce(getvariable('seed'), 'lotus'), table_name, row_id)) AS lot
    FROM row_sources
    JOIN table_coverage USING (table_name)
    WHERE role = 'facts'
    QUALIFY row_number() OVER (ORDER BY lot) <= coalesce(getvariable('size'), 30)::INTEGER
)
SELECT
    d.table_name,
    d.row_id,
    (
        SELECT string_agg(v.field || ': ' || v.value, '; ' ORDER BY v.field)
        FROM row_values v
        WHERE v.table_name = d.table_name AND v.row_id = d.row_id
            AND v.field NOT IN ('source_id', 'locator', 'note') AND v.value IS NOT NULL
    ) AS states,
    s.publisher,
    s.title,
    d.locator,
    s.url
FROM drawn d
JOIN sources s USING (source_id)
ORDER BY d.lot;
