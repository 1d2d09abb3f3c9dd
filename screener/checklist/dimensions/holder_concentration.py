"""Holder concentration: can a few holders move the price alone?"""

from typing import Final

import numpy as np
import pandas as pd

from assets.metrics.families import (
    CONTRACT,
    EQUITY,
    EVENTS,
    FILINGS,
    FUNDAMENTALS,
    HOLDERS,
    OWNERSHIP,
    SUPPLY,
    TOKEN,
)
from screener.checklist.bands import LEAST, LINEAR, LOG, AtLeast, AtMost, Within
from screener.checklist.intervals import settled, settled_or_caution
from screener.checklist.states import Column
from screener.checklist.types import Criterion, Measured, Values, criterion, phrase

# GoPlus' scan: below 30 % safer, above 50 % caution; RugCheck calls more than 70 % a danger.
TOP_TEN = AtMost(passes=0.30, cautions=0.50, gate=0.70, scale=LINEAR)
# TokenSniffer-style scans pass below 5 %; TokenSentry adds 18 points of risk above 20 %.
LARGEST_WALLET = AtMost(passes=0.05, cautions=0.20, scale=LINEAR, needed=False)
CREATOR = AtMost(passes=0.05, cautions=0.20, scale=LINEAR, of=phrase("creator"), unit="share", needed=False)
# The antitrust bands (1,000 and 1,800) are too lax for holders: ten wallets with 7 % give 490.
HHI = AtMost(passes=250, cautions=1_000, scale=LOG)
# Our judgement, to be calibrated.
NAKAMOTO = AtLeast(passes=20, cautions=5, scale=LOG)
# TM-RugPull: legitimate tokens had a median of 10,753 holders, scams one of 376.
HOLDER_COUNT = AtLeast(passes=2_000, cautions=500, scale=LOG)
# Our judgement, to be calibrated.
INSIDERS = Within(passes=(0.10, 0.50), cautions=(0.05, 0.70), scale=LINEAR)
FREE_FLOAT = AtLeast(passes=0.40, cautions=0.20, scale=LINEAR)
# More bought than sold; up to half a percent of the company sold is not yet heavy. Our judgement.
INSIDER_TRADES = AtLeast(passes=LEAST, cautions=-0.005)


BETWEEN: Final = phrase(
    "The ten largest holders own between {top_ten_adjusted_low_share} and {top_ten_adjusted_most_share}: "
    "whom unlabelled contracts hold for is not known, nor are all of the ten named."
)


def _ends(m: Measured, better: str, worse: str) -> tuple[Column, Column]:
    """The better end is told only where it differs."""
    high = m[worse].to_numpy(dtype=float)
    low = m[better].to_numpy(dtype=float) if better in m else np.full(high.shape, np.nan)
    return np.where(np.isnan(low), high, low), high


@criterion(
    title=phrase("Top-10 holders"),
    question=phrase("Do the ten largest holders own no more than 30 %?"),
    passes=(
        phrase(
            "The ten largest holders own at most {top_ten_most_share}; with pools and the like it is "
            "{top_ten_share}."
        ),
        BETWEEN,
        phrase(
            "The ten largest holders own between {top_ten_adjusted_low_share} and {top_ten_adjusted_share}: "
            "whom unlabelled contracts hold for is not known."
        ),
        phrase(
            "The ten largest holders own {value} to {top_ten_adjusted_most_share}, as no list names all of "
            "them; with pools, exchanges and the like {top_ten_share}."
        ),
        phrase("The ten largest holders own {value}; with pools, exchanges and the like {top_ten_share}."),
        phrase("The ten largest holders own {value}."),
    ),
    cautions=(
        phrase(
            "The ten largest holders own as much as {top_ten_most_share}, or less: with pools and the like "
            "it is {top_ten_share}."
        ),
        BETWEEN,
        phrase(
            "The ten largest holders own between {top_ten_adjusted_low_share} and {top_ten_adjusted_share}: "
            "whom unlabelled contracts hold for is not known."
        ),
        phrase(
            "The ten largest holders own as much as {value} to {top_ten_adjusted_most_share}, as no list "
            "names all of them ({top_ten_share} with pools and the like)."
        ),
        phrase("The ten largest holders own as much as {value} ({top_ten_share} with pools and the like)."),
        phrase("The ten largest holders own as much as {value}."),
    ),
    fails=(
        phrase(
            "The ten largest holders own at least {top_ten_adjusted_low_share}, with unlabelled contracts "
            "{top_ten_adjusted_share}: they decide what it is worth."
        ),
        phrase("The ten largest holders own {value}: they decide what it is worth."),
    ),
    unknown=(
        phrase(
            "The ten largest holders own between {top_ten_adjusted_low_share} and {top_ten_adjusted_share}: "
            "it depends on contracts that nobody has labelled."
        ),
        phrase("No list of holders with their types is known that is long enough."),
    ),
    weight=3,
    unit="share",
    kinds=(TOKEN,),
    families=(HOLDERS,),
    decided_by=("holders.positions", "holders.top_ten_share"),
    measures=(
        *("top_ten_share", "top_ten_adjusted_share", "top_ten_adjusted_low_share", "top_ten_most_share"),
        "top_ten_adjusted_most_share",
    ),
    bands=TOP_TEN,
    remedy=phrase(
        "Distribution by the largest holders, or labels for contracts that hold on behalf of others."
    ),
)
def top_ten_share(m: Measured) -> Values:
    """Ten holders acting together can sell before everybody else. Burn addresses, pools, bridges, exchanges,
    lockers and staking contracts are left out because no single owner sells from them. A contract without
    a label may be one of these or not: the share is then an interval, and the gate opens only when its
    lower end exceeds the limit; so it is where the ten largest are known as a sum alone."""
    better, worse = _ends(m, "top_ten_adjusted_low_share", "top_ten_adjusted_share")
    most = m["top_ten_most_share"].to_numpy(dtype=float)
    better, worse = np.where(np.isnan(worse), (0 * most, most), (better, worse))
    return pd.Series(settled_or_caution(TOP_TEN, better, worse), index=m.index)


