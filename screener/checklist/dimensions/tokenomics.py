"""How much more of it will there be, and who gets it? For shares: how the capital is structured."""

from typing import Final

from assets.metrics.families import EQUITY, FUNDAMENTALS, MARKET, SUPPLY, TOKEN, UNLOCKS
from screener.checklist.bands import AtLeast, AtMost, Below
from screener.checklist.types import Criterion, Measured, Values, criterion, phrase

# CoinGecko's study of low-float tokens: below 0.5 is low float, from 0.8 on nearly full.
FLOAT = AtLeast(passes=0.8, cautions=0.5)
# Keyrock's unlock buckets; tokens releasing ≥ 5 % in a month trailed the others by 5.1 % (64 months).
UNLOCK_30D = Below(passes=0.01, cautions=0.05)
# Our judgement, to be calibrated. Keyrock: team unlocks were followed by the deepest falls.
INSIDER_UNLOCK_12M = Below(passes=0.05, cautions=0.20)
# Our judgement, to be calibrated.
GROWTH_12M = AtMost(passes=0.05, cautions=0.20)
# ASC 205-40 asks whether a company can go on for one year; half a year more leaves time to raise money.
RUNWAY_MONTHS = AtLeast(passes=18, cautions=12)


@criterion(
    title=phrase("Float"),
    question=phrase("Does at least 80 % of all there will ever be circulate already?"),
    passes=phrase("{value} of all there will ever be circulates."),
    cautions=phrase("{value} of all there will ever be circulates; the rest is still to come."),
    fails=phrase("Low float: only {value} of all there will ever be circulates."),
    unknown=phrase("The supplies are not known, or they contradict each other."),
    weight=2,
    unit="share",
    families=(SUPPLY,),
    bands=FLOAT,
)
def float_share(m: Measured) -> Values:
    """Market cap counts what circulates, fully diluted valuation counts everything. What lies between will
    be sold by somebody, and today's holders carry it."""
    return m["float_share"].where(m["supply_conflict"] != 1)


@criterion(
    title=phrase("Unlocks in 30 days"),
    question=phrase("Does less than 1 % of circulating supply come free within 30 days?"),
    passes=phrase("{value} of circulating supply comes free within 30 days."),
    cautions=phrase("{value} of circulating supply, worth {unlock_30d_usd} now, comes free in 30 days."),
    fails=phrase("Supply cliff: {value} of circulating supply, {unlock_30d_usd}, comes free in 30 days."),
    unknown=phrase("No schedule of unlocks, lock-ups and offerings is known, or no circulating supply."),
    weight=3,
    unit="share",
    families=(UNLOCKS, SUPPLY, MARKET),
    figures=("unlock_30d_usd",),
    bands=UNLOCK_30D,
)
def unlock_30d(m: Measured) -> Values:
    """Unlocked tokens, and shares out of a lock-up or an offering, are new supply in a thin market. Tokens
    that released 5 % or more in a month trailed others with a schedule by 5.1 % in that month."""
    return m["unlock_30d_share"]


@criterion(
    title=phrase("Insider unlocks in 12 months"),
    question=phrase("Do insiders get less than 5 % of circulating supply within 12 months?"),
    passes=phrase("Team and investors get {value} of circulating supply within 12 months."),
    cautions=phrase("Team and investors get as much as {value} of circulating supply within 12 months."),
    fails=phrase("Team and investors get {value} of circulating supply within 12 months: a wall of selling."),
    unknown=phrase("It is not known what team and investors get within 12 months."),
    weight=2,
    unit="share",
    kinds=(TOKEN,),
    families=(UNLOCKS, SUPPLY),
    bands=INSIDER_UNLOCK_12M,
)
def insider_unlock_12m(m: Measured) -> Values:
    """Insiders paid least and know most. Unlocks for the team were followed by the deepest falls of all
    kinds, unlocks for the ecosystem by none."""
    return m["insider_unlock_12m_share"]


@criterion(
    title=phrase("Emission in 12 months"),
    question=phrase("Did circulating supply grow by no more than 5 % in 12 months?"),
    passes=phrase("Circulating supply changed by {value} in 12 months."),
    cautions=phrase("Circulating supply grew by {value} in 12 months."),
    fails=phrase("Circulating supply swelled by {value} in 12 months."),
    unknown=phrase("Circulating supply of a year ago is not known."),
    weight=1,
    unit="share",
    kinds=(TOKEN,),
    families=(SUPPLY,),
    bands=GROWTH_12M,
)
def emission_12m(m: Measured) -> Values:
    """New tokens have to find new buyers before the price can so much as hold."""
    return m["emission_12m_share"]


@criterion(
    title=phrase("Dilution in 12 months"),
    question=phrase("Did shares outstanding grow by no more than 5 % in 12 months?"),
    passes=phrase("Shares outstanding changed by {value} in 12 months."),
    cautions=phrase("Shares outstanding grew by {value} in 12 months."),
    fails=phrase("Heavy dilution: shares outstanding grew by {value} in 12 months."),
    unknown=phrase("Shares outstanding of a year ago are not known."),
    weight=3,
    unit="share",
    kinds=(EQUITY,),
    families=(SUPPLY,),
    bands=GROWTH_12M,
)
def dilution_12m(m: Measured) -> Values:
    """Small companies pay with shares. A count that grows by a fifth takes a sixth of what every old share
    stood for."""
    return m["emission_12m_share"]


@criterion(
    title=phrase("Cash runway"),
    question=phrase("Does the cash last at least 18 months, or does the business pay for itself?"),
    passes=phrase("At last year's burn the cash lasts {value}; 120 months means longer, or no burn."),
    cautions=phrase("At last year's burn the cash lasts {value}: new money will be needed within that time."),
    fails=phrase("At last year's burn the cash lasts only {value}."),
    unknown=phrase("Cash or operating cash flow is not known."),
    weight=3,
    unit="months",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS,),
    bands=RUNWAY_MONTHS,
)
def cash_runway(m: Measured) -> Values:
    """With less than a year of cash an offering is all but certain, and those who price it know that the
    company must sell."""
    return m["runway_months"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    float_share,
    unlock_30d,
    insider_unlock_12m,
    emission_12m,
    dilution_12m,
    cash_runway,
)
