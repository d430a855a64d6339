-- title: Goods trade by year
-- title_vi: Xuất nhập khẩu hàng hóa theo năm
-- question: What were Viet Nam's goods exports, imports, turnover and balance in each year, in billions of US dollars, and how good is each figure?
WITH figures AS (
    SELECT
        year(ends_on) AS year,
        indicator_id,
        value,
        CASE obs_status WHEN 'A' THEN 'final' WHEN 'P' THEN 'preliminary' WHEN 'E' THEN 'estimate' ELSE 'forecast' END
            || CASE WHEN qualifier = 'exact' THEN '' ELSE ', ' || qualifier END AS quality
    FROM best_figures
    WHERE indicator_id IN ('goods_exports', 'goods_imports', 'goods_turnover', 'goods_balance')
        AND starts_on = make_date(year(ends_on), 1, 1)
        AND ends_on = make_date(year(ends_on), 12, 31)
)
SELECT
    year,
    max(value) FILTER (indicator_id = 'goods_exports') AS exports,
    max(quality) FILTER (indicator_id = 'goods_exports') AS exports_quality,
    max(value) FILTER (indicator_id = 'goods_imports') AS imports,
    max(quality) FILTER (indicator_id = 'goods_imports') AS imports_quality,
    max(value) FILTER (indicator_id = 'goods_turnover') AS turnover,
    max(quality) FILTER (indicator_id = 'goods_turnover') AS turnover_quality,
    round(exports + imports, 3) AS exports_plus_imports,
    max(value) FILTER (indicator_id = 'goods_balance') AS balance,
    max(quality) FILTER (indicator_id = 'goods_balance') AS balance_quality,
    round(exports - imports, 3) AS exports_less_imports
FROM figures
GROUP BY year
ORDER BY year;
