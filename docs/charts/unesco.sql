-- data: rows
SELECT said(replace(programme, '_', ' ')) AS programme, year(inscribed_on) AS year, named(name_en, name_vi) AS title,
    row_number() OVER (PARTITION BY programme ORDER BY inscribed_on, title_id) AS slot,
    right(year::VARCHAR, 2) AS short_year, count(*) OVER (PARTITION BY programme) AS titles,
    'title|' || year || ': ' || title AS label
FROM unesco_titles
WHERE step = 'inscription' AND inscribed_on IS NOT NULL
ORDER BY titles DESC, programme, slot;

-- summary
SELECT format(said('A square for each of {} titles, in a row for each programme; the largest is {} with {}.'),
    count(*), said(replace(mode(programme), '_', ' ')), count(*) FILTER (programme = (SELECT mode(programme) FROM unesco_titles WHERE step = 'inscription'))) AS words,
    format(said('{} UNESCO titles in {} programmes; the most, {}, are of the programme {}'), count(*), count(DISTINCT programme),
        count(*) FILTER (programme = (SELECT mode(programme) FROM unesco_titles WHERE step = 'inscription')), said(replace(mode(programme), '_', ' '))) AS finding
FROM unesco_titles WHERE step = 'inscription' AND inscribed_on IS NOT NULL;
