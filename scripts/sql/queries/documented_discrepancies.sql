-- title: Documented discrepancies
-- title_vi: Các điểm không khớp đã được ghi nhận và giải thích
-- question: Which stated figures do not follow from the record or from other figures, by how much, and why?
WITH compared AS (
    SELECT DISTINCT check_id, observation_id, indicator, ends_on, stated, qualifier, derived, difference, stated_by, source_id
    FROM reconciliation
)
SELECT
    d.status,
    d.check_id,
    d.subject,
    c.indicator,
    c.ends_on AS as_of,
    c.stated,
    c.qualifier,
    c.derived,
    c.difference,
    d.explanation,
    c.stated_by,
    stated.publisher AS stated_in,
    stated.url AS stated_url,
    reason.url AS explained_url
FROM discrepancies d
LEFT JOIN compared c ON c.check_id = d.check_id AND c.observation_id = d.subject
LEFT JOIN sources stated ON stated.source_id = c.source_id
LEFT JOIN sources reason ON reason.source_id = d.source_id
ORDER BY array_position(['open', 'inferred', 'explained'], d.status), d.check_id, d.subject;
