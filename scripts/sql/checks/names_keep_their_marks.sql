-- title: What is spelt with marks in one cell has its marks in all
-- protects: names of people and places, and every Vietnamese text
-- advice: restore the marks: two words of the cell stand elsewhere with more of them; if both are right, say so in tables/discrepancies.csv
CREATE VIEW check_names_keep_their_marks AS
WITH texts AS (
    SELECT table_name, row_id, field, value AS text, field LIKE '%\_vi' ESCAPE '\' AS is_vietnamese
    FROM row_values
    WHERE contains(value, ' ') AND field NOT IN ('number', 'phrase')
    UNION ALL
    SELECT 'discrepancies', discrepancy_id, 'explanation', explanation, false
    FROM discrepancies
), split AS (
    SELECT table_name, row_id, field, is_vietnamese, str_split(translate(text, ',.;:()[]"', ''), ' ') AS words
    FROM texts
), pairs AS (
    SELECT table_name, row_id, field, is_vietnamese, unnest(list_zip(words, words[2:], true)) AS pair
    FROM split
), spelt AS (
    -- In English two capitals make a name; the country's own is Viet Nam there.
    SELECT table_name, row_id, field, is_vietnamese, lower(pair[1] || ' ' || pair[2]) AS spelling
    FROM pairs
    WHERE is_vietnamese OR pair[1] <> lower(pair[1]) AND pair[2] <> lower(pair[2])
), counted AS (
    SELECT is_vietnamese, spelling, count(*) AS times
    FROM spelt
    WHERE is_vietnamese OR spelling <> 'viet nam'
    GROUP BY is_vietnamese, spelling
), compared AS (
    SELECT
        *,
        replace(strip_accents(spelling), 'đ', 'd') AS bare,
        length(regexp_replace(spelling, '[^ -~]', '', 'g')) AS plain
    FROM counted
), bare_ones AS (
    -- Letter by letter the same, but for those that lost their marks.
    SELECT DISTINCT a.is_vietnamese, a.spelling
    FROM compared a
    JOIN compared b ON a.is_vietnamese = b.is_vietnamese AND a.bare = b.bare
    WHERE b.plain < a.plain AND b.times >= a.times
        AND a.plain - b.plain = len(list_filter(range(1, length(a.spelling) + 1), lambda n: a.spelling[n] <> b.spelling[n]))
)
SELECT DISTINCT table_name || '/' || row_id || '/' || field AS subject, table_name, row_id, field, 1 AS value, 1 AS low,
    1 AS high, 0 AS derived_low, 0 AS derived, 0 AS derived_high
FROM spelt
JOIN bare_ones USING (is_vietnamese, spelling);
