-- data: rows
WITH ends AS (
    SELECT max(ends_on) AS day FROM table_coverage WHERE table_name = 'partnership_upgrades'
), steps AS (
    SELECT s.*, named(c.label_en, c.label_vi) AS country, named(t.name_en, t.name_vi) AS tier, t.rank,
        max(t.rank) OVER (PARTITION BY s.iso3) AS best,
        min(s.valid_from) FILTER (s.valid_to IS NULL) OVER (PARTITION BY s.iso3) AS latest
    FROM partnership_spells s
    JOIN partnership_tiers t USING (tier_id)
    JOIN country_labels c USING (iso3)
    WHERE t.in_official_total
)
SELECT country, tier_id, tier, as_known(valid_from, valid_from_precision) AS since,
    as_known(valid_to, valid_to_precision) AS until,
    year(valid_from) + (dayofyear(valid_from) - 1) / 366 AS x,
    year(coalesce(valid_to, ends.day)) + (dayofyear(coalesce(valid_to, ends.day)) - 1) / 366 AS x2,
    dense_rank() OVER (ORDER BY best DESC, latest, iso3) AS place,
    tier_id || '|' || country || ': ' || lower(tier) || ', ' || since
        || coalesce(said(' to ') || until, said(', in force')) AS label
FROM steps, ends
ORDER BY place, valid_from;

-- summary
SELECT format(said('Time line with a bar for each of {} partners, from the first framework on {} to {}. {} of them have climbed at least one step.'),
    count(DISTINCT iso3), min_by(as_known(valid_from, valid_from_precision), valid_from), max_by(as_known(valid_from, valid_from_precision), valid_from), count(DISTINCT iso3) FILTER (step > 1)) AS words,
    format(said('{} of {} partnerships have been raised at least once'), count(DISTINCT iso3) FILTER (step > 1), count(DISTINCT iso3)) AS finding
FROM partnership_spells JOIN partnership_tiers USING (tier_id) WHERE in_official_total;
