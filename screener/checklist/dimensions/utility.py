"""Utility: is it used, and does that use earn anything?"""

from typing import Final

from assets.metrics.families import EQUITY, FUNDAMENTALS, MARKET, POOLS, SUPPLY, TOKEN, USAGE
from assets.metrics.sectors import DEFI
from screener.checklist.bands import LINEAR, LOG, AtLeast, AtMost
from screener.checklist.types import Criterion, Measured, Values, criterion, phrase

# Our judgement, to be calibrated, where no other source stands.
ACTIVE_ADDRESSES = AtLeast(passes=1_000, cautions=100, scale=LOG)
TRADES = AtLeast(
    passes=300,
    cautions=30,
    scale=LOG,
    source=phrase("On labelled Uniswap v2 pools the trade count told rug pulls apart with an AUC of 0.74."),
)
ACTIVITY = AtLeast(passes=0.8, cautions=0.5, scale=LINEAR)
TOKEN_PRICE_TO_SALES = AtMost(passes=20, cautions=100, scale=LOG)
EARNS = AtLeast(passes=1, cautions=1, of=phrase("revenue"), unit="usd")
MCAP_TO_TVL = AtMost(passes=1, cautions=5, scale=LOG)
LOCKS = AtLeast(passes=1, cautions=1, of=phrase("value locked"), unit="usd")
COMPANY_REVENUE = AtLeast(passes=5e6, cautions=1e6, scale=LOG)
COMPANY_GROWTH = AtLeast(passes=0, of=phrase("growth"), unit="share", needed=False)
PIOTROSKI = AtLeast(
    passes=7,
    cautions=4,
    scale=LINEAR,
    source=phrase("Piotroski (2000): 8–9 strong, 0–2 weak; widened by one."),
)
PRICE_TO_SALES_OF_SECTOR = AtMost(passes=1, cautions=3, scale=LOG)


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
    decided_by=("usage.active_addresses_30d",),
    bands=ACTIVE_ADDRESSES,
)
def active_addresses(m: Measured) -> Values:
    """A token keeps its worth for longer when people need it for something. One person can run many
    addresses, so this is the most that interest can be, not a head count."""
    return m["active_addresses_30d"]


@criterion(
    title=phrase("Trading activity"),
    question=phrase("Was it traded at least 300 times in 24 hours?"),
    passes=phrase("It was traded {value} times in 24 hours."),
    cautions=phrase("It was traded only {value} times in 24 hours."),
    fails=phrase("It is all but dead: {value} trades in 24 hours."),
    unknown=phrase("It is not known how often it was traded in 24 hours."),
    weight=3,
    unit="count",
    kinds=(TOKEN,),
    families=(POOLS,),
    decided_by=("pools.buys_24h",),
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
    decided_by=("usage.transactions_prior_60d",),
    bands=ACTIVITY,
)
def activity_trend(m: Measured) -> Values:
    """Users leave before the price shows it. Two months are long enough not to mistake one quiet week for
    a trend."""
    return m["activity_ratio"]


@criterion(
    title=phrase("Price of its revenue"),
    question=phrase("Does it earn, and is it valued at no more than 20 times its revenue?"),
    passes=(
        phrase("It earns {revenue_annual_usd} a year; fully diluted it is valued at {value} times that."),
        phrase("Fully diluted it is valued at {value} times what it earns in a year."),
    ),
    cautions=(
        phrase("It earns {revenue_annual_usd} a year and is dear: fully diluted {value} times that."),
        phrase("It earns and is dear: fully diluted {value} times what it earns in a year."),
    ),
    fails=(
        phrase("It earns {revenue_annual_usd} a year: nothing, or too little for its valuation."),
        phrase("It earns too little for its valuation: fully diluted {value} times what it earns in a year."),
    ),
    unknown=phrase("Its revenue or its fully diluted valuation is not known."),
    weight=2,
    unit="ratio",
    kinds=(TOKEN,),
    families=(USAGE, SUPPLY, MARKET),
    decided_by=("usage.revenue_annual_usd",),
    measures=("revenue_annual_usd",),
    bands=(TOKEN_PRICE_TO_SALES, EARNS),
)
def price_of_revenue(m: Measured) -> tuple[Values, Values]:
    """Revenue is the only demand that the next buyer need not pay for. A meme coin that earns nothing fails
    here: that is an answer, not a gap in the data."""
    return m["price_to_sales"], m["revenue_annual_usd"]


