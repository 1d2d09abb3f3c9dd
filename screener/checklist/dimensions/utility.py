"""Is it used, and does that use earn anything?"""

from typing import Final

from assets.metrics.families import EQUITY, FUNDAMENTALS, MARKET, POOLS, SUPPLY, TOKEN, USAGE
from screener.checklist.bands import AtLeast, AtMost
from screener.checklist.types import Criterion, Measured, Values, criterion, phrase

# Our judgement, to be calibrated, where no other source stands.
ACTIVE_ADDRESSES = AtLeast(passes=1_000, cautions=100)
# On labelled Uniswap v2 pools the trade count told rug pulls from the rest with an AUC of 0.74–0.81.
TRADES = AtLeast(passes=100, cautions=20)
ACTIVITY = AtLeast(passes=0.8, cautions=0.5)
TOKEN_PRICE_TO_SALES = AtMost(passes=20, cautions=100)
EARNS = AtLeast(passes=1, cautions=1, of=phrase("revenue"), unit="usd")
MCAP_TO_TVL = AtMost(passes=1, cautions=5)
LOCKS = AtLeast(passes=1, cautions=1, of=phrase("value locked"), unit="usd")
COMPANY_REVENUE = AtLeast(passes=5e6, cautions=1e6)
COMPANY_GROWTH = AtLeast(passes=0, cautions=-0.2)
COMPANY_PRICE_TO_SALES = AtMost(passes=3, cautions=10)

DEFI_SECTORS: Final = ("DeFi", "Decentralized Finance (DeFi)", "decentralized-finance-defi")
"""How providers write the one sector that works with what its users deposit."""


@criterion(
    title=phrase("Active addresses"),
    question=phrase("Did at least 1,000 addresses use it in 30 days?"),
    passes=phrase("{value} addresses used it in 30 days."),
    cautions=phrase("{value} addresses used it in 30 days, which is few."),
    fails=phrase("Hardly anybody uses it: {value} addresses in 30 days."),
    unknown=phrase("It is not known how many addresses use it."),
    weight=2,
    unit="count",
    kinds=(TOKEN,),
    families=(USAGE,),
    bands=ACTIVE_ADDRESSES,
)
def active_addresses(m: Measured) -> Values:
    """A token keeps its worth for longer when people need it for something. One person can run many
    addresses, so this is the most that interest can be, not a head count."""
    return m["active_addresses_30d"]


@criterion(
    title=phrase("Trading activity"),
    question=phrase("Was it traded at least 100 times in 24 hours?"),
    passes=phrase("It was traded {value} times in 24 hours."),
    cautions=phrase("It was traded only {value} times in 24 hours."),
    fails=phrase("It is all but dead: {value} trades in 24 hours."),
    unknown=phrase("It is not known how often it was traded in 24 hours."),
    weight=3,
    unit="count",
    kinds=(TOKEN,),
    families=(POOLS,),
    bands=TRADES,
)
def trading_activity(m: Measured) -> Values:
    """The number of trades tells coming rug pulls from the rest far better than the depth of the pool does:
    whoever plans one seeds a large pool that nobody trades."""
    return m["trades_24h"]


@criterion(
    title=phrase("Activity trend"),
    question=phrase("Is it used at least 80 % as much as in the two months before?"),
    passes=phrase("Its use holds: {value} of what was usual in the 60 days before."),
    cautions=phrase("Its use declines: {value} of what was usual in the 60 days before."),
    fails=phrase("Its use collapsed: {value} of what was usual in the 60 days before."),
    unknown=phrase("Too little is known of its transactions to see a trend."),
    weight=1,
    unit="share",
    kinds=(TOKEN,),
    families=(USAGE,),
    bands=ACTIVITY,
)
def activity_trend(m: Measured) -> Values:
    """Users leave before the price shows it. Two months are long enough not to mistake one quiet week for
    a trend."""
    return m["activity_ratio"]


