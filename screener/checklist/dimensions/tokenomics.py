"""Tokenomics: how much more of it will there be, and who gets it? For shares: the capital structure."""

from typing import Final

import pandas as pd

from assets.metrics.families import (
    CAPITAL,
    CONTRACT,
    EQUITY,
    EVENTS,
    FILINGS,
    FUNDAMENTALS,
    HOLDERS,
    MARKET,
    POOLS,
    SUPPLY,
    TOKEN,
    UNLOCKS,
    VENUE,
)
from assets.metrics.fundamentals import LONGEST_RUNWAY_MONTHS
from screener.checklist import levels
from screener.checklist.bands import LINEAR, AtLeast, AtMost, LessThan
from screener.checklist.intervals import settled
from screener.checklist.types import Criterion, Measured, Values, criterion, phrase

# CoinGecko's study of low-float tokens: below 0.5 is low float, from 0.8 on nearly full.
FLOAT = AtLeast(passes=0.8, cautions=0.5, scale=LINEAR)
# Keyrock's unlock buckets; tokens releasing ≥ 5 % in a month trailed the others by 5.1 % (64 months).
UNLOCK_30D = LessThan(passes=0.01, cautions=0.05, scale=LINEAR)
# Our judgement, to be calibrated. Keyrock: team unlocks were followed by the deepest falls.
INSIDER_UNLOCK_12M = LessThan(passes=0.05, cautions=0.20, scale=LINEAR)
# Our judgement, to be calibrated.
GROWTH_12M = AtMost(passes=0.05, cautions=0.20, scale=LINEAR)
# ASC 205-40 asks whether a company can go on for one year; half a year more leaves time to raise money.
RUNWAY_MONTHS = AtLeast(passes=18, cautions=12, scale=LINEAR)
# From nobody to one person: metrics.contract.AUTHORITIES. A program of unknown control is no gate yet.
MINT_AUTHORITY = AtMost(passes=0, cautions=2, gate=3, levels=levels.MINT_AUTHORITY)
# GoPlus' scan: more than 5 % is a caution, more than 10 % red.
TAX = AtMost(passes=0.05, cautions=0.10, scale=LINEAR, needed=False)
TRAP = AtMost(
    passes=0,
    cautions=0,
    gate=0,
    of=phrase("can't be sold"),
    unit="score",
    needed=False,
    levels=levels.YES_NO,
)
# A limit is a nuisance; what a trial could not buy may be reserved for others. Our judgement.
LIMITS = AtMost(
    passes=0,
    cautions=1,
    of=phrase("trading restrictions"),
    unit="score",
    needed=False,
    levels=levels.TRADE_LIMITS,
)
# Altman (1995) for firms that are no manufacturers: above 2.6 safe, below 1.1 in distress.
ALTMAN = AtLeast(passes=2.6, cautions=1.1, scale=LINEAR)
# What is known of one decides it whatever is not known of the other, but for a pass (`dilution_open`).
REVERSE_SPLITS = AtMost(passes=0, cautions=1, needed=False)
TOXIC_OFFERINGS = AtMost(
    passes=0, cautions=1, of=phrase("equity lines and convertibles"), unit="count", needed=False
)
TOGETHER = AtMost(passes=0, cautions=1, of=phrase("together"), unit="count", needed=False)
# Nasdaq Rule 5810(c)(3)(A)(iv), approved in January 2025: from 250 for one in two years on no time to cure.
MERGED_RATIO = LessThan(
    passes=1, cautions=250, of=phrase("old shares for a new one"), unit="ratio", needed=False
)
# Our judgement: one reverse split is a repair, the third is a habit.
REVERSE_SPLITS_5Y = AtMost(
    passes=1, cautions=2, of=phrase("reverse splits in five years"), unit="count", needed=False
)
# As dilution in 12 months: what may still come counts as what has come.
OVERHANG = AtMost(passes=0.05, cautions=0.20, scale=LINEAR, needed=False)
UNSIZED = AtMost(passes=0, of=phrase("programmes of unknown size"), unit="count", needed=False)
SHELF_ROOM = AtMost(passes=0.05, of=phrase("shelf / market cap"), unit="share", needed=False)
# Form 8-K, items 1.03 and 2.04: over or a subsidiary's, pending.
BANKRUPTCY = AtMost(passes=0, cautions=1, gate=1, levels=levels.BANKRUPTCY)
DEBT_CALLS = AtMost(passes=0, cautions=1, of=phrase("debt accelerations"), unit="count")
# Nasdaq rule 5550(a)(2): below $1 for 30 business days a listing is in danger.
BID_PRICE = AtLeast(passes=1.5, cautions=1.0, scale=LINEAR)


