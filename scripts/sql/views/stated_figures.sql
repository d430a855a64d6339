-- Every observation with the interval in which its qualifier and its rounding place the true figure.
CREATE VIEW stated_figures AS
SELECT
    o.*,
    i.name_en AS indicator,
    i.unit,
    i.kind,
    i.derivation,
    least(o.value * q.lower_factor, o.value * coalesce(q.upper_factor, 1e6)) - rounding(o.value, i.unit) AS low,
    greatest(o.value * q.lower_factor, o.value * coalesce(q.upper_factor, 1e6)) + rounding(o.value, i.unit) AS high
FROM observations o
JOIN indicators i USING (indicator_id)
JOIN qualifiers q USING (qualifier);
COMMENT ON VIEW stated_figures IS 'Every observation with the interval in which its qualifier and its rounding place the true figure.';