@criterion(
    title=phrase("Market cap to TVL"),
    question=phrase("Is its market cap no more than the value locked in it?"),
    passes=(
        phrase("Its market cap is {value} times the {tvl_usd} locked in it."),
        phrase("Its market cap is {value} times the value locked in it."),
    ),
    cautions=(
        phrase("It is dear: its market cap is {value} times the {tvl_usd} locked in it."),
        phrase("It is dear: its market cap is {value} times the value locked in it."),
    ),
    fails=(
        phrase("With {tvl_usd} locked in it, it is valued for something other than its use."),
        phrase("At {value} times the value locked in it, it is valued for something other than its use."),
    ),
    unknown=phrase("Its market cap or the value locked in it is not known."),
    weight=1,
    unit="ratio",
    kinds=(TOKEN,),
    sectors=(DEFI,),
    families=(USAGE, SUPPLY, MARKET),
    decided_by=("usage.tvl_usd",),
    measures=("tvl_usd",),
    bands=(MCAP_TO_TVL, LOCKS),
)
def market_cap_to_tvl(m: Measured) -> tuple[Values, Values]:
    """A DeFi protocol works with what its users deposit. A market cap far above that pays for hope."""
    return m["mcap_to_tvl"], m["tvl_usd"]


@criterion(
    title=phrase("Revenue"),
    question=phrase("Did it take in at least $5 M in 12 months, and no less than in the year before?"),
    passes=(
        phrase("It took in {value} in 12 months, a change of {revenue_growth_share}."),
        phrase("It took in {value} in 12 months; the year before is not known."),
    ),
    cautions=(
        phrase("It took in {value} in 12 months, a change of {revenue_growth_share}: little, or shrinking."),
        phrase("It took in {value} in 12 months, which is little; the year before is not known."),
    ),
    fails=phrase("It has hardly any business: {value} of revenue in 12 months."),
    unknown=phrase("Its revenue is not known."),
    weight=2,
    unit="usd",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS,),
    decided_by=("fundamentals.revenue_ttm_usd",),
    measures=("revenue_growth_share",),
    bands=(COMPANY_REVENUE, COMPANY_GROWTH),
)
def revenue(m: Measured) -> tuple[Values, Values]:
    """A listed company without revenue lives on its shareholders: every year of it is paid for with new
    shares. Costs do not shrink with sales, so falling revenue becomes a cash problem soon."""
    return m["revenue_annual_usd"], m["revenue_growth_share"]


@criterion(
    title=phrase("Piotroski F-score"),
    question=phrase("Does it pass at least seven of nine tests of profit, debt and efficiency?"),
    passes=phrase("It passes {value} of nine tests: earning, less indebted, more efficient than a year ago."),
    cautions=phrase("It passes {value} of nine tests, which is middling."),
    fails=phrase("It passes only {value} of nine tests: earnings, balance sheet or efficiency worsen."),
    unknown=phrase("Too few of its figures of two years are known."),
    weight=2,
    unit="score",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS,),
    decided_by=("fundamentals.net_income_ttm_usd",),
    bands=PIOTROSKI,
)
def piotroski(m: Measured) -> Values:
    """Nine yes-or-no tests of two yearly reports tell companies that get healthier from those that do not.
    Among cheap shares the healthy ones did better by a wide margin."""
    return m["piotroski_f"]


@criterion(
    title=phrase("Price to sales"),
    question=phrase("Is it valued no higher against its sales than its sector?"),
    passes=(
        phrase("Its market cap is {price_to_sales} times its sales: {value} times what is usual there."),
        phrase("Its market cap against its sales is {value} times what is usual in its sector."),
    ),
    cautions=(
        phrase("It is dear: {price_to_sales} times its sales, {value} times what is usual in its sector."),
        phrase("It is dear: {value} times what is usual in its sector."),
    ),
    fails=(
        phrase("With {revenue_annual_usd} of yearly revenue it is valued for something other than sales."),
        phrase("At {value} times what is usual in its sector it is valued for something other than sales."),
    ),
    unknown=phrase("Its market cap, its revenue or what is usual in its sector is not known."),
    weight=1,
    unit="ratio",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS, SUPPLY, MARKET),
    decided_by=("market.price_usd", "market.market_cap_usd"),
    measures=("price_to_sales", "revenue_annual_usd"),
    bands=(PRICE_TO_SALES_OF_SECTOR, EARNS),
)
def price_to_sales(m: Measured) -> tuple[Values, Values]:
    """The dearer the sales, the more of the growth is paid for already, and the further the price can fall
    when it does not come. What is dear differs by sector, so its median is the measure."""
    return m["price_to_sales_of_sector"], m["revenue_annual_usd"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    active_addresses,
    trading_activity,
    activity_trend,
    price_of_revenue,
    market_cap_to_tvl,
    revenue,
    piotroski,
    price_to_sales,
)
