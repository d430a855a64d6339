-- title: UNESCO titles by year against stated totals
-- title_vi: Danh hiệu UNESCO theo năm so với số liệu công bố
-- question: Which UNESCO titles did each year bring, how many does that make, and what did officials state?
WITH gained AS (
    SELECT
        year(inscribed_on) AS year,
        count(*) AS new_titles,
        string_agg(name_en, '; ' ORDER BY inscribed_on, title_id) AS titles
    FROM unesco_titles
    WHERE step = 'inscription' AND counted_in_official_total IS DISTINCT FROM false
    GROUP BY year
), stated AS (
    SELECT
        year(ends_on) AS year,
        last(value ORDER BY ends_on, observation_id) FILTER (indicator_id = 'unesco_titles')::BIGINT AS stated_total,
        min(value) FILTER (indicator_id = 'unesco_titles_added')::BIGINT AS stated_new_least,
        max(value) FILTER (indicator_id = 'unesco_titles_added')::BIGINT AS stated_new_most
    FROM observations
    WHERE indicator_id IN ('unesco_titles', 'unesco_titles_added')
    GROUP BY ALL
)
SELECT
    year,
    coalesce(g.new_titles, 0) AS new_titles,
    s.stated_new_least,
    s.stated_new_most,
    sum(coalesce(g.new_titles, 0)) OVER (ORDER BY year)::BIGINT AS total_so_far,
    s.stated_total,
    total_so_far - s.stated_total AS recorded_less_stated,
    g.titles
FROM gained g
FULL JOIN stated s USING (year)
ORDER BY year;