@criterion(
    title=phrase("Float (market cap ÷ FDV)"),
    question=phrase("Is at least 80 % of the fully diluted supply already in circulation?"),
    passes=(
        phrase("At least {float_least_share} of the supply can be sold already, and no more can be minted."),
        phrase("{value} of the fully diluted supply is in circulation."),
    ),
    cautions=phrase("{value} of the fully diluted supply is in circulation; the rest is still to come."),
    fails=phrase("Low float: only {value} of the fully diluted supply is in circulation."),
    unknown=phrase("The supplies are not known, or they contradict each other."),
    weight=2,
    unit="share",
    kinds=(TOKEN,),
    families=(SUPPLY, HOLDERS, CONTRACT),
    decided_by=("supply.circulating", "holders.positions"),
    measures=("float_least_share",),
    bands=FLOAT,
    remedy=phrase("More of the supply in circulation, or a burn of the rest."),
)
def float_share(m: Measured) -> Values:
    """Market cap counts the circulating supply, fully diluted valuation all of it. The difference will come
    to market, and dilutes today's holders."""
    least = m["float_least_share"]
    known = m["float_share"].fillna(least.where(least >= FLOAT.passes))
    return known.where(m["supply_conflict"] != 1)


@criterion(
    title=phrase("Unlocks in 30 days"),
    question=phrase("Is less than 1 % of circulating supply unlocked within 30 days?"),
    passes=(
        phrase("At most {locked_most_share} of circulating supply can still unlock, for whomever."),
        phrase("{value} of circulating supply unlocks within 30 days."),
    ),
    cautions=(
        phrase("{value} of circulating supply, worth {unlock_30d_usd} now, unlocks within 30 days."),
        phrase("Unlocks release {value} of circulating supply within 30 days."),
    ),
    fails=(
        phrase("Cliff unlock: {value} of circulating supply, {unlock_30d_usd}, within 30 days."),
        phrase("Cliff unlock: {value} of circulating supply within 30 days."),
    ),
    unknown=phrase("No complete unlock schedule, or no circulating supply, is known."),
    weight=3,
    unit="share",
    kinds=(TOKEN,),
    families=(UNLOCKS, SUPPLY, MARKET, HOLDERS, CONTRACT),
    decided_by=("unlocks.events", "holders.positions"),
    measures=("unlock_30d_usd", "locked_most_share"),
    bands=UNLOCK_30D,
    at_best="unlocks_open",
    remedy=phrase("The passing of the unlock, or a schedule that spreads it."),
)
def unlock_30d(m: Measured) -> Values:
    """Unlocked tokens are new supply in a thin market. Tokens that released 5 % or more in a month
    underperformed others with a schedule by 5.1 % in that month."""
    most = m["locked_most_share"]
    return m["unlock_30d_share"].fillna(most.where(most < UNLOCK_30D.passes))


