-- title: Every leader is named by a visit or held an office of the record
-- protects: a list of leaders without ballast
-- advice: add the visit or the term of office, or remove the leader
CREATE VIEW check_leaders_travel AS
WITH named AS (
    SELECT leader_id FROM high_level_visits
    UNION ALL
    SELECT leader_id FROM leader_terms
)
SELECT l.leader_id AS subject, 'leaders' AS table_name, l.leader_id AS row_id, 'leader_id' AS field,
    1 AS value, 1 AS low, NULL AS high,
    count(n.leader_id) AS derived_low, count(n.leader_id) AS derived, count(n.leader_id) AS derived_high
FROM leaders l
LEFT JOIN named n USING (leader_id)
GROUP BY l.leader_id;
