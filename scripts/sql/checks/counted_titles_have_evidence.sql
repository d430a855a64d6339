-- title: Whether the official total counts a title rests on evidence
-- protects: the count of titles
-- advice: add a row of evidence with the field counted_in_official_total, or leave the cell blank
CREATE VIEW check_counted_titles_have_evidence AS
SELECT t.title_id AS subject, 'unesco_titles' AS table_name, t.title_id AS row_id, 'counted_in_official_total' AS field, 1 AS value, 1 AS low, NULL AS high, count(e.evidence_id) AS derived_low, count(e.evidence_id) AS derived, count(e.evidence_id) AS derived_high
FROM unesco_titles t
LEFT JOIN evidence e
    ON e.table_name = 'unesco_titles' AND e.row_id = t.title_id AND e.field = 'counted_in_official_total'
WHERE t.counted_in_official_total IS NOT NULL
GROUP BY t.title_id;
