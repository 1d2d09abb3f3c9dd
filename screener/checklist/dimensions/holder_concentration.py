"""Can a few holders move the price alone?"""

from typing import Final

import pandas as pd

from assets.metrics.families import EQUITY, FUNDAMENTALS, HOLDERS, TOKEN
from screener.checklist.bands import AtLeast, AtMost, Within
from screener.checklist.types import Criterion, criterion

# GoPlus scan bands (30, 50); above 70 % RugCheck says "danger".
TOP_TEN = AtMost(passes=0.30, cautions=0.50, gate=0.70)
# TokenSniffer-style < 5 %; TokenSentry adds points above 20 %.
LARGEST = AtMost(passes=0.05, cautions=0.20)
# The antitrust bands (1,000 and 1,800) are too lax for holders: ten wallets of 7 % give 490 (design).
HHI = AtMost(passes=250, cautions=1_000)
# Judgement, to be calibrated (design); legitimate tokens of TM-RugPull had a median of 10,753 holders.
NAKAMOTO = AtLeast(passes=20, cautions=5)
HOLDERS_COUNT = AtLeast(passes=2_000, cautions=500)
INSIDERS = Within(passes=(0.10, 0.50), cautions=(0.05, 0.70))
FREE_FLOAT = AtLeast(passes=0.40, cautions=0.20)


@criterion(
    title="Ten largest holders",
    question="Do the ten largest owners hold at most 30 %?",
    says="The ten largest owners hold {value}; with pools, bridges and exchanges it is {top_ten_share}.",
    missing="No list of typed holders is known.",
    weight=3,
    unit="share",
    families=(HOLDERS,),
    figures=("top_ten_share",),
    bands=TOP_TEN,
)
def top_ten_share(m: pd.DataFrame) -> pd.Series:
    """Ten owners who agree can sell everybody else out. Burned tokens, pools, bridges, exchanges and lockers
    are left out, since no single owner sells from them; the raw figure stands beside it."""
    return m["top_ten_adjusted_share"]


@criterion(
    title="Largest holder",
    question="Does the largest owner hold at most 5 %?",
    says="The largest owner holds {value}.",
    missing="No list of typed holders is known.",
    weight=2,
    unit="share",
    families=(HOLDERS,),
    bands=LARGEST,
)
def largest_holder(m: pd.DataFrame) -> pd.Series:
    """One owner of a fifth of the supply can end the market on any day they choose."""
    return m["largest_wallet_share"]


@criterion(
    title="Holder HHI",
    question="Is the Herfindahl index of the owners below 250?",
    says="The Herfindahl index of the known owners is {value}.",
    missing="No list of typed holders is known.",
    weight=1,
    unit="count",
    kinds=(TOKEN,),
    families=(HOLDERS,),
    bands=HHI,
)
def holder_hhi(m: pd.DataFrame) -> pd.Series:
    """The index weighs large holders more than a sum does: one of 30 % is worse than ten of 3 %."""
    return m["holder_hhi"]


@criterion(
    title="Nakamoto coefficient",
    question="Does it take at least 20 owners to hold more than half?",
    says="It takes at least {value} owners to hold more than half.",
    missing="No list of typed holders is known.",
    weight=1,
    unit="count",
    kinds=(TOKEN,),
    families=(HOLDERS,),
    bands=NAKAMOTO,
)
def nakamoto(m: pd.DataFrame) -> pd.Series:
    """The number of owners who would have to agree to decide everything."""
    return m["nakamoto_count"]


@criterion(
    title="Number of holders",
    question="Are there at least 2,000 holders?",
    says="It has {value} holders.",
    missing="The number of holders is not known.",
    weight=2,
    unit="count",
    families=(HOLDERS,),
    bands=HOLDERS_COUNT,
)
def holder_count(m: pd.DataFrame) -> pd.Series:
    """Few holders are few buyers. Scam tokens of a labelled set had a median of 376 holders, legitimate ones
    of 10,753; a count can be faked, so it weighs little alone."""
    return m["holder_count"]


@criterion(
    title="Insiders and 5 % holders",
    question="Do insiders and 5 % holders own between 10 % and 50 %?",
    says="Insiders and 5 % holders own {value}.",
    missing="What insiders and 5 % holders own is not known.",
    weight=2,
    unit="share",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS,),
    bands=INSIDERS,
)
def insider_ownership(m: pd.DataFrame) -> pd.Series:
    """With too little of it, nobody in the company shares the risk; with too much, nobody else decides."""
    return m["insider_share"]


@criterion(
    title="Free float",
    question="Is at least 40 % of the shares in free float?",
    says="{value} of the shares are in free float.",
    missing="The free float is not known.",
    weight=2,
    unit="share",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS,),
    bands=FREE_FLOAT,
)
def free_float(m: pd.DataFrame) -> pd.Series:
    """Only the free float trades. A small one makes a price that few shares can move, both ways."""
    return m["public_float_share"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    top_ten_share,
    largest_holder,
    holder_hhi,
    nakamoto,
    holder_count,
    insider_ownership,
    free_float,
)
