-- title: An upgrade rests on a page about it, not on a year-end review
-- protects: the partnership record
-- advice: cite a page about the upgrade
CREATE VIEW check_upgrades_have_their_own_source AS
SELECT u.upgrade_id AS subject, 'partnership_upgrades' AS table_name, u.upgrade_id AS row_id, 'source_id' AS field, 1 AS value, 1 AS low, NULL AS high, count(p.row_id) AS derived_low, count(p.row_id) AS derived, count(p.row_id) AS derived_high
FROM partnership_upgrades u
LEFT JOIN provenance p
    ON p.table_name = 'partnership_upgrades' AND p.row_id = u.upgrade_id AND p.relation <> 'contradicts'
    AND p.source_id NOT IN (SELECT source_id FROM highlights)
GROUP BY u.upgrade_id;
