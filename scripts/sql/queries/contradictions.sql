-- title: Contradictions between sources
-- title_vi: Những chỗ các nguồn mâu thuẫn nhau
-- question: Where does a source state something other than what the package records, and on which source does the record rest?
SELECT
    e.table_name,
    e.row_id,
    e.field,
    r.value AS recorded_value,
    e.stated_value,
    mine.publisher AS recorded_from,
    s.publisher AS stated_by,
    s.published_on,
    s.title AS stated_in,
    s.url
FROM evidence e
JOIN sources s USING (source_id)
LEFT JOIN row_values r ON r.table_name = e.table_name AND r.row_id = e.row_id AND r.field = e.field
LEFT JOIN row_sources own ON own.table_name = e.table_name AND own.row_id = e.row_id
LEFT JOIN sources mine ON mine.source_id = own.source_id
WHERE e.relation = 'contradicts'
ORDER BY e.table_name, e.row_id, e.field, e.evidence_id;
