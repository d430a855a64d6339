-- title: Partners in all are the sum of the three tiers
-- protects: official totals by tier
-- advice: correct the figure, or document the difference in tables/discrepancies.csv
CREATE VIEW check_tiers AS
SELECT observation_id AS subject, 'observations' AS table_name, observation_id AS row_id, 'value' AS field,
    stated AS value, stated_low AS low, stated_high AS high, derived_low, derived, derived_high
FROM reconciliation
WHERE check_id = 'tiers';
