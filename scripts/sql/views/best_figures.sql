-- title: Best figures
-- title_vi: Số liệu tốt nhất
-- description: The statement of each indicator, counterpart and period that other figures are derived from.
-- One observation an indicator, counterpart and period: final before provisional before estimate before forecast,
-- plain before qualified, finer before coarser, later before earlier. Used to derive other figures,
-- never to hide the rest.
CREATE VIEW best_figures AS
SELECT * FROM stated_figures
QUALIFY row_number() OVER (
    PARTITION BY indicator_id, counterpart_iso3, starts_on, ends_on
    ORDER BY strpos('APEF', obs_status), qualifier <> 'exact', rounding(value, unit), stated_on DESC NULLS LAST, observation_id
) = 1;
