-- title: The confidence of an upgrade follows from its sources
-- protects: totals that say whether they count weak rows
-- advice: set confidence to the value that follows, or find a further source
CREATE VIEW check_confidence AS
WITH voices AS (
    SELECT
        *,
        kind <> 'encyclopedia' AND (relation = 'cites' OR relation = 'supports' AND field IS NULL) AS speaks,
        kind IN ('government', 'party', 'international_organization', 'treaty_text') AS is_official
    FROM provenance
    WHERE table_name = 'partnership_upgrades'
), sums AS (
    SELECT
        row_id,
        count(DISTINCT owner) FILTER (speaks) AS publishers,
        count(*) FILTER (speaks AND is_official) > 0 AS official,
        count(*) FILTER (speaks AND kind = 'state_media') > 0 AS state_media,
        count(*) FILTER (
            relation = 'contradicts' AND field IN ('from_tier_id', 'to_tier_id', 'framework', 'sector')
        ) > 0 AS disputed
    FROM voices
    GROUP BY row_id
), graded AS (
    SELECT
        u.upgrade_id,
        u.confidence = CASE
            WHEN s.publishers < 2 AND NOT s.official THEN 'low'
            WHEN s.publishers > 1 AND (s.official OR s.state_media) AND u.upgraded_on_precision = 'day'
                AND NOT s.disputed THEN 'high'
            ELSE 'medium'
        END AS follows
    FROM partnership_upgrades u
    JOIN sums s ON s.row_id = u.upgrade_id
)
SELECT upgrade_id AS subject, 'partnership_upgrades' AS table_name, upgrade_id AS row_id, 'confidence' AS field,
    1 AS value, 1 AS low, 1 AS high,
    follows::INTEGER AS derived_low, follows::INTEGER AS derived, follows::INTEGER AS derived_high
FROM graded;
