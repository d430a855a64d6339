-- title: Stated figures
-- title_vi: Số liệu công bố
-- description: Every observation with the interval in which its qualifier and its rounding place the true figure.
-- column indicator: Name of the indicator | Tên chỉ tiêu | The indicator in words.
-- column kind: Kind of indicator | Loại chỉ tiêu | stock (as of a day), flow (over a period) or ratio.
-- column stated_by: Stated by | Nơi công bố | Who stated the figure.
-- column low: Least | Nhỏ nhất | Least figure that the words and the rounding allow.
-- column high: Greatest | Lớn nhất | Greatest figure that the words and the rounding allow.
CREATE VIEW stated_figures AS
SELECT
    o.*,
    i.name_en AS indicator,
    i.unit,
    i.kind,
    i.derivation,
    least(o.value * q.lower_factor, o.value * coalesce(q.upper_factor, 1e6)) - rounding(o.value, i.unit) AS low,
    greatest(o.value * q.lower_factor, o.value * coalesce(q.upper_factor, 1e6)) + rounding(o.value, i.unit) AS high
FROM observations o
JOIN indicators i USING (indicator_id)
JOIN qualifiers q USING (qualifier);