@criterion(
    title=phrase("Largest wallet"),
    question=phrase("Do neither the largest wallet nor the creator hold more than 5 %?"),
    passes=(
        phrase("The largest wallet holds {value}, the creator {creator_share}."),
        phrase("The largest wallet holds {value}; what the creator holds is not known."),
        phrase("The creator holds {creator_share}; what the largest wallet holds is not known."),
    ),
    cautions=(
        phrase("The largest wallet holds {value}, the creator {creator_share}: one sale would be felt."),
        phrase("The largest wallet holds {value}: one sale would be felt."),
        phrase("The creator holds {creator_share}: one sale would be felt."),
    ),
    fails=(
        phrase(
            "The largest wallet holds {value}, the creator {creator_share}: one owner can end the market."
        ),
        phrase("The largest wallet holds {value}: one owner can end the market."),
        phrase("The creator holds {creator_share}: one owner can end the market."),
    ),
    unknown=phrase("Neither a list of holders with their types nor the creator's share is known."),
    weight=2,
    unit="share",
    kinds=(TOKEN,),
    families=(HOLDERS, CONTRACT),
    decided_by=("holders.positions", "contract.creator_share"),
    measures=("creator_share",),
    bands=(LARGEST_WALLET, CREATOR),
    remedy=phrase("Distribution, a lock or a burn by the largest holder."),
)
def largest_wallet(m: Measured) -> tuple[Values, Values]:
    """One owner of a fifth of the supply can collapse the price at will. Pools, bridges, exchanges, lockers,
    burn addresses and contracts without a label do not count."""
    return m["largest_wallet_share"], m["creator_share"]


@criterion(
    title=phrase("Holder HHI"),
    question=phrase("Is the Herfindahl–Hirschman index (HHI) of the holders at most 250?"),
    passes=(
        phrase("The holder HHI is {holder_hhi_low} to {value} of 10,000."),
        phrase("The holder HHI is {value} of 10,000."),
    ),
    cautions=(
        phrase("The holder HHI is {holder_hhi_low} to {value}, which is high."),
        phrase("The holder HHI is {value} of 10,000, which is high."),
    ),
    fails=phrase("The holder HHI is {value} of 10,000: a few holders own most of it."),
    unknown=(
        phrase(
            "The concentration index of the holders is {holder_hhi_low} to {holder_hhi}: it depends on whom "
            "contracts hold for and on holders that no list names."
        ),
        phrase("No list of holders with their types is known that is long enough."),
    ),
    weight=0,
    unit="score",
    kinds=(TOKEN,),
    families=(HOLDERS,),
    decided_by=("holders.positions",),
    measures=("holder_hhi", "holder_hhi_low"),
    bands=HHI,
    remedy=phrase("A wider distribution of holdings."),
)
def holder_hhi(m: Measured) -> Values:
    """The index squares each share, so that it distinguishes one holder of 30 % from ten of 3 %, which a sum
    cannot."""
    better, worse = _ends(m, "holder_hhi_low", "holder_hhi")
    return pd.Series(settled(HHI, better, worse), index=m.index)


