-- title: Contradictions between sources
-- title_vi: Những chỗ các nguồn mâu thuẫn nhau
-- question: Where does a source state something other than what the package records, and on which source does the record rest?
WITH recorded AS (
    SELECT 'apparatus_reforms' AS table_name, reform_id AS row_id, 'effective_on' AS field, effective_on::VARCHAR AS value
    FROM apparatus_reforms
    UNION ALL
    SELECT 'citizen_protection', operation_id, unnest(['starts_on', 'ends_on', 'people']),
        unnest([starts_on::VARCHAR, ends_on::VARCHAR, regexp_replace(people::VARCHAR, '\.0$', '')])
    FROM citizen_protection
    UNION ALL
    SELECT 'diplomatic_relations', iso3, unnest(['established_on', 'suspended_on', 'resumed_on']),
        unnest([established_on::VARCHAR, suspended_on::VARCHAR, resumed_on::VARCHAR])
    FROM diplomatic_relations
    UNION ALL
    SELECT 'events', event_id, unnest(['starts_on', 'ends_on', 'place']),
        unnest([starts_on::VARCHAR, ends_on::VARCHAR, place])
    FROM events
    UNION ALL
    SELECT 'high_level_visits', visit_id, unnest(['starts_on', 'ends_on', 'kind']),
        unnest([starts_on::VARCHAR, ends_on::VARCHAR, kind])
    FROM high_level_visits
    UNION ALL
    SELECT 'legal_instruments', instrument_id, unnest(['issued_on', 'number']), unnest([issued_on::VARCHAR, number])
    FROM legal_instruments
    UNION ALL
    SELECT 'memberships', membership_id, unnest(['starts_on', 'ends_on', 'role']),
        unnest([starts_on::VARCHAR, ends_on::VARCHAR, role])
    FROM memberships
    UNION ALL
    SELECT 'observations', observation_id, unnest(['starts_on', 'ends_on', 'value', 'qualifier']),
        unnest([starts_on::VARCHAR, ends_on::VARCHAR, regexp_replace(value::VARCHAR, '\.0$', ''), qualifier])
    FROM observations
    UNION ALL
    SELECT 'partnership_upgrades', upgrade_id, unnest(['upgraded_on', 'to_tier_id', 'framework']),
        unnest([upgraded_on::VARCHAR, to_tier_id, framework])
    FROM partnership_upgrades
    UNION ALL
    SELECT 'trade_agreement_parties', agreement_id || '/' || iso3, 'in_force_on', in_force_on::VARCHAR
    FROM trade_agreement_parties
    UNION ALL
    SELECT 'trade_agreements', agreement_id, unnest(['signed_on', 'in_force_on']),
        unnest([signed_on::VARCHAR, in_force_on::VARCHAR])
    FROM trade_agreements
    UNION ALL
    SELECT 'unesco_titles', title_id, 'inscribed_on', inscribed_on::VARCHAR
    FROM unesco_titles
)
SELECT
    e.table_name,
    e.row_id,
    e.field,
    r.value AS recorded_value,
    e.stated_value,
    mine.publisher AS recorded_from,
    s.publisher AS stated_by,
    s.published_on,
    s.title AS stated_in,
    s.url
FROM evidence e
JOIN sources s USING (source_id)
LEFT JOIN recorded r ON r.table_name = e.table_name AND r.row_id = e.row_id AND r.field = e.field
LEFT JOIN row_sources own ON own.table_name = e.table_name AND own.row_id = e.row_id
LEFT JOIN sources mine ON mine.source_id = own.source_id
WHERE e.relation = 'contradicts'
ORDER BY e.table_name, e.row_id, e.field, e.evidence_id;