@criterion(
    title=phrase("Insider unlocks in 12 months"),
    question=phrase(
        "Do team and investors receive less than 5 % of circulating supply from unlocks within 12 months?"
    ),
    passes=(
        phrase("At most {locked_most_share} of circulating supply can still unlock, for whomever."),
        phrase("Team and investors get {value} of circulating supply within 12 months."),
    ),
    cautions=phrase("Team and investors get as much as {value} of circulating supply within 12 months."),
    fails=phrase(
        "Team and investors get {value} of circulating supply within 12 months: heavy selling pressure."
    ),
    unknown=phrase("It is not known what team and investors get within 12 months."),
    weight=2,
    unit="share",
    kinds=(TOKEN,),
    families=(UNLOCKS, SUPPLY, HOLDERS, CONTRACT),
    decided_by=("unlocks.events", "holders.positions"),
    measures=("locked_most_share",),
    bands=INSIDER_UNLOCK_12M,
    at_best="unlocks_open",
    remedy=phrase("A schedule that gives team and investors less, or later."),
)
def insider_unlock_12m(m: Measured) -> Values:
    """Insiders paid the least and know the most. Team unlocks were followed by the deepest falls of all
    categories, ecosystem unlocks by none."""
    most = m["locked_most_share"]
    return m["insider_unlock_12m_share"].fillna(most.where(most < INSIDER_UNLOCK_12M.passes))


@criterion(
    title=phrase("Supply growth in 12 months"),
    question=phrase("Did circulating supply grow by no more than 5 % in 12 months?"),
    passes=phrase("Circulating supply changed by {value} in 12 months."),
    cautions=phrase("Circulating supply grew by {value} in 12 months."),
    fails=phrase("Circulating supply was inflated by {value} in 12 months."),
    unknown=phrase("Circulating supply of a year ago is not known."),
    weight=1,
    unit="share",
    kinds=(TOKEN,),
    unless=("younger_than_year",),
    families=(SUPPLY,),
    decided_by=("supply.circulating",),
    bands=GROWTH_12M,
    remedy=phrase("Twelve months with less new supply."),
)
def emission_12m(m: Measured) -> Values:
    """New tokens need new buyers just to keep the price where it is. Does not apply to a token that did not
    exist a year ago: unlocks still to come are judged above."""
    return m["emission_12m_share"]


@criterion(
    title=phrase("Dilution in 12 months"),
    question=phrase("Did shares outstanding grow by no more than 5 % in 12 months?"),
    passes=phrase("Shares outstanding changed by {value} in 12 months."),
    cautions=phrase("Shares outstanding grew by {value} in 12 months."),
    fails=phrase("Heavy dilution: shares outstanding grew by {value} in 12 months."),
    unknown=phrase(
        "The share count of a year ago, in today's shares, is not known: no report gives it, or a merger "
        "with a "
        "shell or a change of units of unknown ratio lies between."
    ),
    weight=3,
    unit="share",
    kinds=(EQUITY,),
    families=(SUPPLY,),
    decided_by=("supply.circulating",),
    bands=GROWTH_12M,
    remedy=phrase("Twelve months without new shares."),
)
def dilution_12m(m: Measured) -> Values:
    """Small companies fund themselves with shares. Growth of a fifth in the share count takes a sixth of each
    old share's stake."""
    return m["emission_12m_share"]


@criterion(
    title=phrase("Cash runway"),
    question=phrase("Does the cash last at least 18 months, or is operating cash flow positive?"),
    passes=phrase("At last year's cash burn the runway is {value}."),
    cautions=phrase(
        "At last year's cash burn the runway is {value}: new funding will be needed within that time."
    ),
    fails=phrase("At last year's cash burn the runway is only {value}."),
    unknown=phrase("Cash or operating cash flow is not known."),
    weight=3,
    unit="months",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS,),
    decided_by=("fundamentals.operating_cash_flow_ttm_usd",),
    at_values={
        LONGEST_RUNWAY_MONTHS: phrase("It burns no cash, or so little that the cash lasts ten years.")
    },
    bands=RUNWAY_MONTHS,
    remedy=phrase("New funding, or a lower cash burn."),
)
def cash_runway(m: Measured) -> Values:
    """With less than a year of cash an offering is almost certain, on terms set by investors who know that
    the company must sell."""
    return m["runway_months"]


