"""How much more of it will there be, and who gets it? For shares: how the capital is structured."""

from typing import Final

import pandas as pd

from assets.metrics.families import EQUITY, FUNDAMENTALS, SUPPLY, TOKEN, UNLOCKS
from screener.checklist.bands import AtLeast, AtMost
from screener.checklist.types import Criterion, criterion

# CoinGecko's study of low-float tokens: below 0.5 is low, from 0.8 on nearly full.
FLOAT = AtLeast(passes=0.8, cautions=0.5)
# Keyrock's unlock buckets and our own measurement: months that release ≥ 5 % trailed by 5.1 %.
UNLOCK_30D = AtMost(passes=0.01, cautions=0.05)
# Judgement, to be calibrated (design).
INSIDER_UNLOCK_12M = AtMost(passes=0.05, cautions=0.20)
GROWTH_12M = AtMost(passes=0.05, cautions=0.20)
# ASC 205-40 tests one year after issuance; 18 months leaves time to raise money.
RUNWAY_MONTHS = AtLeast(passes=18, cautions=12)


@criterion(
    title="Float",
    question="Does at least 80 % of all there will ever be circulate already?",
    says="{value} of the whole supply circulates.",
    missing="Circulating supply, or the whole it is part of, is not known.",
    weight=2,
    unit="share",
    families=(SUPPLY,),
    figures=("circulating_supply", "max_supply", "total_supply"),
    bands=FLOAT,
)
def float_share(m: pd.DataFrame) -> pd.Series:
    """The market cap counts what circulates, the fully diluted valuation counts everything. What lies
    between will be sold by somebody, at a price that today's buyers carry."""
    return m["float_share"]


@criterion(
    title="Unlocks in 30 days",
    question="Does less than 1 % of circulating supply come free within 30 days?",
    says="{value} of circulating supply comes free within 30 days, worth {unlock_30d_usd} at today's price.",
    missing="No unlock schedule is known.",
    weight=3,
    unit="share",
    families=(UNLOCKS, SUPPLY),
    figures=("unlock_30d_usd",),
    bands=UNLOCK_30D,
)
def unlock_30d(m: pd.DataFrame) -> pd.Series:
    """Unlocked tokens, and shares out of a lock-up or an offering, are new supply in a thin market. Months
    in which at least 5 % came free ended 5.1 % behind other scheduled tokens on average."""
    return m["unlock_30d_share"]


@criterion(
    title="Insider unlocks in 12 months",
    question="Do insiders get less than 5 % of circulating supply within 12 months?",
    says="Team, investors and locked-up holders get {value} of circulating supply within 12 months.",
    missing="No unlock schedule is known.",
    weight=2,
    unit="share",
    families=(UNLOCKS, SUPPLY),
    bands=INSIDER_UNLOCK_12M,
)
def insider_unlock_12m(m: pd.DataFrame) -> pd.Series:
    """Insiders paid least and know most. Team unlocks were followed by the worst falls of all kinds, unlocks
    for the ecosystem by none."""
    return m["insider_unlock_12m_share"]


@criterion(
    title="Emission in 12 months",
    question="Did circulating supply grow by at most 5 % in 12 months?",
    says="Circulating supply changed by {value} in 12 months.",
    missing="Circulating supply of a year ago is not known.",
    weight=1,
    unit="share",
    kinds=(TOKEN,),
    families=(SUPPLY,),
    bands=GROWTH_12M,
)
def emission_12m(m: pd.DataFrame) -> pd.Series:
    """New tokens dilute whoever holds the old ones, at whatever price they are sold."""
    return m["emission_12m_share"]


@criterion(
    title="Dilution in 12 months",
    question="Did shares outstanding grow by at most 5 % in 12 months?",
    says="Shares outstanding changed by {value} in 12 months.",
    missing="Shares outstanding of a year ago are not known.",
    weight=3,
    unit="share",
    kinds=(EQUITY,),
    families=(SUPPLY,),
    bands=GROWTH_12M,
)
def dilution_12m(m: pd.DataFrame) -> pd.Series:
    """Micro-caps pay with shares. A count that grows by a fifth a year takes a sixth of each old share."""
    return m["emission_12m_share"]


@criterion(
    title="Cash runway",
    question="Does the cash last at least 18 months, or does the business pay for itself?",
    says="At the burn of the last 12 months the cash lasts {value}.",
    missing="Cash or operating cash flow is not known.",
    weight=3,
    unit="months",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS,),
    bands=RUNWAY_MONTHS,
)
def cash_runway(m: pd.DataFrame) -> pd.Series:
    """With two or three quarters of cash left an offering is all but certain, and it is priced by those who
    know that the company must sell."""
    return m["runway_months"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    float_share,
    unlock_30d,
    insider_unlock_12m,
    emission_12m,
    dilution_12m,
    cash_runway,
)
