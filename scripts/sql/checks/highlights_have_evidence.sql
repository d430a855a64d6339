-- title: Every highlight has a row that cites the same place of the review
-- protects: the promise that every fact of the reviews is a row
-- advice: add the rows that the block states, with its source_id and locator
CREATE VIEW check_highlights_have_evidence AS
SELECT h.highlight_id AS subject, 'highlights' AS table_name, h.highlight_id AS row_id, 'locator' AS field, 1 AS value, 1 AS low, NULL AS high, count(p.row_id) AS derived_low, count(p.row_id) AS derived, count(p.row_id) AS derived_high
FROM highlights h
LEFT JOIN provenance p
    ON p.source_id = h.source_id AND p.locator = h.locator AND p.table_name <> 'highlights'
GROUP BY h.highlight_id;
