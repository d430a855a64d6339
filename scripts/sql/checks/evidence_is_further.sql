-- title: A source supports a row once: as its best source or as evidence
-- protects: the count of publishers
-- advice: remove the evidence, or name another source
CREATE VIEW check_evidence_is_further AS
SELECT evidence_id AS subject, 'evidence' AS table_name, evidence_id AS row_id, 'source_id' AS field,
    0 AS value, 0 AS low, 0 AS high, again AS derived_low, again AS derived, again AS derived_high
FROM (
    SELECT
        e.evidence_id,
        (e.relation = 'supports' AND EXISTS (
            FROM row_sources r
            WHERE r.table_name = e.table_name AND r.row_id = e.row_id AND r.source_id = e.source_id
        ))::INTEGER AS again
    FROM evidence e
);
