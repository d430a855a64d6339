-- title: Provenance
-- title_vi: Nguồn gốc
-- description: Every row of every table with each of its sources.
-- column iso3: Country | Quốc gia | The country that the row is about; blank where it is about none.
-- column relation: Relation | Quan hệ | cites, supports or contradicts.
-- column owner: Owner | Chủ sở hữu | By whom independence is counted: the owner of the text where it is a
--   reprint, else the publisher's group, else the publisher; blank where a page does not name it.
CREATE VIEW provenance AS
SELECT r.table_name, r.row_id, r.iso3, 'cites' AS relation, NULL::VARCHAR AS field, NULL::VARCHAR AS stated_value,
    s.source_id, r.locator, s.title, s.publisher,
    coalesce(s.publisher_group, s.publisher) AS publisher_group,
    -- The owner of the text; of a text that an aggregator carries without naming whose it is, nobody.
    if(s.origin_group LIKE 'unknown: %', NULL, coalesce(s.origin_group, s.publisher_group, s.publisher)) AS owner,
    s.kind, s.published_on, s.language, s.url
FROM row_sources r
JOIN sources s USING (source_id)
UNION ALL
SELECT e.table_name, e.row_id, r.iso3, e.relation, e.field, e.stated_value,
    s.source_id, e.locator, s.title, s.publisher,
    coalesce(s.publisher_group, s.publisher) AS publisher_group,
    -- The owner of the text; of a text that an aggregator carries without naming whose it is, nobody.
    if(s.origin_group LIKE 'unknown: %', NULL, coalesce(s.origin_group, s.publisher_group, s.publisher)) AS owner,
    s.kind, s.published_on, s.language, s.url
FROM evidence e
JOIN sources s USING (source_id)
LEFT JOIN row_sources r ON r.table_name = e.table_name AND r.row_id = e.row_id;
