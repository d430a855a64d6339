"""Rules about partnerships and diplomatic relations."""

from __future__ import annotations

from datetime import date

from . import DomainRule
from .general import last_day

SRV_FROM = date(1976, 7, 2)  # the Socialist Republic was proclaimed on this day
DAYS_TO_SIGN = 45  # a step may be announced at a visit and its text issued later
PRG_FROM = date(1969, 6, 8)  # the Provisional Revolutionary Government was formed on this day


def _tier_rises(t, tables):
    tiers = tables["partnership_tiers"]
    before = tiers.select(tier_before="tier_id", rank_before="rank")
    after = tiers.select(tier_after="tier_id", rank_after="rank")
    steps = t.filter(t.from_tier_id != t.to_tier_id)
    steps = steps.join(before, steps.from_tier_id == before.tier_before)
    steps = steps.join(after, steps.to_tier_id == after.tier_after)
    wrong = steps.filter(~(steps.rank_after > steps.rank_before).fill_null(False))
    return t.upgrade_id.notin(wrong.upgrade_id)


def _chains(t, tables):
    # The counted tiers are one ladder; every other framework is a ladder of its own.
    tiers = tables["partnership_tiers"].select(tier="tier_id", counted="in_official_total")
    steps = t.join(tiers, t.to_tier_id == tiers.tier)
    own = steps.to_tier_id + ":" + steps.sector.fill_null("")
    steps = steps.mutate(ladder=steps.counted.ifelse("counted", own))
    before = steps.to_tier_id.lag().over(
        group_by=[steps.iso3, steps.ladder], order_by=[steps.upgraded_on, steps.upgrade_id]
    )
    steps = steps.mutate(before=before)
    wrong = steps.filter(~steps.from_tier_id.identical_to(steps.before))
    return t.upgrade_id.notin(wrong.upgrade_id)


def _after_relations(t, tables):
    relations = tables["diplomatic_relations"]
    early = t.semi_join(
        relations, [t.iso3 == relations.iso3, t.upgraded_on < relations.established_on]
    )
    return t.upgrade_id.notin(early.upgrade_id)


def _with_its_step(t, tables):
    import ibis

    steps = tables["partnership_upgrades"]
    steps = steps.select(
        step="upgrade_id", first="upgraded_on", last=last_day(steps, "upgraded_on")
    )
    signed = t.filter(t.signed_on.notnull()).join(steps, [t.upgrade_id == steps.step])
    span = ibis.interval(days=DAYS_TO_SIGN)
    wrong = signed.filter(
        (signed.signed_on < signed.first - span) | (signed.signed_on > signed.last + span)
    )
    return t.document_id.notin(wrong.document_id)


RULES = (
    DomainRule(
        "document_none",
        "documents",
        "kind",
        "A document that was not found has no title, day, place or signatories",
        "the share of steps with a document",
        "fill in what a page shows of the document, or say none_found and leave all of it blank",
        lambda t, _: (
            (t.kind != "none_found")
            | (
                t.title_en.isnull()
                & t.title_vi.isnull()
                & t.signed_on.isnull()
                & t.place.isnull()
                & t.signatories.isnull()
                & ~t.has_full_text
            )
        ),
    ),
    DomainRule(
        "document_day",
        "documents",
        "signed_on",
        f"A document is signed within {DAYS_TO_SIGN} days of the step that it declares",
        "the way from a step to its text",
        "check the day, and whether it is the document of this step",
        _with_its_step,
    ),
    DomainRule(
        "tier_rises",
        "partnership_upgrades",
        "to_tier_id",
        "A tier only rises",
        "the ladder of every partner",
        "the new tier must rank above the old one, or be the same for a framework deepened",
        _tier_rises,
    ),
    DomainRule(
        "upgrades_chain",
        "partnership_upgrades",
        "from_tier_id",
        "Each step starts where the last one of the country ended",
        "the ladder of every partner",
        "from_tier_id must be the to_tier_id of the country's step before, blank for the first",
        _chains,
    ),
    DomainRule(
        "sector_of_sectoral",
        "partnership_upgrades",
        "sector",
        "A sectoral partnership names its sector, and no other tier has one",
        "the count of partners",
        "fill in sector for sectoral, leave it blank otherwise",
        lambda t, _: (t.to_tier_id == "sectoral") == t.sector.notnull(),
    ),
    DomainRule(
        "upgrade_after_relations",
        "partnership_upgrades",
        "upgraded_on",
        "No upgrade before diplomatic relations",
        "the order of events",
        "one of the two dates is wrong",
        _after_relations,
    ),
    DomainRule(
        "partner_is_abroad",
        "partnership_upgrades",
        "iso3",
        "Viet Nam is not its own partner",
        "counts of partners",
        "name the partner",
        lambda t, _: t.iso3 != "VNM",
    ),
    DomainRule(
        "relations_abroad",
        "diplomatic_relations",
        "iso3",
        "Viet Nam has no diplomatic relations with itself",
        "counts of diplomatic partners",
        "name the other state",
        lambda t, _: t.iso3 != "VNM",
    ),
    DomainRule(
        "relations_state",
        "diplomatic_relations",
        "vietnamese_state",
        "The Vietnamese state existed on the day",
        "the states before and after 1976",
        "drv and prg up to 1 July 1976, srv from 2 July 1976",
        lambda t, _: (
            (t.established_on_precision != "day")
            | ((t.vietnamese_state == "srv") == (t.established_on >= SRV_FROM))
        ),
    ),
    DomainRule(
        "relations_state_said",
        "diplomatic_relations",
        "vietnamese_state",
        "A day of relations says with which Vietnamese state, and no state stands without a day",
        "the states before and after 1976",
        "drv before 8 June 1969, srv from 2 July 1976; between the two what a page says, and blank "
        "only where the note says that none does",
        lambda t, _: t.established_on.isnull().ifelse(
            t.vietnamese_state.isnull(),
            t.vietnamese_state.notnull()
            | (
                (t.established_on >= PRG_FROM)
                & (t.established_on < SRV_FROM)
                & t.note.contains("Vietnamese state").fill_null(False)
            ),
        ),
    ),
    DomainRule(
        "relations_resume",
        "diplomatic_relations",
        "resumed_on",
        "Relations resume after they were suspended, and are suspended after they began",
        "who was a diplomatic partner on a day",
        "order the days: established, suspended, resumed",
        lambda t, _: (
            (t.resumed_on.isnull() | t.suspended_on.notnull())
            & (t.suspended_on >= t.established_on).fill_null(True)
            & (t.resumed_on >= t.suspended_on).fill_null(True)
        ),
    ),
)
