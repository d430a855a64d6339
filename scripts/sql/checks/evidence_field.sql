-- title: Evidence for one field names a column that states a fact; a contradiction states another value in its form
-- protects: contradictions that can be compared
-- advice: name a column of the row that is neither key, source nor remark; state what the source says in the form of the cell, its words in brackets behind it; where the cell says the same, it is support
CREATE VIEW check_evidence_field AS
WITH claims AS (
    SELECT
        e.evidence_id,
        e.relation = 'contradicts' AS contradicts,
        e.stated_value AS stated,
        -- What is stated, without its qualifier and the remark behind it; blank where the source gives no value.
        regexp_extract(e.stated_value, '^(?:(?:about|nearly|over|up to) )?([^ (]*)', 1) AS said,
        v.value,
        v.field IS NOT NULL AND e.field NOT IN ('source_id', 'locator', 'note') AND e.field NOT LIKE '%\_precision' ESCAPE '\'
            AND list_contains(string_split(e.row_id, '/'), v.value) IS NOT TRUE AS is_fact,
        CASE
            WHEN e.field LIKE '%\_on' ESCAPE '\' THEN '(\d{4}(-\d\d(-\d\d)?)?)?'
            WHEN e.field IN ('value', 'people', 'edition', 'anniversary', 'year') THEN '((about |nearly |over |up to )?-?\d+(\.\d+)?)?'
            WHEN e.field IN ('kind', 'qualifier', 'to_tier_id', 'from_tier_id', 'programme', 'status', 'step', 'role')
                THEN '[a-z_]*'
        END AS form
    FROM evidence e
    LEFT JOIN row_values v ON v.table_name = e.table_name AND v.row_id = e.row_id AND v.field = e.field
    WHERE e.field IS NOT NULL
), judged AS (
    SELECT
        evidence_id,
        coalesce(is_fact, false) AS is_fact,
        NOT contradicts
            OR stated IS NULL -- another rule's
            OR coalesce(
                if(form IS NULL, stated <> value,
                    regexp_full_match(stated, form || '( ?\(.+\))?')
                    AND (said = '' OR NOT starts_with(value, said) OR form NOT LIKE '%{4}%' AND value <> said)),
                value IS NULL) AS differs
    FROM claims
)
SELECT evidence_id AS subject, 'evidence' AS table_name, evidence_id AS row_id,
    if(is_fact, 'stated_value', 'field') AS field, 1 AS value, 1 AS low, 1 AS high,
    (is_fact AND differs)::INTEGER AS derived_low, (is_fact AND differs)::INTEGER AS derived,
    (is_fact AND differs)::INTEGER AS derived_high
FROM judged;
