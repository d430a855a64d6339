-- data: rows
SELECT year(ends_on) AS year, value AS visitors, qualifier, stated_by,
    'visitors|' || year || ': ' || if(qualifier = 'exact', '', said(replace(qualifier, '_', ' ')) || ' ') || figure(value) || ' ' || said('million visitors') AS label,
    figure(value) AS shown
FROM best_figures
WHERE indicator_id = 'international_visitors' AND counterpart_iso3 IS NULL
    AND obs_status <> 'F' AND month(starts_on) = 1 AND month(ends_on) = 12 AND year(starts_on) = year(ends_on)
ORDER BY year;

-- summary
SELECT format(said('Bars a year, {} to {}. Of the years stated the most visitors came in {}: {} million; the fewest in {}: {} million.'),
    min(year(ends_on)), max(year(ends_on)), arg_max(year(ends_on), value), figure(max(value)), arg_min(year(ends_on), value), figure(min(value))) AS words,
    format(said('{} million visitors came in {}, more than in any other year stated'), figure(max(value)), arg_max(year(ends_on), value)) AS finding
FROM best_figures
WHERE indicator_id = 'international_visitors' AND counterpart_iso3 IS NULL AND obs_status <> 'F' AND month(starts_on) = 1 AND month(ends_on) = 12;
