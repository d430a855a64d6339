-- title: Final statements of one figure do not exclude each other
-- protects: figures that several sources state
-- advice: correct the figure, or document the difference in tables/discrepancies.csv
CREATE VIEW check_rival_statements AS
SELECT observation_id AS subject, 'observations' AS table_name, observation_id AS row_id, 'value' AS field,
    stated AS value, stated_low AS low, stated_high AS high, derived_low, derived, derived_high
FROM reconciliation
WHERE check_id = 'rival_statements';
