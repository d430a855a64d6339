-- title: Goods trade by year
-- title_vi: Xuất nhập khẩu hàng hóa theo năm
-- question: What were Viet Nam's goods exports, imports, turnover and balance in each year, in billions of US dollars, as one page states them together, and how good is each figure?
SELECT
    t.year,
    t.exports,
    t.exports_qualifier,
    t.imports,
    t.imports_qualifier,
    t.turnover,
    t.turnover_qualifier,
    round(t.exports + t.imports, 3) AS exports_plus_imports,
    t.balance,
    t.balance_qualifier,
    round(t.exports - t.imports, 3) AS exports_less_imports,
    CASE t.obs_status WHEN 'A' THEN 'final' WHEN 'P' THEN 'preliminary' ELSE 'estimate' END AS quality,
    t.stated_by,
    s.publisher,
    s.url
FROM goods_trade t
JOIN sources s USING (source_id)
WHERE t.counterpart_iso3 IS NULL
ORDER BY t.year;
