-- title: Every leader is named by a visit
-- protects: a list of leaders without ballast
-- advice: add the visit, or remove the leader
CREATE VIEW check_leaders_travel AS
SELECT l.leader_id AS subject, 'leaders' AS table_name, l.leader_id AS row_id, 'leader_id' AS field, 1 AS value, 1 AS low, NULL AS high, count(v.visit_id) AS derived_low, count(v.visit_id) AS derived, count(v.visit_id) AS derived_high
FROM leaders l
LEFT JOIN high_level_visits v USING (leader_id)
GROUP BY l.leader_id;
