-- title: Derived observations
-- title_vi: Số liệu suy ra từ sự kiện
-- description: For every observation whose indicator follows from recorded events: the derived figure.
-- column derived: Derived | Tính được | The figure that follows from the recorded events.
-- For every observation whose indicator follows from recorded events: the derived figure, from running
-- totals of the events. A flow is what had ended by its last day less what had begun before its first;
-- days, months and years are counted apart, since only spans of one length follow each other.
CREATE VIEW derived_observations AS
WITH events AS MATERIALIZED (
    FROM indicator_events
), ended AS (
    SELECT indicator_id, date_precision, last_on AS day,
        sum(sum(amount)) OVER (PARTITION BY indicator_id, date_precision ORDER BY last_on) AS total
    FROM events
    GROUP BY indicator_id, date_precision, last_on
), begun AS (
    SELECT indicator_id, date_precision, first_on AS day,
        sum(sum(amount)) OVER (PARTITION BY indicator_id, date_precision ORDER BY first_on) AS total
    FROM events
    GROUP BY indicator_id, date_precision, first_on
), wanted AS (
    SELECT
        observation_id,
        indicator_id,
        coalesce(starts_on, DATE '0001-01-01') AS begins_on, -- a null would meet a row in the join below
        ends_on,
        unnest(['day', 'month', 'year']) AS date_precision
    FROM observations o
    JOIN indicators i USING (indicator_id)
    WHERE i.derivation <> 'observations'
)
SELECT observation_id, sum(greatest(coalesce(e.total, 0) - coalesce(b.total, 0), 0)) AS derived
FROM wanted w
ASOF LEFT JOIN ended e
    ON e.indicator_id = w.indicator_id AND e.date_precision = w.date_precision AND e.day <= w.ends_on
ASOF LEFT JOIN begun b
    ON b.indicator_id = w.indicator_id AND b.date_precision = w.date_precision AND b.day < w.begins_on
GROUP BY observation_id;