@criterion(
    title=phrase("Mint authority"),
    question=phrase("Is the mint authority revoked?"),
    passes=phrase("The mint authority is revoked: nobody can mint more."),
    cautions=phrase("A DAO or a timelock can mint more, but not without notice."),
    fails=phrase("Somebody can mint more at any time."),
    unknown=phrase("The mint authority is not known."),
    weight=3,
    unit="score",
    kinds=(TOKEN,),
    unless=("native_coin",),
    families=(CONTRACT,),
    decided_by=("contract.mint_authority",),
    bands=MINT_AUTHORITY,
    remedy=phrase("The right to mint revoked, or handed to a timelock or DAO."),
)
def mint_authority(m: Measured) -> Values:
    """A mint authority can dilute every holder in one transaction and sell what it minted. Does not apply
    to a native coin: it is issued by the rules of its chain, which float and supply growth measure."""
    return m["mint_authority_level"]


@criterion(
    title=phrase("Honeypot and transfer tax"),
    question=phrase("Can buyers sell: no honeypot, and no transfer tax above 5 %?"),
    passes=(
        phrase("It can be sold: tax {value}, {sells_per_buy} sells for each buy."),
        phrase("It can be sold: tax {value}; how often it is sold is not known."),
        phrase("It is sold: {sells_per_buy} sells for each buy; its tax is not known."),
    ),
    cautions=(
        phrase("It can be sold, with restrictions: {trade_limits}; tax {value}."),
        phrase("It can be sold, with restrictions: {trade_limits}."),
        phrase("It can be sold, at a tax of {value}."),
        phrase("It can be sold, with restrictions."),
    ),
    fails=(
        phrase("Buyers cannot sell: {sale_traps}."),
        phrase("Selling is impaired: {trade_limits}; tax {value}."),
        phrase("Trading is impaired: {trade_limits}; the tax is not known."),
        phrase("Selling is impaired: tax {value}."),
        phrase("Selling is impaired."),
    ),
    unknown=phrase("Neither its taxes nor its sells against its buys are known."),
    weight=3,
    unit="share",
    kinds=(TOKEN,),
    unless=("native_coin",),
    families=(CONTRACT, POOLS),
    decided_by=("contract.honeypot", "contract.sell_tax_share", "contract.transfer_tax_share"),
    measures=("sells_per_buy", "sale_traps", "trade_limits"),
    bands=(TAX, TRAP, LIMITS),
    remedy=phrase("Taxes lowered for good, limits lifted, or a trial sale that succeeds."),
)
def taxes(m: Measured) -> tuple[Values, Values, Values]:
    """A honeypot can be bought and not sold, and so can a token whose accounts are frozen by default; an
    imitation is another token altogether. A simulation may miss it, the market does not: where hardly
    anybody sells, hardly anybody can, or one person does all the buying. Not asked of a native coin, which
    has no contract that could tax or stop a sale."""
    # That it can be bought without limits is no evidence that it can be sold.
    limits = m["trade_limits_level"].where(m["trade_limits_level"] > 0)
    # And that no trap was found is none of its tax.
    is_seen = m["tax_share"].notna() | m["sells_per_buy"].notna()
    return m["tax_share"], m["sale_trap"].where(is_seen | (m["sale_trap"] > 0)), limits


@criterion(
    title=phrase("Altman Z″"),
    question=phrase("Does the Altman Z″ score put the company in the safe zone?"),
    passes=phrase("Its Z″ is {value}, in the safe zone."),
    cautions=phrase("Its Z″ is {value}, in the grey zone."),
    fails=phrase("Its Z″ is {value}, in the distress zone."),
    unknown=phrase("Too few balance-sheet figures are known."),
    weight=2,
    unit="index",
    kinds=(EQUITY,),
    except_financial=True,
    unless=("pre_revenue",),
    families=(FUNDAMENTALS,),
    decided_by=("fundamentals.retained_earnings_usd",),
    bands=ALTMAN,
    remedy=phrase("Retained earnings, more working capital, or lower liabilities."),
)
def altman(m: Measured) -> Values:
    """Four ratios (working capital, retained earnings, operating income, and equity to liabilities) that
    separated companies which failed within a year from those which did not. Not designed for banks, and
    does not apply to pre-revenue companies, whose missing earnings are no sign of failure."""
    return m["altman_z2"]


