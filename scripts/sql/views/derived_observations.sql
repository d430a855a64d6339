-- For every observation whose indicator follows from recorded events: the derived figure.
CREATE VIEW derived_observations AS
WITH partner_counts AS (
    SELECT
        o.observation_id,
        count(s.iso3) FILTER (
            CASE o.indicator_id
                WHEN 'partners_csp' THEN s.tier_id = 'csp'
                WHEN 'partners_sp' THEN s.tier_id = 'sp'
                WHEN 'partners_sp_or_csp' THEN s.tier_id IN ('sp', 'csp')
                WHEN 'partners_cp' THEN s.tier_id = 'cp'
                ELSE true
            END
        ) AS derived
    FROM observations o
    LEFT JOIN (
        SELECT * FROM partnership_spells JOIN partnership_tiers USING (tier_id) WHERE in_official_total
    ) s ON s.valid_from <= o.ends_on AND (s.valid_to IS NULL OR s.valid_to > o.ends_on)
    WHERE o.indicator_id IN ('partners_total', 'partners_csp', 'partners_sp', 'partners_sp_or_csp', 'partners_cp')
    GROUP BY o.observation_id
), group_counts AS (
    SELECT o.observation_id, count(s.iso3) AS derived
    FROM observations o
    JOIN (VALUES
        ('partners_unsc_permanent', 'unsc_permanent', 3),
        ('partners_g20', 'g20', 1),
        ('partners_g7', 'g7', 1),
        ('partners_asean', 'asean', 1),
        ('sp_middle_east_africa', 'middle_east_and_africa', 2)
    ) claim (indicator_id, group_id, least_rank) USING (indicator_id)
    LEFT JOIN country_groups g USING (group_id)
    LEFT JOIN (SELECT * FROM partnership_spells JOIN partnership_tiers USING (tier_id)) s
        ON s.iso3 = g.iso3 AND s.rank >= claim.least_rank
        AND s.valid_from <= o.ends_on AND (s.valid_to IS NULL OR s.valid_to > o.ends_on)
    GROUP BY o.observation_id
), upgrade_counts AS (
    SELECT o.observation_id, count(s.iso3) AS derived
    FROM observations o
    LEFT JOIN (
        SELECT * FROM partnership_spells JOIN partnership_tiers USING (tier_id) WHERE in_official_total
    ) s ON s.valid_from BETWEEN o.starts_on AND o.ends_on
    WHERE o.indicator_id = 'partnership_upgrades'
    GROUP BY o.observation_id
), special_counts AS (
    SELECT o.observation_id, count(DISTINCT s.iso3) AS derived
    FROM observations o
    LEFT JOIN partnership_spells s ON s.tier_id = 'special' AND s.valid_from <= o.ends_on
    WHERE o.indicator_id = 'partners_special'
    GROUP BY o.observation_id
), diplomatic_counts AS (
    SELECT
        o.observation_id,
        count(d.iso3) FILTER (o.indicator_id = 'diplomatic_partners' OR c.status = 'un_member') AS derived
    FROM observations o
    LEFT JOIN diplomatic_relations d
        ON (d.established_on IS NULL OR d.established_on <= o.ends_on)
        AND NOT (d.suspended_on IS NOT NULL AND d.suspended_on <= o.ends_on
            AND (d.resumed_on IS NULL OR d.resumed_on > o.ends_on))
    LEFT JOIN countries c USING (iso3)
    WHERE o.indicator_id IN ('diplomatic_partners', 'diplomatic_partners_un')
    GROUP BY o.observation_id
), new_relation_counts AS (
    SELECT o.observation_id, count(d.iso3) AS derived
    FROM observations o
    LEFT JOIN diplomatic_relations d ON d.established_on BETWEEN o.starts_on AND o.ends_on
    WHERE o.indicator_id = 'new_diplomatic_partners'
    GROUP BY o.observation_id
), title_counts AS (
    SELECT o.observation_id, count(t.title_id) AS derived
    FROM observations o
    LEFT JOIN unesco_titles t
        ON last_day_of(t.inscribed_on, t.inscribed_on_precision) <= o.ends_on
        AND (o.starts_on IS NULL OR t.inscribed_on >= o.starts_on)
        -- An extension counts where a source says so, an inscription unless one says otherwise.
        AND coalesce(t.counted_in_official_total, t.step = 'inscription')
        AND (t.step = 'inscription' OR o.indicator_id <> 'world_heritage_sites')
        AND (o.indicator_id <> 'world_heritage_sites' OR t.programme = 'world_heritage')
    WHERE o.indicator_id IN ('unesco_titles', 'unesco_titles_added', 'world_heritage_sites')
    GROUP BY o.observation_id
), visit_counts AS (
    -- Officials count trips abroad and delegations received.
    SELECT
        o.observation_id,
        count(*) FILTER (
            v.starts_on BETWEEN o.starts_on AND o.ends_on
            AND (o.indicator_id = 'high_level_activities'
                OR v.direction = if(o.indicator_id = 'outbound_visits', 'outbound', 'inbound'))
        ) AS derived
    FROM observations o
    CROSS JOIN (
        SELECT 'outbound' AS direction, starts_on FROM trips
        UNION ALL
        SELECT direction, starts_on FROM high_level_visits WHERE direction = 'inbound'
    ) v
    WHERE o.indicator_id IN ('outbound_visits', 'inbound_delegations', 'high_level_activities')
    GROUP BY o.observation_id
), agreement_counts AS (
    SELECT
        o.observation_id,
        count(a.agreement_id) FILTER (
            CASE o.indicator_id
                WHEN 'ftas_in_force' THEN a.in_force_on <= o.ends_on
                WHEN 'ftas_signed' THEN a.signed_on <= o.ends_on OR a.in_force_on <= o.ends_on
                ELSE a.signed_on IS NULL OR a.signed_on <= o.ends_on OR a.status = 'under_negotiation'
            END
        ) AS derived
    FROM observations o
    LEFT JOIN trade_agreements a ON a.kind IN ('fta', 'cepa') AND a.status <> 'superseded'
    WHERE o.indicator_id IN ('ftas_in_force', 'ftas_signed', 'ftas_total')
    GROUP BY o.observation_id
), seat_counts AS (
    SELECT o.observation_id, count(DISTINCT m.organization_id) AS derived
    FROM observations o
    LEFT JOIN (SELECT * FROM memberships JOIN organizations USING (organization_id) WHERE kind = 'unesco_body') m
        ON m.starts_on <= o.ends_on
        AND (m.ends_on IS NULL OR last_day_of(m.ends_on, m.ends_on_precision) >= o.ends_on)
    WHERE o.indicator_id = 'unesco_governance_bodies'
    GROUP BY o.observation_id
), heritage_gaps AS (
    SELECT o.observation_id, year(max(t.inscribed_on)) - year(max(t.inscribed_on, 2)[2]) AS derived
    FROM observations o
    JOIN unesco_titles t
        ON t.inscribed_on <= o.ends_on AND t.programme = 'world_heritage' AND t.step = 'inscription'
    WHERE o.indicator_id = 'world_heritage_gap_years'
    GROUP BY o.observation_id
), protection_sums AS (
    SELECT o.observation_id, coalesce(sum(p.people), 0) AS derived
    FROM observations o
    LEFT JOIN citizen_protection p
        ON p.starts_on BETWEEN o.starts_on AND o.ends_on AND p.part_of_id IS NULL
    WHERE o.indicator_id = 'citizens_protected'
    GROUP BY o.observation_id
)
SELECT observation_id, derived::DOUBLE AS derived FROM partner_counts
UNION ALL FROM group_counts
UNION ALL FROM upgrade_counts
UNION ALL FROM special_counts
UNION ALL FROM diplomatic_counts
UNION ALL FROM new_relation_counts
UNION ALL FROM title_counts
UNION ALL FROM visit_counts
UNION ALL FROM agreement_counts
UNION ALL FROM seat_counts
UNION ALL FROM heritage_gaps
UNION ALL FROM protection_sums;
COMMENT ON VIEW derived_observations IS 'For every observation whose indicator follows from recorded events: the derived figure.';
