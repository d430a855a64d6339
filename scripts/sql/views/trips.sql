-- title: Trips abroad
-- title_vi: Các chuyến công du
-- description: Trips abroad of top leaders: consecutive visits of one leader taken together.
-- key: leader_id, starts_on
-- column starts_on: Starts on | Bắt đầu | First day of the trip.
-- column starts_on_precision: Precision of starts on | Độ chính xác của ngày bắt đầu | How exactly starts_on
--   is known: day or month.
-- column ends_on: Ends on | Kết thúc | Last day of the trip.
-- column countries: Countries | Số nước | Number of different countries.
-- column route: Route | Lộ trình | The countries in order, as ISO codes with a blank between.
-- Trips abroad as officials count them: a tour of several countries, or a leader's stops with no more
-- than a day of travel between them, is one trip. A visit known only to the month is a trip of its own,
-- unless a dated visit of the same leader in that month can be part of it. A visit whose last day no
-- page states runs on to the leader's next one if that begins within four days.
CREATE VIEW trips AS
WITH dated AS (
    SELECT
        *,
        starts_on > max(coalesce(ends_on, starts_on + 2)) OVER (
            PARTITION BY leader_id ORDER BY starts_on, visit_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) + 2 AS is_new
    FROM high_level_visits
    WHERE direction = 'outbound' AND starts_on_precision = 'day'
), numbered AS (
    SELECT *, count(*) FILTER (coalesce(is_new, true)) OVER (
        PARTITION BY leader_id ORDER BY starts_on, visit_id
    ) AS number
    FROM dated
), whole AS (
    SELECT leader_id, min(starts_on) AS starts_on, max(coalesce(ends_on, starts_on)) AS ends_on,
        'day' AS starts_on_precision, count(*) AS countries, list(iso3 ORDER BY starts_on) AS route
    FROM numbered
    GROUP BY leader_id, number
), known AS (
    SELECT leader_id, date_trunc('month', starts_on) AS month,
        max(max(ends_on)) OVER (PARTITION BY leader_id ORDER BY date_trunc('month', starts_on)) AS travelled_until
    FROM whole
    GROUP BY leader_id, month
), by_month AS (
    SELECT v.leader_id, min(v.starts_on) AS starts_on, max(coalesce(v.ends_on, v.starts_on)) AS ends_on,
        'month' AS starts_on_precision, count(*) AS countries, list(v.iso3 ORDER BY v.iso3) AS route
    FROM high_level_visits v
    ASOF LEFT JOIN known k ON k.leader_id = v.leader_id AND k.month <= v.starts_on
    WHERE v.direction = 'outbound' AND v.starts_on_precision = 'month'
        AND (k.travelled_until IS NULL OR k.travelled_until < v.starts_on)
    GROUP BY v.leader_id, v.starts_on
)
FROM whole
UNION ALL FROM by_month;
