-- data: rows
SELECT replace(programme, '_', ' ') AS programme, year(inscribed_on) AS year, name_en AS title,
    row_number() OVER (PARTITION BY programme ORDER BY inscribed_on, title_id) AS slot,
    right(year::VARCHAR, 2) AS short_year, count(*) OVER (PARTITION BY programme) AS titles,
    'title|' || year || ': ' || name_en AS label
FROM unesco_titles
WHERE step = 'inscription' AND inscribed_on IS NOT NULL
ORDER BY titles DESC, programme, slot;

-- summary
SELECT format('A square for each of {} titles, in a row for each programme; the largest is {} with {}.',
    count(*), replace(mode(programme), '_', ' '), count(*) FILTER (programme = (SELECT mode(programme) FROM unesco_titles WHERE step = 'inscription'))) AS en, NULL AS vi
FROM unesco_titles WHERE step = 'inscription' AND inscribed_on IS NOT NULL;
