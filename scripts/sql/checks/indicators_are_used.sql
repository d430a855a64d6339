-- title: Every indicator has an observation
-- protects: a list of indicators without ballast
-- advice: add an observation, or remove the indicator
CREATE VIEW check_indicators_are_used AS
SELECT i.indicator_id AS subject, 'indicators' AS table_name, i.indicator_id AS row_id, 'indicator_id' AS field, 1 AS value, 1 AS low, NULL AS high, count(o.observation_id) AS derived_low, count(o.observation_id) AS derived, count(o.observation_id) AS derived_high
FROM indicators i
LEFT JOIN observations o USING (indicator_id)
GROUP BY i.indicator_id;
