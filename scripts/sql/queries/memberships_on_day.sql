-- title: Memberships, seats and offices on a day
-- title_vi: Các tổ chức quốc tế mà Việt Nam tham gia tính đến một ngày
-- question: Of which international organisations and bodies was Viet Nam a member, seat holder or officer on a day, and since when?
-- param day: the day, as YYYY-MM-DD
WITH given AS (
    SELECT coalesce(getvariable('day'), DATE '2025-12-31')::DATE AS day
), terms AS (
    -- A membership without an end lasts, until another role in the same body replaces it where it is
    -- that of an observer; a term or an office whose end no page states counts for its first year.
    SELECT
        m.*,
        CASE
            WHEN m.ends_on IS NOT NULL THEN last_day_of(m.ends_on, m.ends_on_precision)
            WHEN m.role = 'observer' THEN (
                SELECT min(n.starts_on) - 1
                FROM memberships n
                WHERE n.organization_id = m.organization_id AND n.role IN ('member', 'founding_member')
                    AND n.starts_on > m.starts_on
            )
            WHEN m.role IN ('elected_member', 'non_permanent_member', 'chair', 'vice_chair', 'host')
                THEN make_date(year(m.starts_on), 12, 31)
        END AS lasts_until
    FROM memberships m
)
SELECT
    o.name_en AS organization,
    o.abbreviation,
    o.kind,
    t.role,
    t.starts_on AS since,
    t.starts_on_precision AS since_precision,
    t.ends_on AS until,
    t.ends_on_precision AS until_precision,
    s.publisher,
    s.url
FROM terms t
JOIN organizations o USING (organization_id)
JOIN sources s ON s.source_id = t.source_id
WHERE (t.starts_on IS NULL OR t.starts_on <= (SELECT day FROM given))
    AND (t.lasts_until IS NULL OR t.lasts_until >= (SELECT day FROM given))
-- Of two terms that meet in a year, the later one.
QUALIFY row_number() OVER (PARTITION BY t.organization_id, t.role ORDER BY t.starts_on DESC, t.membership_id DESC) = 1
ORDER BY o.kind, o.name_en, t.starts_on, t.membership_id;
