-- title: Every agreement that is signed has a party beside Viet Nam
-- protects: agreements by country
-- advice: add the parties to trade_agreement_parties
CREATE VIEW check_agreements_have_parties AS
SELECT a.agreement_id AS subject, 'trade_agreements' AS table_name, a.agreement_id AS row_id, 'agreement_id' AS field, 1 AS value, 1 AS low, NULL AS high, count(p.iso3) AS derived_low, count(p.iso3) AS derived, count(p.iso3) AS derived_high
FROM trade_agreements a
LEFT JOIN trade_agreement_parties p USING (agreement_id)
WHERE a.signed_on IS NOT NULL
GROUP BY a.agreement_id;
