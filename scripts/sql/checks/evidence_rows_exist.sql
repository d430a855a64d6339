-- title: Every row of evidence speaks of a row that exists
-- protects: links from evidence to facts
-- advice: correct table_name or row_id
CREATE VIEW check_evidence_rows_exist AS
SELECT e.evidence_id AS subject, 'evidence' AS table_name, e.evidence_id AS row_id, 'row_id' AS field, 1 AS value, 1 AS low, NULL AS high, count(r.row_id) AS derived_low, count(r.row_id) AS derived, count(r.row_id) AS derived_high
FROM evidence e
LEFT JOIN row_sources r ON r.table_name = e.table_name AND r.row_id = e.row_id
GROUP BY e.evidence_id;
