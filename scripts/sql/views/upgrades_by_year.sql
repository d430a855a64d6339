-- title: Upgrades by year
-- title_vi: Nâng cấp theo năm
-- description: Upgrades a year on the counted tiers: new entrants and promotions.
-- key: year
-- column year: Year | Năm | Calendar year.
-- column upgrades: Upgrades | Số lần nâng cấp | New entrants and promotions together.
-- column new_entrants: New entrants | Đối tác mới | Partners without a counted tier before.
-- column promotions: Promotions | Nâng cấp | Partners raised from one counted tier to another.
-- column to_csp: To CSP | Lên ĐTCLTD | Steps to comprehensive strategic partnership.
-- column to_sp: To SP | Lên ĐTCL | Steps to strategic partnership.
-- column to_cp: To CP | Lên ĐTTD | Steps to comprehensive partnership.
-- column countries: Countries | Số nước | Number of different countries.
-- column unions: Unions | Liên minh | Upgrades with unions of states.
-- column weak: Weak | Nguồn yếu | Upgrades that rest on weak evidence (confidence low).
-- Upgrades a year on the counted tiers: new entrants had no counted framework before.
CREATE VIEW upgrades_by_year AS
SELECT
    year(valid_from) AS year,
    count(*) AS upgrades,
    count(*) FILTER (step = 1) AS new_entrants,
    count(*) FILTER (step > 1) AS promotions,
    count(*) FILTER (tier_id = 'csp') AS to_csp,
    count(*) FILTER (tier_id = 'sp') AS to_sp,
    count(*) FILTER (tier_id = 'cp') AS to_cp,
    count(DISTINCT iso3) FILTER (NOT is_union) AS countries,
    count(*) FILTER (is_union) AS unions,
    count(*) FILTER (confidence = 'low') AS weak
FROM partnership_spells
JOIN partnership_tiers USING (tier_id)
WHERE in_official_total
GROUP BY year
ORDER BY year;
