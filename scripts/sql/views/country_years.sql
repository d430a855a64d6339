-- title: Country years
-- title_vi: Từng nước theo từng năm
-- description: The panel: relations of Viet Nam with each country at the end of each year since 1950,
--   and what the two did in it. The last year ends where the record does.
-- key: iso3, year
-- column iso3: Country | Quốc gia | The country, ISO 3166-1 alpha-3.
-- column year: Year | Năm | Calendar year.
-- column country: Name | Tên | Short name of the country in English.
-- column tier_id: Tier | Khuôn khổ | The counted framework in force at the year's end; blank for none.
-- column tier_rank: Rank of the tier | Bậc của khuôn khổ | 1 to 3, from comprehensive to comprehensive
--   strategic partnership; 0 for no counted framework; blank where the year is not covered.
-- column tier_changed: Tier changed | Khuôn khổ thay đổi | Whether the tier at the year's end is another one
--   than a year before.
-- column tier_since: Tier since | Khuôn khổ từ ngày | Day on which that framework began, as exactly as
--   tier_since_precision says.
-- column tier_since_precision: Precision of tier_since | Độ chính xác của mốc khuôn khổ | day, month or year.
--   A date known to the month or the year holds the first day of it.
-- column tier_confidence: Confidence in the tier | Độ tin cậy của khuôn khổ | high, medium or low: how well the
--   step to that framework is sourced.
-- column upgrade_id: Step to the tier | Bước lên khuôn khổ | The row of partnership_upgrades with which that
--   framework began; its source says so.
-- column other_frameworks: Other frameworks | Khuôn khổ khác | Frameworks outside the official count in force
--   at the year's end (special, sectoral), with a blank between.
-- column tier_coverage: Coverage of tiers | Phạm vi về khuôn khổ | whole: the table behind it claims to hold
--   everything of that year; part: it may lack something, so a count is the least there was; none: the year
--   lies outside its coverage, and blank says nothing.
-- column relations: Diplomatic relations | Quan hệ ngoại giao | Whether diplomatic relations were in force at
--   the year's end. Blank where no page seen says since when, but for the last year.
-- column relations_since: Relations since | Quan hệ từ ngày | Day on which they were established, as exactly
--   as relations_since_precision says.
-- column relations_since_precision: Precision of relations_since | Độ chính xác của mốc quan hệ | day, month
--   or year. A date known to the month or the year holds the first day of it.
-- column relations_coverage: Coverage of relations | Phạm vi về quan hệ | As tier_coverage.
-- column outbound_visits: Visits abroad | Số chuyến thăm đi | Visits of Viet Nam's top leaders to the country
--   that were under way in the year.
-- column outbound_days: Days of visits abroad | Số ngày thăm đi | Days of these visits in the year, each leader
--   counted; a visit whose length is not known counts one day.
-- column inbound_visits: Visits received | Số chuyến thăm đến | Visits of the country's top leaders to Viet Nam
--   that were under way in the year.
-- column inbound_days: Days of visits received | Số ngày thăm đến | Days of these visits, counted likewise.
-- column days_are_exact: Days are exact | Số ngày chính xác | Whether the first and last day of every visit is
--   known; if not, the days are the least there were.
-- column visits_coverage: Coverage of visits | Phạm vi về các chuyến thăm | As tier_coverage.
-- column trade_agreements: Trade agreements | Hiệp định thương mại | Trade agreements in force between the two
--   at the year's end; one with the European Union counts for each member.
-- column trade_agreements_coverage: Coverage of trade agreements | Phạm vi về hiệp định | As tier_coverage.
-- column shared_groups: Shared groups | Nhóm cùng tham gia | Groups of states that both are known to have been
--   members of at the year's end, with a blank between. Trade agreements are counted apart.
-- column shared_groups_coverage: Coverage of groups | Phạm vi về các nhóm | As tier_coverage, but part for
--   all earlier years: the day of joining is known for some members.
-- Each spell becomes a row a year, so that nothing is joined but by country and year.
CREATE VIEW country_years AS
WITH parts AS (
    SELECT * FROM table_coverage
    WHERE table_name IN (
        'partnership_upgrades', 'diplomatic_relations', 'high_level_visits', 'trade_agreements', 'country_groups'
    )
), years AS (
    SELECT unnest(range(1950, (SELECT max(year(ends_on)) + 1 FROM parts))) AS year
), extents AS (
    SELECT table_name, year,
        CASE
            WHEN year NOT BETWEEN year(starts_on) AND year(ends_on) THEN 'none'
            WHEN is_complete AND make_date(year, 1, 1) >= starts_on AND make_date(year, 12, 31) <= complete_until THEN 'whole'
            ELSE 'part'
        END AS extent
    FROM parts
    CROSS JOIN years
), coverage AS (
    SELECT
        year,
        any_value(extent) FILTER (table_name = 'partnership_upgrades') AS tier,
        any_value(extent) FILTER (table_name = 'diplomatic_relations') AS relations,
        any_value(extent) FILTER (table_name = 'high_level_visits') AS visits,
        any_value(extent) FILTER (table_name = 'trade_agreements') AS agreements,
        any_value(extent) FILTER (table_name = 'country_groups') AS groups
    FROM extents
    GROUP BY year
), record AS (
    SELECT max(year) AS last_year FROM years
), spells AS (
    SELECT s.*, t.rank, t.in_official_total,
        unnest(range(year(s.valid_from), coalesce(year(s.valid_to), last_year + 1))) AS year
    FROM partnership_spells s
    JOIN partnership_tiers t USING (tier_id)
    CROSS JOIN record
), tiers AS (
    SELECT iso3, year, tier_id, rank, valid_from, valid_from_precision, confidence, upgrade_id
    FROM spells
    WHERE in_official_total
), others AS (
    SELECT iso3, year, string_agg(DISTINCT tier_id, ' ' ORDER BY tier_id) AS tier_ids
    FROM spells
    WHERE NOT in_official_total
    GROUP BY iso3, year
), relations AS (
    SELECT *,
        -- At the end of a year a date known to the year is past.
        unnest(range(coalesce(year(established_on), last_year), last_year + 1)) AS year,
        coalesce(year >= year(suspended_on), false) AND coalesce(year < year(resumed_on), true) AS is_suspended
    FROM diplomatic_relations
    CROSS JOIN record
), visits AS (
    SELECT
        iso3,
        direction,
        starts_on_precision = 'day' AND ends_on IS NOT NULL AS is_exact,
        starts_on,
        if(starts_on_precision = 'day', coalesce(ends_on, starts_on), starts_on) AS last_on,
        unnest(range(year(starts_on), year(last_on) + 1)) AS year,
        date_diff('day', greatest(starts_on, make_date(year, 1, 1)), least(last_on, make_date(year, 12, 31))) + 1 AS days
    FROM high_level_visits
), visited AS (
    SELECT
        iso3,
        year,
        count(*) FILTER (direction = 'outbound') AS outbound_visits,
        (sum(days) FILTER (direction = 'outbound'))::BIGINT AS outbound_days,
        count(*) FILTER (direction = 'inbound') AS inbound_visits,
        (sum(days) FILTER (direction = 'inbound'))::BIGINT AS inbound_days,
        bool_and(is_exact) AS is_exact
    FROM visits
    GROUP BY iso3, year
), agreed AS (
    SELECT DISTINCT p.agreement_id, coalesce(g.iso3, p.iso3) AS iso3,
        unnest(range(year(greatest(coalesce(p.in_force_on, a.in_force_on), g.joined_on)), last_year + 1)) AS year
    FROM trade_agreement_parties p
    JOIN trade_agreements a USING (agreement_id)
    LEFT JOIN country_groups g ON g.group_id = 'eu' AND p.iso3 = 'EUU'
    CROSS JOIN record
    WHERE a.status = 'in_force'
), agreements AS (
    SELECT iso3, year, count(*) AS agreements FROM agreed GROUP BY iso3, year
), joined AS (
    -- The day on which Viet Nam joined stands in memberships; a member without a day is one today.
    SELECT g.group_id, g.iso3,
        unnest(range(
            greatest(coalesce(year(g.joined_on), year(c.starts_on)), coalesce(min(year(m.starts_on)), year(c.starts_on))),
            last_year + 1
        )) AS year
    FROM country_groups g
    JOIN parts c ON c.table_name = 'country_groups'
    SEMI JOIN (SELECT group_id FROM country_groups WHERE iso3 = 'VNM') ours ON ours.group_id = g.group_id
    ANTI JOIN trade_agreements a ON a.agreement_id = g.group_id
    LEFT JOIN memberships m ON m.organization_id = g.group_id AND m.role IN ('member', 'founding_member')
    CROSS JOIN record
    GROUP BY g.group_id, g.iso3, g.joined_on, c.starts_on, last_year
), grouped AS (
    SELECT iso3, year, string_agg(group_id, ' ' ORDER BY group_id) AS group_ids FROM joined GROUP BY iso3, year
)
SELECT
    c.iso3,
    y.year,
    c.name_en AS country,
    c.m49,
    c.cow_code,
    c.gw_code,
    c.status,
    t.tier_id,
    if(k.tier = 'none', NULL, coalesce(t.rank, 0)) AS tier_rank,
    if(k.tier = 'none', NULL, t.tier_id IS DISTINCT FROM lag(t.tier_id) OVER (PARTITION BY c.iso3 ORDER BY y.year))
        AS tier_changed,
    t.valid_from AS tier_since,
    t.valid_from_precision AS tier_since_precision,
    t.confidence AS tier_confidence,
    t.upgrade_id,
    o.tier_ids AS other_frameworks,
    k.tier AS tier_coverage,
    CASE
        WHEN k.relations = 'none' THEN NULL
        WHEN r.year IS NOT NULL THEN NOT r.is_suspended
        WHEN d.iso3 IS NULL OR d.established_on IS NOT NULL THEN false
    END AS relations,
    r.established_on AS relations_since,
    r.established_on_precision AS relations_since_precision,
    k.relations AS relations_coverage,
    if(k.visits = 'none', NULL, coalesce(v.outbound_visits, 0)) AS outbound_visits,
    if(k.visits = 'none', NULL, coalesce(v.outbound_days, 0)) AS outbound_days,
    if(k.visits = 'none', NULL, coalesce(v.inbound_visits, 0)) AS inbound_visits,
    if(k.visits = 'none', NULL, coalesce(v.inbound_days, 0)) AS inbound_days,
    if(k.visits = 'none', NULL, coalesce(v.is_exact, true)) AS days_are_exact,
    k.visits AS visits_coverage,
    if(k.agreements = 'none', NULL, coalesce(a.agreements, 0)) AS trade_agreements,
    k.agreements AS trade_agreements_coverage,
    g.group_ids AS shared_groups,
    if(k.groups = 'none', 'part', k.groups) AS shared_groups_coverage
FROM countries c
CROSS JOIN years y
JOIN coverage k USING (year)
LEFT JOIN tiers t ON t.iso3 = c.iso3 AND t.year = y.year
LEFT JOIN others o ON o.iso3 = c.iso3 AND o.year = y.year
LEFT JOIN diplomatic_relations d ON d.iso3 = c.iso3
LEFT JOIN relations r ON r.iso3 = c.iso3 AND r.year = y.year
LEFT JOIN visited v ON v.iso3 = c.iso3 AND v.year = y.year
LEFT JOIN agreements a ON a.iso3 = c.iso3 AND a.year = y.year
LEFT JOIN grouped g ON g.iso3 = c.iso3 AND g.year = y.year
WHERE c.iso3 <> 'VNM'
ORDER BY c.iso3, y.year;
