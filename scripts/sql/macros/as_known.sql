-- title: A date as it is known
-- title_vi: Ngày đúng như đã biết
-- description: A date written as exactly as it is known, and no more: 2025-01-01 known to the year is 2025.
CREATE MACRO as_known(day, day_precision) AS
    left(day::DATE::VARCHAR, CASE day_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END);
