-- title: Every organisation has a membership
-- protects: a list of organisations without ballast
-- advice: add the membership, or remove the organisation
CREATE VIEW check_organizations_are_joined AS
SELECT o.organization_id AS subject, 'organizations' AS table_name, o.organization_id AS row_id, 'organization_id' AS field, 1 AS value, 1 AS low, NULL AS high, count(m.membership_id) AS derived_low, count(m.membership_id) AS derived, count(m.membership_id) AS derived_high
FROM organizations o
LEFT JOIN memberships m USING (organization_id)
GROUP BY o.organization_id;
