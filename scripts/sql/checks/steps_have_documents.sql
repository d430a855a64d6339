-- title: Every step of a partnership since 2010 has its document, or the word that none was found
-- protects: the way from a step to its text
-- advice: add a row to tables/documents.csv; kind none_found where pages show no document
CREATE VIEW check_steps_have_documents AS
SELECT u.upgrade_id AS subject, 'partnership_upgrades' AS table_name, u.upgrade_id AS row_id, 'upgrade_id' AS field,
    1 AS value, 1 AS low, NULL AS high,
    count(d.document_id) AS derived_low, count(d.document_id) AS derived, count(d.document_id) AS derived_high
FROM partnership_upgrades u
LEFT JOIN documents d USING (upgrade_id)
WHERE u.upgraded_on >= DATE '2010-01-01'
GROUP BY u.upgrade_id;
