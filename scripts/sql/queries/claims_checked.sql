-- title: Claims checked
-- title_vi: Kiểm chứng các nhận định
-- question: Are claims such as partnerships with every permanent member of the Security Council or with most of the G20 borne out, and by which countries?
WITH claims AS (
    FROM (VALUES
        ('partners_unsc_permanent', 'unsc_permanent', 'csp'),
        ('partners_g20', 'g20', 'cp'),
        ('partners_g7', 'g7', 'cp'),
        ('sp_middle_east_africa', 'middle_east_and_africa', 'sp'),
        ('partners_special', NULL, NULL),
        ('trade_surplus_years', NULL, NULL),
        ('unesco_governance_bodies', NULL, NULL),
        ('world_heritage_gap_years', NULL, NULL)
    ) claim (indicator_id, group_id, least_tier_id)
), members AS (
    -- Each member of the claim's group on the claim's day: does its framework count?
    SELECT
        o.observation_id,
        c.name_en,
        EXISTS (
            FROM partnership_spells s
            JOIN partnership_tiers t USING (tier_id)
            JOIN partnership_tiers least ON least.tier_id = claims.least_tier_id
            WHERE s.iso3 = g.iso3 AND t.rank >= least.rank
                AND s.valid_from <= o.ends_on AND (s.valid_to IS NULL OR s.valid_to > o.ends_on)
        ) AS counts
    FROM observations o
    JOIN claims USING (indicator_id)
    JOIN country_groups g USING (group_id)
    JOIN countries c USING (iso3)
), named AS (
    -- The other members are named where they are the smaller part.
    SELECT
        observation_id,
        count(*) AS group_size,
        string_agg(name_en, '; ' ORDER BY name_en) FILTER (counts) AS countries_that_count,
        CASE WHEN 2 * count(*) FILTER (counts) >= count(*)
            THEN string_agg(name_en, '; ' ORDER BY name_en) FILTER (NOT counts)
        END AS countries_that_do_not
    FROM members
    GROUP BY observation_id
)
SELECT
    r.indicator AS claim,
    r.ends_on AS as_of,
    r.stated_by,
    r.stated,
    r.qualifier,
    r.derived,
    r.status AS verdict,
    n.group_size,
    n.countries_that_count,
    n.countries_that_do_not,
    r.explanation,
    s.publisher,
    s.url
FROM reconciliation r
JOIN claims c USING (indicator_id)
LEFT JOIN named n USING (observation_id)
JOIN sources s ON s.source_id = r.source_id
WHERE r.check_id IN ('stated_totals', 'surplus_years')
ORDER BY r.indicator_id, r.ends_on, r.observation_id;
