-- title: Reconciliation
-- title_vi: Đối chiếu
-- description: Every stated figure that can be derived: stated, derived, difference and status.
-- key: check_id, observation_id
-- column stated: Stated | Công bố | The figure as stated.
-- column stated_low: Stated, least | Công bố, nhỏ nhất | Least figure that the words allow.
-- column stated_high: Stated, greatest | Công bố, lớn nhất | Greatest figure that the words allow; blank
--   where there is none.
-- column derived_low: Derived, least | Tính được, nhỏ nhất | Least figure that can follow.
-- column derived: Derived | Tính được | The figure that follows from the rest of the package.
-- column derived_high: Derived, greatest | Tính được, lớn nhất | Greatest figure that can follow.
-- column difference: Difference | Chênh lệch | Derived minus stated.
-- column is_incomplete: Is incomplete | Chưa đầy đủ | Whether the table behind it claims no completeness
--   and holds less than stated.
-- column status: Status | Tình trạng | agrees, explained, inferred, open, or incomplete where the record does
--   not claim to be complete and holds less than stated.
-- Every stated figure that can be derived, from events or from other figures: stated, derived, status.
-- incomplete: the table behind it does not claim to hold everything, and holds less than stated.
CREATE VIEW reconciliation AS
WITH derived AS (
    SELECT 'stated_totals' AS check_id, observation_id, derived AS derived_low, derived, derived AS derived_high
    FROM derived_observations
    UNION ALL
    SELECT check_id, observation_id, low, derived, high FROM identities
)
SELECT
    d.check_id,
    f.observation_id,
    f.indicator_id,
    f.indicator,
    f.counterpart_iso3,
    f.starts_on,
    f.ends_on,
    f.stated_on,
    f.stated_on_precision,
    f.stated_by,
    f.value AS stated,
    f.qualifier,
    f.low AS stated_low,
    f.high AS stated_high,
    d.derived_low,
    round(d.derived, 6) AS derived,
    d.derived_high,
    round(d.derived - f.value, 6) AS difference,
    d.check_id = 'stated_totals' AND d.derived < f.low
        AND NOT coalesce(c.is_complete AND f.ends_on <= c.complete_until, true) AS is_incomplete,
    CASE
        WHEN d.derived_high >= f.low - 1e-9 AND d.derived_low <= f.high + 1e-9 THEN 'agrees'
        WHEN x.status IS NOT NULL THEN x.status
        WHEN is_incomplete THEN 'incomplete'
        ELSE 'open'
    END AS status,
    x.explanation,
    f.source_id
FROM derived d
JOIN stated_figures f USING (observation_id)
LEFT JOIN table_coverage c ON c.table_name = f.derivation
LEFT JOIN discrepancies x ON x.check_id = d.check_id AND x.subject = f.observation_id
-- What lies before the first day that a table covers cannot be derived from it.
WHERE d.check_id <> 'stated_totals' OR coalesce(f.starts_on, f.ends_on) >= coalesce(c.starts_on, f.ends_on);
