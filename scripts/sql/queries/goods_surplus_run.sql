-- title: The run of goods surpluses
-- title_vi: Chuỗi năm xuất siêu liên tiếp
-- question: In how many years in a row did Viet Nam have a goods surplus or deficit, and what run did officials state?
WITH balances AS (
    SELECT year(ends_on) AS year, value AS balance, value > 0 AS is_surplus
    FROM best_figures
    WHERE indicator_id = 'goods_balance' AND counterpart_iso3 IS NULL
        AND starts_on = make_date(year(ends_on), 1, 1)
        AND ends_on = make_date(year(ends_on), 12, 31)
), runs AS (
    -- Years in a row have the same distance between the year and its number.
    SELECT *, year - row_number() OVER (PARTITION BY is_surplus ORDER BY year) AS run
    FROM balances
), stated AS (
    SELECT
        year(ends_on) AS year,
        string_agg(DISTINCT value::INTEGER::VARCHAR, ', ' ORDER BY value::INTEGER::VARCHAR) AS years,
        string_agg(DISTINCT stated_by, '; ' ORDER BY stated_by) AS stated_by
    FROM observations
    WHERE indicator_id = 'trade_surplus_years'
    GROUP BY ALL
)
SELECT
    r.year,
    r.balance,
    if(r.is_surplus, 'surplus', 'deficit') AS sign,
    row_number() OVER (PARTITION BY r.is_surplus, r.run ORDER BY r.year) AS years_in_a_row,
    s.years AS stated_surplus_years,
    s.stated_by
FROM runs r
LEFT JOIN stated s USING (year)
ORDER BY r.year;