@criterion(
    title=phrase("Nakamoto coefficient"),
    question=phrase("Does it take at least 20 holders to own more than half?"),
    passes=phrase("It takes at least {value} holders to own more than half."),
    cautions=(
        phrase("It takes {nakamoto_count} to {nakamoto_high_count} holders to own more than half."),
        phrase("It takes {value} holders to own more than half."),
    ),
    fails=phrase("It takes no more than {value} holders to own more than half."),
    unknown=(
        phrase(
            "It takes {nakamoto_count} to {nakamoto_high_count} holders to own more than half: it depends on "
            "whom contracts hold for and on holders that no list names."
        ),
        phrase(
            "No list of holders with their types is known that is long enough, or it takes more holders "
            "than there are."
        ),
    ),
    weight=0,
    unit="count",
    kinds=(TOKEN,),
    families=(HOLDERS,),
    decided_by=("holders.positions",),
    measures=("nakamoto_count", "nakamoto_high_count"),
    bands=NAKAMOTO,
    remedy=phrase("A wider distribution of holdings."),
)
def nakamoto(m: Measured) -> Values:
    """The number of owners who would have to act together to hold a majority: the fewer, the more
    concentrated the control."""
    better, worse = _ends(m, "nakamoto_high_count", "nakamoto_count")
    return pd.Series(settled(NAKAMOTO, better, worse), index=m.index)


@criterion(
    title=phrase("Number of holders"),
    question=phrase("Are there at least 2,000 holders?"),
    passes=phrase("It has {value} holders."),
    cautions=phrase("It has only {value} holders."),
    fails=phrase("It has no more than {value} holders to sell to."),
    unknown=phrase("The number of holders is not known."),
    weight=3,
    unit="count",
    kinds=(TOKEN,),
    families=(HOLDERS,),
    decided_by=("holders.holder_count",),
    bands=HOLDER_COUNT,
    remedy=phrase("More holders."),
)
def holder_count(m: Measured) -> Values:
    """Few holders mean few buyers. In a labelled set scams had a median of 376 holders, legitimate tokens one
    of 10,753; since holders can be faked, a high count alone proves little."""
    return m["holder_count"]


@criterion(
    title=phrase("Insiders and 5 % holders"),
    question=phrase("Do insiders and 5 % holders own between 10 % and 50 %?"),
    passes=phrase("Insiders and 5 % holders own {value}."),
    cautions=phrase("Insiders and 5 % holders own {value}, outside the usual range."),
    fails=phrase(
        "Insiders and 5 % holders own {value}: too little to share the risk or too much to outvote."
    ),
    unknown=(
        phrase("Schedules 13D and 13G, of holders of more than 5 %, filed and not read: {schedules_unread}."),
        phrase("It is not known what insiders and 5 % holders own."),
    ),
    weight=2,
    unit="share",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS, OWNERSHIP),
    decided_by=("ownership.shares", "ownership.share", "fundamentals.insider_share"),
    measures=("schedules_unread",),
    bands=INSIDERS,
    remedy=phrase("Insider purchases, or distribution by large holders."),
)
def insider_ownership(m: Measured) -> Values:
    """With too little, management does not share the risk; with too much, other shareholders have no say."""
    return m["insider_share"]


@criterion(
    title=phrase("Free float"),
    question=phrase("Is at least 40 % of the shares in free float?"),
    passes=phrase("{value} of the shares are in free float."),
    cautions=phrase("Only {value} of the shares are in free float."),
    fails=phrase("No more than {value} of the shares are in free float: few can move the price."),
    unknown=phrase("The free float is not known."),
    weight=2,
    unit="share",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS, EVENTS),
    decided_by=("fundamentals.public_float_share", "filing_events.shares_outstanding"),
    bands=FREE_FLOAT,
    remedy=phrase("Large holders who sell to the public."),
)
def free_float(m: Measured) -> Values:
    """Only the free float trades. With a small one, few shares move the price, both ways. The covers of
    annual reports, and of prospectuses under the baby-shelf limit, give the shares that non-affiliates
    hold."""
    return m["public_float_share"]


@criterion(
    title=phrase("Insider transactions (Form 4)"),
    question=phrase("Did insiders buy more than they sold on the market in six months?"),
    passes=phrase("Insiders bought more than they sold in six months: {value} of the company."),
    cautions=phrase("Insiders neither bought nor sold much in six months: {value} of the company, net."),
    fails=phrase("Insiders sold heavily in six months: {value} of the company, net."),
    unknown=phrase("No insider report (Form 4) has been read."),
    weight=1,
    unit="share",
    kinds=(EQUITY,),
    families=(FILINGS, OWNERSHIP, SUPPLY),
    decided_by=("ownership.change",),
    bands=INSIDER_TRADES,
    remedy=phrase("Purchases by insiders on the market."),
)
def insider_trades(m: Measured) -> Values:
    """Insiders sell for many reasons and buy for one. Awards, gifts and options do not count, only what was
    bought or sold for money on the market (Form 4)."""
    return m["insider_net_bought_share"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    top_ten_share,
    largest_wallet,
    holder_hhi,
    nakamoto,
    holder_count,
    insider_ownership,
    free_float,
    insider_trades,
)
