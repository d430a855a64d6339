-- title: A source supports a row once: as its best source or as evidence
-- protects: the count of publishers
-- advice: remove the evidence, or name another source
CREATE VIEW check_evidence_is_further AS
SELECT e.evidence_id AS subject, 'evidence' AS table_name, e.evidence_id AS row_id, 'source_id' AS field,
    0 AS value, 0 AS low, 0 AS high,
    count(r.row_id) AS derived_low, count(r.row_id) AS derived, count(r.row_id) AS derived_high
FROM evidence e
LEFT JOIN row_sources r
    ON r.table_name = e.table_name AND r.row_id = e.row_id AND r.source_id = e.source_id
    AND e.relation = 'supports'
GROUP BY e.evidence_id;
