-- The counted framework in force with each partner at the end of the record.
CREATE VIEW partners AS
SELECT * FROM partners_as_of((SELECT max(ends_on) FROM table_coverage WHERE table_name = 'partnership_upgrades'));
COMMENT ON VIEW partners IS 'The counted framework in force with each partner at the end of the record: since when, and after how many steps.';
