-- title: A page about something that happened is not older than it, but for what is announced
-- protects: facts that rest on pages that could know of them
-- advice: check the day of the fact and published_on of the page, or cite a page of that day or later
CREATE VIEW check_sources_after_facts AS
WITH days AS (
    SELECT
        d.table_name, d.row_id, d.field, d.date,
        -- Visits, summits and terms are announced; a title known to the month may be, a title of a day is not.
        CASE d.table_name
            WHEN 'memberships' THEN 550
            WHEN 'events' THEN 240
            WHEN 'unesco_titles' THEN if(d.date_precision = 'day', 1, 180)
            WHEN 'high_level_visits' THEN 14
            WHEN 'apparatus_reforms' THEN 7
            ELSE 1 -- the page of a day may be of the day before elsewhere
        END AS days_before
    FROM row_dates d
    WHERE (d.table_name, d.field) IN (
        ('memberships', 'starts_on'), ('events', 'starts_on'), ('unesco_titles', 'inscribed_on'),
        ('high_level_visits', 'starts_on'), ('apparatus_reforms', 'effective_on'),
        ('citizen_protection', 'starts_on'), ('partnership_upgrades', 'upgraded_on'),
        ('legal_instruments', 'issued_on'), ('diplomatic_relations', 'established_on'),
        ('trade_agreements', 'signed_on'))
), pages AS (
    SELECT table_name, row_id, NULL AS field, source_id, table_name AS place, row_id AS place_id FROM row_sources
    UNION ALL
    SELECT table_name, row_id, field, source_id, 'evidence', evidence_id FROM evidence WHERE relation = 'supports'
)
SELECT p.place_id AS subject, p.place AS table_name, p.place_id AS row_id, 'source_id' AS field,
    -- In days: the page after the fact.
    s.published_on - d.date AS value, s.published_on - d.date AS low, s.published_on - d.date AS high,
    -d.days_before AS derived_low, -d.days_before AS derived, NULL AS derived_high
FROM pages p
JOIN days d ON d.table_name = p.table_name AND d.row_id = p.row_id AND coalesce(p.field, d.field) = d.field
JOIN sources s ON s.source_id = p.source_id
WHERE s.published_on IS NOT NULL AND d.date IS NOT NULL;
