-- title: Rounding of a figure
-- title_vi: Sai số làm tròn
-- description: Half a unit of the last decimal that a figure states: 24.77 may stand for 24.765 to 24.775.
-- Counts are not rounded: for them the unit of an indicator has no decimals to lose.
CREATE MACRO rounding(figure, unit) AS
    CASE
        WHEN unit NOT IN ('USD billion', 'million persons', 'percent', 'times') THEN 0
        WHEN figure = trunc(figure) THEN 0.5
        ELSE 0.5 / 10 ** length(split_part(figure::VARCHAR, '.', 2))
    END;
