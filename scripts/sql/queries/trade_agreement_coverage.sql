-- title: Trade agreements, their partners and coverage
-- title_vi: Các hiệp định thương mại, đối tác và phạm vi bao phủ
-- question: Which trade agreements has Viet Nam with whom, and how many economies did free trade agreements cover when each came into force?
WITH economies AS (
    -- Each economy with each free trade agreement in force; the European Union stands for its members.
    SELECT a.agreement_id, coalesce(g.iso3, p.iso3) AS iso3, coalesce(p.in_force_on, a.in_force_on) AS since
    FROM trade_agreement_parties p
    JOIN trade_agreements a USING (agreement_id)
    LEFT JOIN country_groups g ON g.group_id = 'eu' AND p.iso3 = 'EUU'
    WHERE a.kind IN ('fta', 'cepa') AND a.status = 'in_force'
), firsts AS (
    SELECT * FROM economies QUALIFY row_number() OVER (PARTITION BY iso3 ORDER BY since, agreement_id) = 1
), covered AS (
    SELECT
        a.agreement_id,
        count(*) FILTER (f.agreement_id = a.agreement_id) AS first_covered,
        count(*) FILTER (f.since <= a.in_force_on) AS covered_by_then
    FROM trade_agreements a
    CROSS JOIN firsts f
    WHERE a.agreement_id IN (SELECT agreement_id FROM economies)
    GROUP BY a.agreement_id
), partners AS (
    SELECT p.agreement_id, count(*) AS partners, string_agg(c.name_en, '; ' ORDER BY c.name_en) AS partner_names
    FROM trade_agreement_parties p
    JOIN countries c USING (iso3)
    GROUP BY p.agreement_id
)
SELECT
    a.name_en AS agreement,
    a.abbreviation,
    a.kind,
    a.status,
    a.signed_on,
    a.signed_on_precision,
    a.in_force_on,
    a.in_force_on_precision,
    coalesce(p.partners, 0) AS partners,
    p.partner_names,
    c.first_covered AS economies_first_covered,
    c.covered_by_then AS economies_covered_by_then,
    s.publisher,
    s.url
FROM trade_agreements a
LEFT JOIN partners p USING (agreement_id)
LEFT JOIN covered c USING (agreement_id)
JOIN sources s ON s.source_id = a.source_id
ORDER BY a.in_force_on NULLS LAST, a.signed_on NULLS LAST, a.agreement_id;
