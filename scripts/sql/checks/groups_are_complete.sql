-- title: A group of countries has as many members as it is known to have
-- protects: claims such as "17 of the G20"
-- advice: restore the missing member, or remove what is none; a group that grew needs its new number in the check
CREATE VIEW check_groups_are_complete AS
WITH sizes (group_id, members) AS (
    VALUES ('apec', 21), ('asean', 11), ('cptpp', 12), ('eu', 27), ('g20', 20), ('g7', 7), ('rcep', 15),
        ('unsc_permanent', 5),
        ('middle_east_and_africa', (
            SELECT count(*)
            FROM countries
            WHERE (region = 'Africa' OR subregion = 'Western Asia' OR iso3 = 'IRN') AND status LIKE 'un_%'
                AND iso3 NOT IN ('ARM', 'AZE', 'CYP', 'GEO', 'TUR')
        ))
), found AS (
    SELECT group_id, min(iso3) AS first_member, count(*) AS members
    FROM country_groups
    GROUP BY group_id
)
SELECT s.group_id AS subject, 'country_groups' AS table_name, s.group_id || '/' || f.first_member AS row_id,
    'group_id' AS field, f.members AS value, f.members AS low, f.members AS high,
    s.members AS derived_low, s.members AS derived, s.members AS derived_high
FROM sizes s
LEFT JOIN found f USING (group_id);
