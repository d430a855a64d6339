-- title: All sources of a country
-- title_vi: Toàn bộ nguồn về một nước
-- question: Which pages does the package cite for everything that it records of a country?
-- param country (countries.iso3): the country's ISO 3166-1 alpha-3 code
SELECT
    table_name,
    row_id,
    relation,
    field,
    stated_value,
    title,
    publisher,
    kind,
    published_on,
    language,
    locator,
    url
FROM provenance
WHERE iso3 = upper(coalesce(getvariable('country'), 'FRA'))
ORDER BY table_name, row_id, relation, field, stated_value, locator, url;
