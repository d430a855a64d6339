-- title: Partners today
-- title_vi: Đối tác hiện nay
-- description: The counted framework in force with each partner at the end of the record: since when, and after how many steps.
-- key: iso3
-- The counted framework in force with each partner at the end of the record.
CREATE VIEW partners AS
SELECT * FROM partners_as_of((SELECT max(ends_on) FROM table_coverage WHERE table_name = 'partnership_upgrades'));