@criterion(
    title=phrase("Reverse splits and toxic offerings"),
    question=phrase("Were there neither reverse splits nor equity lines nor convertibles in 24 months?"),
    passes=(
        phrase(
            "Neither a reverse split nor an equity line or convertible in 24 months; reverse splits in five "
            "years: {reverse_splits_5y}."
        ),
        phrase("Neither a reverse split nor an equity line or convertible in 24 months."),
    ),
    cautions=(
        phrase(
            "Reverse splits: {value} in 24 months (together {merged_24m_ratio} old shares for a new one), "
            "{reverse_splits_5y} in five years; known equity lines and convertibles in 24 months: "
            "{toxic_offerings_24m}."
        ),
        phrase(
            "Reverse splits in 24 months: {value}; known equity lines and convertibles: "
            "{toxic_offerings_24m}."
        ),
        phrase(
            "Reverse splits in 24 months: {value} (together {merged_24m_ratio} old shares for a new one)."
        ),
        phrase("Reverse splits in 24 months: {value}."),
        phrase("Known equity lines and convertibles in 24 months: {toxic_offerings_24m}."),
        phrase("Reverse splits in five years: {reverse_splits_5y}."),
    ),
    fails=(
        phrase(
            "Reverse splits again and again: {value} in 24 months (together {merged_24m_ratio} old shares "
            "for a new one), {reverse_splits_5y} in five years; known equity lines and convertibles in 24 "
            "months: {toxic_offerings_24m}."
        ),
        phrase(
            "Reverse splits and toxic offerings again and again: reverse splits in 24 months: {value}; known "
            "equity lines and convertibles: {toxic_offerings_24m}."
        ),
        phrase(
            "Reverse splits again and again: {value} in 24 months (together {merged_24m_ratio} old shares "
            "for a new one), {reverse_splits_5y} in five years."
        ),
        phrase(
            "Reverse splits again and again: {value} in 24 months (together {merged_24m_ratio} old shares "
            "for a new one)."
        ),
        phrase("Reverse splits again and again: {value} in 24 months."),
        phrase("Known equity lines and convertibles again and again: {toxic_offerings_24m} in 24 months."),
        phrase("Reverse splits again and again: {reverse_splits_5y} in five years."),
    ),
    unknown=phrase("It is not known whether there were reverse splits, equity lines or convertibles."),
    weight=2,
    unit="count",
    kinds=(EQUITY,),
    families=(FILINGS, CAPITAL),
    decided_by=("capital.event", "capital.subject"),
    measures=("toxic_offerings_24m", "merged_24m_ratio", "reverse_splits_5y"),
    at_best="dilution_open",
    bands=(REVERSE_SPLITS, TOXIC_OFFERINGS, TOGETHER, MERGED_RATIO, REVERSE_SPLITS_5Y),
    remedy=phrase("Two years without a reverse split, an equity line or a convertible."),
)
def toxic_capital(m: Measured) -> tuple[Values, ...]:
    """A company that merges its shares again and again has paid with them before. Convertibles and equity
    lines below the market's price press on it as long as they last. Within a year of a reverse split, or
    after 250 old shares for one in two, Nasdaq gives no time to cure a price below a dollar."""
    splits, offerings = m["reverse_splits_24m"], m["toxic_offerings_24m"]
    together = pd.concat([splits, offerings], axis=1).sum(axis=1, min_count=1)
    return splits, offerings, together, m["merged_24m_ratio"], m["reverse_splits_5y"]