@criterion(
    title=phrase("Price of its revenue"),
    question=phrase("Does it earn, and is it valued at no more than 20 times its revenue?"),
    passes=phrase("It earns {revenue_annual_usd} a year; fully diluted it is valued at {value} times that."),
    cautions=phrase("It earns {revenue_annual_usd} a year and is dear: fully diluted {value} times that."),
    fails=phrase("It earns {revenue_annual_usd} a year: nothing, or too little for its valuation."),
    unknown=phrase("Its revenue or its fully diluted valuation is not known."),
    weight=2,
    unit="ratio",
    kinds=(TOKEN,),
    families=(USAGE, SUPPLY, MARKET),
    figures=("revenue_annual_usd",),
    bands=(TOKEN_PRICE_TO_SALES, EARNS),
)
def price_of_revenue(m: Measured) -> tuple[Values, Values]:
    """Revenue is the only demand that the next buyer need not pay for. A meme coin that earns nothing fails
    here: that is an answer, not a gap in the data."""
    return m["price_to_sales"], m["revenue_annual_usd"]


@criterion(
    title=phrase("Market cap to TVL"),
    question=phrase("Is its market cap no more than the value locked in it?"),
    passes=phrase("Its market cap is {value} times the {tvl_usd} locked in it."),
    cautions=phrase("It is dear: its market cap is {value} times the {tvl_usd} locked in it."),
    fails=phrase("With {tvl_usd} locked in it, it is valued for something other than its use."),
    unknown=phrase("Its market cap or the value locked in it is not known."),
    weight=1,
    unit="ratio",
    kinds=(TOKEN,),
    sectors=DEFI_SECTORS,
    families=(USAGE, SUPPLY, MARKET),
    figures=("tvl_usd",),
    bands=(MCAP_TO_TVL, LOCKS),
)
def market_cap_to_tvl(m: Measured) -> tuple[Values, Values]:
    """A DeFi protocol works with what its users deposit. A market cap far above that pays for hope."""
    return m["mcap_to_tvl"], m["tvl_usd"]


@criterion(
    title=phrase("Revenue"),
    question=phrase("Did it take in at least $5 M in 12 months?"),
    passes=phrase("It took in {value} in 12 months."),
    cautions=phrase("It took in only {value} in 12 months."),
    fails=phrase("It has hardly any business: {value} of revenue in 12 months."),
    unknown=phrase("Its revenue is not known."),
    weight=2,
    unit="usd",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS,),
    bands=COMPANY_REVENUE,
)
def revenue(m: Measured) -> Values:
    """A listed company without revenue lives on its shareholders: every year of it is paid for with new
    shares."""
    return m["revenue_annual_usd"]


@criterion(
    title=phrase("Revenue growth"),
    question=phrase("Is its revenue at least that of the year before?"),
    passes=phrase("Its revenue changed by {value} against the 12 months before."),
    cautions=phrase("Its revenue shrinks: {value} against the 12 months before."),
    fails=phrase("Its revenue collapsed: {value} against the 12 months before."),
    unknown=phrase("Revenue of two comparable years is not known."),
    weight=1,
    unit="share",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS,),
    bands=COMPANY_GROWTH,
)
def revenue_growth(m: Measured) -> Values:
    """Costs of a small company do not shrink with its sales, so falling revenue becomes a cash problem
    soon."""
    return m["revenue_growth_share"]


@criterion(
    title=phrase("Price to sales"),
    question=phrase("Is its market cap at most three times its yearly revenue?"),
    passes=phrase("Its market cap is {value} times its yearly revenue."),
    cautions=phrase("It is dear: its market cap is {value} times its yearly revenue."),
    fails=phrase("With {revenue_annual_usd} of yearly revenue it is valued for something other than sales."),
    unknown=phrase("Its market cap or its revenue is not known."),
    weight=1,
    unit="ratio",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS, SUPPLY, MARKET),
    figures=("revenue_annual_usd",),
    bands=(COMPANY_PRICE_TO_SALES, EARNS),
)
def price_to_sales(m: Measured) -> tuple[Values, Values]:
    """The dearer the sales, the more of the growth is paid for already, and the further the price can fall
    when it does not come."""
    return m["price_to_sales"], m["revenue_annual_usd"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    active_addresses,
    trading_activity,
    activity_trend,
    price_of_revenue,
    market_cap_to_tvl,
    revenue,
    revenue_growth,
    price_to_sales,
)
