-- title: All 193 members of the United Nations are in the list of countries
-- protects: counts of diplomatic partners
-- advice: restore the missing country, or correct a status
CREATE VIEW check_un_members_are_complete AS
SELECT 'un_members' AS subject, 'countries' AS table_name, 'un_member' AS row_id, 'status' AS field,
    193 AS value, 193 AS low, 193 AS high, count(*) AS derived_low, count(*) AS derived, count(*) AS derived_high
FROM countries
WHERE status = 'un_member';
