-- data: rows
SELECT r.ends_on::VARCHAR AS day, r.stated, r.qualifier, o.stated_by, r.derived AS record, said(r.status) AS status,
    year(r.ends_on) + (dayofyear(r.ends_on) - 1) / 366 AS x,
    if(r.status = 'agrees', 'agrees', 'differs') AS outcome,
    outcome || '|' || r.ends_on || ': ' || format(said('stated {}, counted from the recorded steps {}'), r.stated::BIGINT, r.derived::BIGINT) AS label
FROM reconciliation r
JOIN observations o USING (observation_id)
WHERE r.indicator_id = 'partners_total' AND r.check_id = 'stated_totals'
ORDER BY r.ends_on, r.observation_id;

-- data: line
SELECT as_known(day, day_precision) AS day, partners, 'record|' || as_known(day, day_precision) || ': ' || format(said('{} partners on record'), partners) AS label, year(day) + (dayofyear(day) - 1) / 366 AS x FROM partner_totals_by_day
UNION ALL
SELECT ends_on::VARCHAR, n, 'record|' || ends_on || ': ' || format(said('{} partners on record'), n),
    year(ends_on) + (dayofyear(ends_on) - 1) / 366
FROM table_coverage, (SELECT count(*) AS n FROM partners WHERE NOT is_union) WHERE table_name = 'partnership_upgrades'
ORDER BY day;

-- summary
SELECT format(said('Step line of the partners on record, from 2001 to {} partners; {} stated totals as dots, of which {} agree with the line.'),
    (SELECT count(*) FROM partners WHERE NOT is_union), count(*), count(*) FILTER (status = 'agrees')) AS words,
    format(said('{} of {} totals of partners that were stated agree with the recorded steps'), count(*) FILTER (status = 'agrees'), count(*)) AS finding
FROM reconciliation WHERE indicator_id = 'partners_total' AND check_id = 'stated_totals';
