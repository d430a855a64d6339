-- title: A stated growth rate follows from the figures of the two years
-- protects: growth rates
-- advice: correct the figure, or document the difference in tables/discrepancies.csv
CREATE VIEW check_growth AS
SELECT observation_id AS subject, 'observations' AS table_name, observation_id AS row_id, 'value' AS field,
    stated AS value, stated_low AS low, stated_high AS high, derived_low, derived, derived_high
FROM reconciliation
WHERE check_id = 'growth';
