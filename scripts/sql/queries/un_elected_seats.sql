-- title: Elected seats in the United Nations system
-- title_vi: Các vị trí Việt Nam được bầu trong hệ thống Liên hợp quốc
-- question: Which elected seats has Viet Nam held in the United Nations, its agencies and related bodies, and when?
SELECT
    m.starts_on,
    m.starts_on_precision,
    m.ends_on,
    m.ends_on_precision,
    o.name_en AS body,
    o.name_vi AS body_vi,
    o.kind,
    m.role,
    row_number() OVER (PARTITION BY m.organization_id ORDER BY m.starts_on, m.membership_id) AS term,
    s.title AS source_title,
    s.publisher,
    s.url
FROM memberships m
JOIN organizations o USING (organization_id)
JOIN sources s ON s.source_id = m.source_id
WHERE m.role IN ('elected_member', 'non_permanent_member')
    AND o.kind IN ('universal', 'un_organ', 'specialized_agency', 'unesco_body', 'sectoral')
ORDER BY m.starts_on, m.membership_id;
