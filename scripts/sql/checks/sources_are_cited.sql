-- title: Every source is cited by a row
-- protects: a list of sources without ballast
-- advice: cite the source, or remove it
CREATE VIEW check_sources_are_cited AS
SELECT s.source_id AS subject, 'sources' AS table_name, s.source_id AS row_id, 'source_id' AS field, 1 AS value, 1 AS low, NULL AS high, count(c.source_id) AS derived_low, count(c.source_id) AS derived, count(c.source_id) AS derived_high
FROM sources s
LEFT JOIN (
    SELECT source_id FROM row_sources
    UNION ALL SELECT source_id FROM evidence
    UNION ALL SELECT source_id FROM discrepancies WHERE source_id IS NOT NULL
) c USING (source_id)
GROUP BY s.source_id;