@criterion(
    title=phrase("Dilution overhang"),
    question=phrase(
        "Do warrants, convertibles and ATM programmes amount to at most 5 % of shares outstanding?"
    ),
    passes=(phrase("Warrants, convertibles and ATM programmes amount to {value} of shares outstanding."),),
    cautions=(
        phrase(
            "Potential new shares: {value} of those outstanding, {overhang_days} of volume; remaining "
            "shelf capacity {shelf_room_share}."
        ),
        phrase("Potential new shares: {value} of those outstanding, {overhang_days} of volume."),
        phrase(
            "Potential new shares: {value} of those outstanding; remaining shelf capacity {shelf_room_share}."
        ),
        phrase("Potential new shares: {value} of those outstanding."),
        phrase("ATM programmes and convertibles of unknown size: {unsized_programmes}."),
    ),
    fails=(
        phrase(
            "Heavy overhang: potential new shares of {value} of those outstanding, {overhang_days} of volume."
        ),
        phrase("Heavy overhang: potential new shares of {value} of those outstanding."),
    ),
    unknown=phrase("The number of potential new shares is not known."),
    weight=2,
    unit="share",
    kinds=(EQUITY,),
    families=(EVENTS, CAPITAL, SUPPLY),
    decided_by=("filing_events.room_usd", "filing_events.warrants", "capital.amount_usd"),
    measures=("overhang_days", "shelf_room_share", "unsized_programmes"),
    at_best="overhang_open",
    bands=(OVERHANG, SHELF_ROOM, UNSIZED),
    remedy=phrase("ATM programmes ended, warrants expired, notes repaid in cash."),
)
def overhang(m: Measured) -> tuple[Values, Values, Values]:
    """What may be sold at any time presses on the price before it is sold: warrants that are exercised when
    it rises, notes that become shares, programmes that sell into each day's volume, and a shelf that lets the
    next offering come overnight."""
    return m["overhang_share"], m["shelf_room_share"], m["unsized_programmes"]


@criterion(
    title=phrase("Bankruptcy and debt acceleration"),
    question=phrase("Is there no bankruptcy, receivership or acceleration of debt?"),
    passes=phrase("Neither a bankruptcy nor an acceleration of debt in 24 months."),
    cautions=(
        phrase(
            "Debt was accelerated, or a bankruptcy has ended: {debt_calls_24m} accelerations in 24 months."
        ),
        phrase("A bankruptcy that has ended, or that of a subsidiary, in 24 months."),
    ),
    fails=(
        phrase("Bankruptcy, or repeated acceleration of debt: {debt_calls_24m} times in 24 months."),
        phrase("It is bankrupt or in receivership."),
    ),
    unknown=phrase("It is not known whether there was a bankruptcy or an acceleration of debt."),
    weight=0,
    unit="score",
    kinds=(EQUITY,),
    families=(EVENTS, FILINGS, VENUE),
    decided_by=("filing_events.event",),
    measures=("debt_calls_24m",),
    at_values={
        2.0: phrase("It is bankrupt or in receivership: what is left belongs to its creditors first.")
    },
    bands=(BANKRUPTCY, DEBT_CALLS),
    remedy=phrase("An effective reorganisation plan, or a waiver of the default by the lenders."),
)
def insolvency(m: Measured) -> tuple[Values, Values]:
    """In a bankruptcy creditors come first and shares are mostly cancelled; a default that calls debt early
    is often what comes before. A debt repaid early because the company wished to is none (8-K items 1.03,
    2.04). A bankruptcy stops; who is not bankrupt is no better for it, so that this has no weight."""
    least, most = (m[name].to_numpy(dtype=float) for name in ("debt_calls_24m", "debt_calls_24m_most"))
    return m["bankruptcy_level"], pd.Series(settled(DEBT_CALLS, least, most), index=m.index)


@criterion(
    title=phrase("Minimum bid price"),
    question=phrase("Is the price well above the $1 minimum bid price of the exchanges?"),
    passes=phrase("Its price is {value}."),
    cautions=phrase("Its price is {value}, close to the $1 minimum bid price."),
    fails=phrase("Its price is {value}: below the $1 minimum bid price its listing is at risk."),
    unknown=phrase("Its price is not known."),
    weight=1,
    unit="usd",
    kinds=(EQUITY,),
    listed_only=True,
    families=(MARKET,),
    decided_by=("market.price_usd",),
    bands=BID_PRICE,
    remedy=phrase("A closing bid price of at least $1 for the compliance period."),
)
def bid_price(m: Measured) -> Values:
    """After 30 business days below $1 an exchange demands compliance, mostly met by a reverse split, or
    delists the share. Over the counter there are fewer buyers."""
    return m["price_usd"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    float_share,
    unlock_30d,
    insider_unlock_12m,
    emission_12m,
    mint_authority,
    taxes,
    dilution_12m,
    cash_runway,
    altman,
    toxic_capital,
    overhang,
    insolvency,
    bid_price,
)
