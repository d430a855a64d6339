-- title: A country's file on a day
-- title_vi: Hồ sơ một nước tại một ngày
-- question: What was on record of relations with a country by a day: relations, steps and their documents, missions, visits, agreements and the latest figures?
-- param country (countries.iso3): the country's ISO 3166-1 alpha-3 code
-- param day: the day, as YYYY-MM-DD
WITH given AS (
    SELECT
        upper(coalesce(getvariable('country'), 'FRA')) AS iso3,
        coalesce(getvariable('day'), DATE '2026-11-27')::DATE AS day
), entries AS (
    SELECT 1 AS part, 'diplomatic_relations' AS table_name, iso3 AS row_id, established_on AS day,
        established_on_precision AS day_precision, 'diplomatic relations' AS words, source_id, iso3
    FROM diplomatic_relations
    UNION ALL
    SELECT 2, 'partnership_upgrades', upgrade_id, upgraded_on, upgraded_on_precision,
        coalesce(framework, t.name_en) || coalesce(': ' || sector, ''), u.source_id, iso3
    FROM partnership_upgrades u
    JOIN partnership_tiers t ON t.tier_id = u.to_tier_id
    UNION ALL
    SELECT 3, 'documents', document_id, coalesce(d.signed_on, u.upgraded_on),
        coalesce(d.signed_on_precision, u.upgraded_on_precision),
        coalesce(title_en, title_vi, replace(kind, '_', ' ')), d.source_id, u.iso3
    FROM documents d
    JOIN partnership_upgrades u USING (upgrade_id)
    WHERE kind <> 'none_found'
    UNION ALL
    SELECT 4, 'diplomatic_missions', mission_id, opened_on, opened_on_precision,
        if(direction = 'abroad', 'of Viet Nam: ', 'in Viet Nam: ') || replace(kind, '_', ' ') || coalesce(' ' || city, ''),
        source_id, iso3
    FROM diplomatic_missions
    UNION ALL
    SELECT 5, 'trade_agreements', agreement_id, coalesce(a.signed_on, a.in_force_on),
        if(a.signed_on IS NULL, a.in_force_on_precision, a.signed_on_precision), a.name_en, a.source_id, p.iso3
    FROM trade_agreements a
    JOIN trade_agreement_parties p USING (agreement_id)
    UNION ALL
    SELECT 6, 'high_level_visits', visit_id, starts_on, starts_on_precision,
        l.name_en || if(direction = 'outbound', ' in the country: ', ' in Viet Nam: ') || occasion, v.source_id, v.iso3
    FROM high_level_visits v
    JOIN leaders l USING (leader_id)
), figures AS (
    SELECT 7 AS part, 'observations' AS table_name, observation_id AS row_id, ends_on AS day,
        'day' AS day_precision,
        indicator || ': ' || if(qualifier = 'exact', '', replace(qualifier, '_', ' ') || ' ') || value || ' ' || unit AS words,
        source_id, counterpart_iso3 AS iso3
    FROM best_figures
    WHERE counterpart_iso3 = (SELECT iso3 FROM given) AND ends_on <= (SELECT day FROM given) AND obs_status <> 'F'
    QUALIFY row_number() OVER (PARTITION BY indicator_id ORDER BY ends_on DESC, starts_on, observation_id) = 1
)
SELECT e.part, e.table_name, e.row_id, e.day, e.day_precision, e.words, s.publisher, s.url
FROM (FROM entries UNION ALL FROM figures) e
JOIN sources s USING (source_id)
WHERE e.iso3 = (SELECT iso3 FROM given) AND (e.day IS NULL OR e.day <= (SELECT day FROM given))
ORDER BY e.part, e.day, e.row_id;
