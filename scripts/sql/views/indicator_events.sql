-- title: Events behind indicators
-- title_vi: Sự kiện đằng sau chỉ tiêu
-- description: What each indicator that follows from events counts, as dated amounts.
-- column indicator_id: Indicator | Chỉ số | The indicator that counts the event.
-- column date_precision: Precision | Độ chính xác | How exactly the day is known: day, month or year.
-- column first_on: First day | Ngày đầu | First day that the date may mean.
-- column last_on: Last day | Ngày cuối | Last day that the date may mean.
-- column amount: Amount | Lượng | What is added from that day; below nought for what ends.
-- What the indicators that follow from events count, as dated amounts: a stock is the sum of the
-- amounts up to its day, a flow the sum of those within its period. What ends has an amount below
-- nought; what has no known day has counted from the beginning.
CREATE VIEW indicator_events AS
WITH counted AS (
    SELECT s.*, t.rank
    FROM partnership_spells s
    JOIN partnership_tiers t USING (tier_id)
    WHERE t.in_official_total
), spells AS (
    SELECT iso3, tier_id, rank, is_union, valid_from AS day, 1 AS amount FROM counted
    UNION ALL
    SELECT iso3, tier_id, rank, is_union, valid_to, -1 FROM counted WHERE valid_to IS NOT NULL
), relations AS (
    SELECT iso3, coalesce(established_on, DATE '0001-01-01') AS day, 1 AS amount FROM diplomatic_relations
    UNION ALL
    SELECT iso3, suspended_on, -1 FROM diplomatic_relations WHERE suspended_on IS NOT NULL
    UNION ALL
    SELECT iso3, resumed_on, 1 FROM diplomatic_relations WHERE suspended_on IS NOT NULL AND resumed_on IS NOT NULL
), titles AS (
    SELECT *, last_day_of(inscribed_on, inscribed_on_precision) AS last_on
    FROM unesco_titles
    -- An extension counts where a source says so, an inscription unless one says otherwise.
    WHERE coalesce(counted_in_official_total, step = 'inscription')
), activities AS (
    -- Officials count trips abroad and delegations received.
    SELECT 'outbound_visits' AS indicator_id, starts_on FROM trips
    UNION ALL
    SELECT 'inbound_delegations', starts_on FROM high_level_visits WHERE direction = 'inbound'
), agreements AS (
    SELECT * FROM trade_agreements WHERE kind IN ('fta', 'cepa') AND status <> 'superseded'
), seats AS (
    -- Terms of one body that overlap or follow each other are one seat.
    SELECT
        organization_id,
        starts_on,
        coalesce(last_day_of(ends_on, ends_on_precision), DATE '9999-12-30') AS last_on,
        max(last_on) OVER (
            PARTITION BY organization_id ORDER BY starts_on, membership_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS held_until
    FROM memberships
    JOIN organizations USING (organization_id)
    WHERE kind = 'unesco_body'
), whole_seats AS (
    SELECT organization_id, min(starts_on) AS starts_on, max(last_on) AS last_on
    FROM (
        SELECT *, count(*) FILTER (held_until IS NULL OR starts_on > held_until + 1) OVER (
            PARTITION BY organization_id ORDER BY starts_on, last_on
        ) AS number
        FROM seats
    )
    GROUP BY organization_id, number
), heritage_gaps AS (
    SELECT inscribed_on AS day, year(inscribed_on) - lag(year(inscribed_on)) OVER (ORDER BY inscribed_on, title_id) AS gap
    FROM unesco_titles
    WHERE programme = 'world_heritage' AND step = 'inscription'
), on_days AS (
    SELECT indicator_id, day, amount
    FROM (VALUES
        ('partners_total', 1, 3),
        ('partners_csp', 3, 3),
        ('partners_sp', 2, 2),
        ('partners_sp_or_csp', 2, 3),
        ('partners_cp', 1, 1)
    ) of_ranks (indicator_id, lowest, highest)
    -- Officials count countries; a union is none.
    JOIN spells ON rank BETWEEN lowest AND highest AND NOT is_union
    UNION ALL
    SELECT indicator_id, day, amount
    FROM (VALUES
        ('partners_unsc_permanent', 'unsc_permanent', 3),
        ('partners_g20', 'g20', 1),
        ('partners_g7', 'g7', 1),
        ('sp_middle_east_africa', 'middle_east_and_africa', 2)
    ) of_groups (indicator_id, group_id, lowest)
    JOIN country_groups USING (group_id)
    JOIN spells s ON s.iso3 = country_groups.iso3 AND rank >= lowest
    UNION ALL
    SELECT 'partnership_upgrades', valid_from, 1 FROM counted
    UNION ALL
    SELECT 'partners_special', min(valid_from), 1 FROM partnership_spells WHERE tier_id = 'special' GROUP BY iso3
    UNION ALL
    SELECT 'diplomatic_partners', day, amount FROM relations
    UNION ALL
    SELECT 'diplomatic_partners_un', day, amount
    FROM relations JOIN countries USING (iso3) WHERE status = 'un_member'
    UNION ALL
    SELECT 'new_diplomatic_partners', established_on, 1 FROM diplomatic_relations WHERE established_on IS NOT NULL
    UNION ALL
    SELECT indicator_id, starts_on, 1 FROM activities
    UNION ALL
    SELECT 'high_level_activities', starts_on, 1 FROM activities
    UNION ALL
    SELECT 'ftas_in_force', in_force_on, 1 FROM agreements WHERE in_force_on IS NOT NULL
    UNION ALL
    SELECT 'ftas_signed', least(signed_on, in_force_on), 1
    FROM agreements WHERE signed_on IS NOT NULL OR in_force_on IS NOT NULL
    UNION ALL
    SELECT 'ftas_total', if(status = 'under_negotiation', NULL, signed_on), 1 FROM agreements
    UNION ALL
    SELECT 'unesco_governance_bodies', starts_on, 1 FROM whole_seats
    UNION ALL
    SELECT 'unesco_governance_bodies', last_on + 1, -1 FROM whole_seats
    UNION ALL
    -- No count, but the sum of its own changes all the same.
    SELECT 'world_heritage_gap_years', day, gap - coalesce(lag(gap) OVER (ORDER BY day), 0)
    FROM heritage_gaps WHERE gap IS NOT NULL
    UNION ALL
    SELECT 'citizens_protected', starts_on, people
    FROM citizen_protection WHERE part_of_id IS NULL AND people IS NOT NULL AND starts_on IS NOT NULL
)
SELECT
    indicator_id,
    'day' AS date_precision,
    coalesce(day, DATE '0001-01-01') AS first_on,
    first_on AS last_on,
    amount::DOUBLE AS amount
FROM on_days
UNION ALL
SELECT unnest(['unesco_titles', 'unesco_titles_added']), inscribed_on_precision, inscribed_on, last_on, 1
FROM titles
UNION ALL
SELECT 'world_heritage_sites', inscribed_on_precision, inscribed_on, last_on, 1
FROM titles WHERE programme = 'world_heritage' AND step = 'inscription';
