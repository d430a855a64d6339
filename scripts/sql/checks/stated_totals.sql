-- title: An official total agrees with the recorded events
-- protects: every official total
-- advice: correct the events or the figure, or document the difference in tables/discrepancies.csv
CREATE VIEW check_stated_totals AS
SELECT observation_id AS subject, 'observations' AS table_name, observation_id AS row_id, 'value' AS field,
    stated AS value, stated_low AS low, stated_high AS high, derived_low, derived, derived_high
FROM reconciliation
WHERE check_id = 'stated_totals' AND status <> 'incomplete';
