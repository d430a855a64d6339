-- title: Goods trade by year
-- title_vi: Xuất nhập khẩu hàng hóa theo năm
-- description: Goods trade of a whole year, in all or with one partner: figures that one page gives as one speaker's.
-- column year: Year | Năm | The calendar year.
-- column turnover: Turnover | Tổng kim ngạch | Exports and imports together, in billions of US dollars.
-- column turnover_qualifier: Qualifier of turnover | Từ chỉ mức độ của tổng kim ngạch | Blank where the figure is plain.
-- column exports: Exports | Xuất khẩu | Exports in billions of US dollars.
-- column exports_qualifier: Qualifier of exports | Từ chỉ mức độ của xuất khẩu | Blank where the figure is plain.
-- column imports: Imports | Nhập khẩu | Imports in billions of US dollars.
-- column imports_qualifier: Qualifier of imports | Từ chỉ mức độ của nhập khẩu | Blank where the figure is plain.
-- column balance: Balance | Cán cân | Exports less imports in billions of US dollars.
-- column balance_qualifier: Qualifier of the balance | Từ chỉ mức độ của cán cân | Blank where the figure is plain.
-- Of several pages: one with exports and imports, in their final state, with the most figures and the
-- fewest qualifiers, the latest. All other statements are in the table of observations.
CREATE VIEW goods_trade AS
WITH cited AS (
    SELECT observation_id, source_id AS page_id FROM observations
    UNION
    SELECT row_id, source_id FROM evidence
    WHERE table_name = 'observations' AND relation = 'supports' AND field IS NULL
), wanted AS (
    SELECT *, year(ends_on) AS year, nullif(replace(qualifier, '_', ' '), 'exact') AS word
    FROM stated_figures
    JOIN cited USING (observation_id)
    WHERE indicator_id IN ('goods_turnover', 'goods_exports', 'goods_imports', 'goods_balance')
        AND obs_status <> 'F'
        AND starts_on = make_date(year(ends_on), 1, 1) AND ends_on = make_date(year(ends_on), 12, 31)
    QUALIFY row_number() OVER (
        PARTITION BY year(ends_on), counterpart_iso3, page_id, stated_by, obs_status, indicator_id
        ORDER BY qualifier <> 'exact', observation_id
    ) = 1
), pages AS (
    SELECT year, counterpart_iso3, page_id, stated_by, obs_status,
        max(stated_on) AS stated_on, arg_max(stated_on_precision, stated_on) AS stated_on_precision, count(*) AS figures, count(word) AS words,
        any_value(value) FILTER (indicator_id = 'goods_turnover') AS turnover,
        any_value(word) FILTER (indicator_id = 'goods_turnover') AS turnover_qualifier,
        any_value(value) FILTER (indicator_id = 'goods_exports') AS exports,
        any_value(word) FILTER (indicator_id = 'goods_exports') AS exports_qualifier,
        any_value(value) FILTER (indicator_id = 'goods_imports') AS imports,
        any_value(word) FILTER (indicator_id = 'goods_imports') AS imports_qualifier,
        any_value(value) FILTER (indicator_id = 'goods_balance') AS balance,
        any_value(word) FILTER (indicator_id = 'goods_balance') AS balance_qualifier
    FROM wanted
    GROUP BY year, counterpart_iso3, page_id, stated_by, obs_status
)
SELECT year, counterpart_iso3, turnover, turnover_qualifier, exports, exports_qualifier, imports, imports_qualifier,
    balance, balance_qualifier, obs_status, stated_by, stated_on, stated_on_precision, page_id AS source_id
FROM pages
QUALIFY row_number() OVER (
    PARTITION BY year, counterpart_iso3
    ORDER BY exports IS NULL OR imports IS NULL, strpos('APE', obs_status), figures DESC, words > 0,
        stated_on DESC NULLS LAST, page_id, stated_by
) = 1;
