"""A cell of a certain column exchanged for another that stands in it: all that nobody misspells."""

from __future__ import annotations

from typing import Any

from . import Cell, row_kind

# Table, column, what is exchanged for another that stands in the column.
EXCHANGED = """
apparatus_reforms kind: the kind of a reform
apparatus_reforms from_body: the body before a reform
apparatus_reforms to_body: the body after a reform
apparatus_reforms instrument_id: the order of a reform
citizen_protection people: the people helped
citizen_protection what: what was done for citizens
citizen_protection qualifier: the qualifier of people helped
citizen_protection iso3: the country of an operation
commemorations anniversary: the number of an anniversary
commemorations origin_on: the day commemorated
countries iso2: the two letters of a country
countries m49: the M49 code of a country
countries wikidata_id: the Wikidata item of a country
countries cow_code: the Correlates of War code of a country
countries gw_code: the Gleditsch-Ward code of a country
countries name_vi: the Vietnamese name of a country
countries name_en: the English name of a country
countries region: the region of a country
countries subregion: the subregion of a country
countries status: the status of a country
country_groups iso3: a member of a group
country_groups joined_on: the day a member joined
diplomatic_relations established_on: the day of relations
diplomatic_relations vietnamese_state: the Vietnamese state of relations
discrepancies explanation: the explanation of a discrepancy
discrepancies status: the status of a discrepancy
discrepancies subject: the subject of a discrepancy
events kind: the kind of an event
events place: the place of an event
events iso3: the country of an event
events edition: the edition of an event
evidence row_id: the row of an evidence
evidence field: the field of an evidence
evidence relation: support and contradiction
evidence stated_value: the value stated against a row
evidence source_id: the source of an evidence
evidence table_name: the table of an evidence
high_level_visits direction: the direction of a visit
high_level_visits leader_id: the leader of a visit
high_level_visits office: the office of a visitor
high_level_visits iso3: the country of a visit
high_level_visits kind: the kind of a visit
high_level_visits occasion: the occasion of a visit
high_level_visits ends_on: the last day of a visit
highlights theme: the theme of a highlight
highlights summary: the summary of a highlight
highlights locator: the place of a highlight
highlights year: the year of a highlight
indicators unit: the unit of an indicator
indicators kind: the kind of an indicator
indicators derivation: what an indicator follows from
indicators definition: the definition of an indicator
leaders iso3: the country of a leader
leaders wikidata_id: the Wikidata item of a leader
leaders name_en: the name of a leader
legal_instruments number: the number of a law
legal_instruments issuer: the issuer of a law
legal_instruments kind: the kind of a law
legal_instruments issued_on: the day of a law
legal_instruments title_en: the title of a law
legal_instruments topic: the topic of a law
memberships role: the role in an organisation
memberships organization_id: the organisation of a role
memberships ends_on: the end of a term
observations indicator_id: the indicator of a figure
observations value: the value of a figure
observations qualifier: the qualifier of a figure
observations obs_status: the status of a figure
observations stated_by: the speaker of a figure
observations phrase: the phrase of a figure
observations ends_on: the period of a figure
observations stated_on: the day a figure was stated
organizations kind: the kind of an organisation
organizations abbreviation: the abbreviation of an organisation
organizations name_vi: the Vietnamese name of an organisation
partnership_tiers rank: the rank of a tier
partnership_tiers definition: the definition of a tier
partnership_tiers in_official_total: whether a tier counts
partnership_upgrades iso3: the country of an upgrade
partnership_upgrades from_tier_id: the tier before an upgrade
partnership_upgrades to_tier_id: the tier after an upgrade
partnership_upgrades framework: the framework of an upgrade
partnership_upgrades sector: the sector of an upgrade
partnership_upgrades occasion: the occasion of an upgrade
partnership_upgrades place: the place of an upgrade
qualifiers lower_factor: the lower factor of a qualifier
qualifiers upper_factor: the upper factor of a qualifier
qualifiers definition: the definition of a qualifier
sources title: the title of a source
sources publisher: the publisher of a source
sources publisher_group: the group of a source
sources language: the language of a source
sources kind: the kind of a source
sources published_on: the day a source was published
sources accessed_on: the day a source was read
trade_agreement_parties iso3: a party of an agreement
trade_agreement_parties in_force_on: the day an agreement came into force for a party
trade_agreements kind: the kind of an agreement
trade_agreements status: the status of an agreement
trade_agreements signed_on: the day an agreement was signed
trade_agreements in_force_on: the day an agreement came into force
trade_agreements abbreviation: the abbreviation of an agreement
unesco_titles programme: the programme of a title
unesco_titles step: the step of a title
unesco_titles extends_title_id: the title that a step extends
unesco_titles inscribed_on: the day of a title
unesco_titles counted_in_official_total: whether a title counts
unesco_titles name_vi: the Vietnamese name of a title
"""


def _exchange(column: str) -> Any:
    def write(row: Cell) -> dict[str, str] | None:
        if column not in row.row:
            return None
        values = row.original.values.get((row.table.name, column), [])
        field = row.table.field(column)
        values = [v for v in field.constraints.get("enum", values) if v != row.row[column]]
        if field.type == "boolean":
            values = ["true" if row.row[column] == "false" else "false"]
        if not values or not (row.row[column] or len(values) == 1):
            return None
        return {column: row.rng.choice(values)}

    return write


for _line in EXCHANGED.strip().splitlines():
    _place, _what = _line.split(": ")
    _table, _column = _place.split()
    row_kind("facts", f"exchanged: {_what}", _table)(_exchange(_column))
