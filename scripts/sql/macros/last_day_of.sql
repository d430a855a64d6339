-- title: Last day of a date
-- title_vi: Ngày cuối của một mốc thời gian
-- description: The last day that a date of limited precision may mean: 2025-01-01 known to the year is all of 2025.
CREATE MACRO last_day_of(day, day_precision) AS
    CASE day_precision
        WHEN 'year' THEN (date_trunc('year', day) + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE
        WHEN 'month' THEN (date_trunc('month', day) + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE
        ELSE day
    END;
