"""Utility: is it used, and does that use earn anything?"""

from typing import Final

from assets.metrics.distress import OWES_NOTHING_RATIO, PRE_REVENUE_USD
from assets.metrics.families import CANDLES, EQUITY, FUNDAMENTALS, MARKET, POOLS, SUPPLY, TOKEN, USAGE
from assets.metrics.sectors import DEFI
from screener.checklist.bands import LINEAR, LOG, AtLeast, AtMost, Within
from screener.checklist.types import Criterion, Measured, Values, criterion, phrase

# Our judgement, to be calibrated, where no other source stands.
ACTIVE_ADDRESSES = AtLeast(passes=1_000, cautions=100, scale=LOG)
TRADES = AtLeast(
    passes=300,
    cautions=30,
    scale=LOG,
    source=phrase("On labelled Uniswap v2 pools the trade count separated rug pulls with an AUC of 0.74."),
)
SELLS_PER_BUY = AtLeast(
    passes=0.67,
    cautions=0.33,
    scale=LOG,
    source=phrase(
        "On labelled Uniswap v2 pools there were at least two sells for every three buys where the pool "
        "was not pulled, and one for every three where it was (AUC 0.82)."
    ),
)
# Our judgement: below the second limit an account trades ten times a day.
TRADERS_PER_TRADE = AtLeast(
    passes=0.4,
    cautions=0.1,
    scale=LOG,
    source=phrase(
        "Of 41 recorded pools with 30 trades a day or more 95 % lie above 0.4. On labelled pools few traders "
        "go either way (AUC 0.26 on Uniswap v2, 0.60 on SushiSwap), so that this does not count."
    ),
)
ACTIVITY = AtLeast(passes=0.8, cautions=0.5, scale=LINEAR)
TOKEN_PRICE_TO_SALES = AtMost(passes=20, cautions=100, scale=LOG)
EARNS = AtLeast(passes=1, cautions=1, of=phrase("revenue"), unit="usd")
MCAP_TO_TVL = AtMost(passes=1, cautions=5, scale=LOG)
LOCKS = AtLeast(passes=1, cautions=1, of=phrase("TVL"), unit="usd")
# Whether there is a business at all; how large it is adds nothing.
HAS_REVENUE = AtLeast(passes=PRE_REVENUE_USD, cautions=PRE_REVENUE_USD)
COMPANY_GROWTH = AtLeast(passes=0, of=phrase("growth"), unit="share", needed=False)
# Against the sector's median. Cheap sales are no safety: of US micro-caps of 2001-2011 more than a fifth of
# those below 0.2 times their sales went bankrupt within a year, of those between 1 and 5 one in seventeen.
PRICE_TO_SALES_OF_SECTOR = Within(passes=(1 / 3, 1), cautions=(0, 3))
PRICE_CHANGE_12M = AtLeast(
    passes=0,
    cautions=-0.75,
    scale=LINEAR,
    source=phrase(
        "Shumway (2001) and Campbell, Hilscher and Szilagyi (2008): past returns forecast bankruptcy. Among "
        "US micro-caps of 2001–2011 the fall of a year alone has an AUC of 0.65."
    ),
)
PIOTROSKI = AtLeast(
    passes=7,
    cautions=4,
    scale=LINEAR,
    source=phrase("Piotroski (2000): 8–9 strong, 0–2 weak; widened by one."),
)

MARKET_CAP_TO_LIABILITIES = AtLeast(
    passes=2,
    cautions=0.2,
    scale=LOG,
    source=phrase(
        "Altman (1968), X4, and Campbell, Hilscher and Szilagyi (2008), TLMTA. Bankrupt within a year among "
        "2,159 US micro-caps of 2001–2011: below 0.2 29 %, above 2 5 %."
    ),
)
# The model's own chance of default, N(−DD): 1 % at 2.33, 10 % at 1.28.
DISTANCE_TO_DEFAULT = AtLeast(
    passes=2.33,
    cautions=1.28,
    scale=LINEAR,
    source=phrase("Bharath and Shumway (2008): a chance of default of 1 % and of 10 % in the naive model."),
)


@criterion(
    title=phrase("Active addresses"),
    question=phrase("Did at least 1,000 addresses use it in 30 days?"),
    passes=(
        phrase("At least {active_addresses_least_30d} addresses used it in 30 days."),
        phrase("{value} addresses used it in 30 days."),
    ),
    cautions=phrase("{value} addresses used it in 30 days, which is few."),
    fails=phrase("Hardly anybody uses it: {value} addresses in 30 days."),
    unknown=phrase("It is not known how many addresses use it."),
    weight=1,
    unit="count",
    kinds=(TOKEN,),
    families=(USAGE, MARKET, POOLS),
    decided_by=("usage.active_addresses_30d", "market.traders_24h", "pools.buyers_24h"),
    measures=("active_addresses_least_30d",),
    bands=ACTIVE_ADDRESSES,
    remedy=phrase("More addresses that use it; a count for 30 days by a source or a sheet."),
)
def active_addresses(m: Measured) -> Values:
    """A token that is used keeps its value longer. One person can run many addresses, so this is an upper
    bound, not a head count. Where part of the 30 days was not read, or the traders of a day are all that is
    known, the count is a lower bound: a high one passes, a low one decides nothing."""
    at_least = m["active_addresses_least_30d"]
    return m["active_addresses_30d"].fillna(at_least.where(at_least >= ACTIVE_ADDRESSES.passes))


@criterion(
    title=phrase("Trading activity"),
    question=phrase("Was it traded at least 300 times in 24 hours?"),
    passes=phrase("It was traded {value} times in 24 hours."),
    cautions=phrase("It was traded only {value} times in 24 hours."),
    fails=phrase("Trading has almost stopped: {value} trades in 24 hours."),
    unknown=phrase("It is not known how often it was traded in 24 hours."),
    weight=3,
    unit="count",
    kinds=(TOKEN,),
    unless=("native_on_books",),
    families=(POOLS, MARKET),
    decided_by=("pools.buys_24h", "market.buys_24h"),
    bands=TRADES,
    remedy=phrase("More trades in pools that count."),
)
def trading_activity(m: Measured) -> Values:
    """The number of trades predicts rug pulls far better than the depth of the pool: a scammer seeds a
    large pool that nobody trades. Does not apply to a native coin that was seen to trade on order books
    within a day: it has no pool to pull."""
    return m["trades_24h"]


@criterion(
    title=phrase("Sell-to-buy ratio"),
    question=phrase("Are there at least two sells for every three buys?"),
    passes=phrase("There were {value} sells per buy in 24 hours."),
    cautions=phrase("There were only {value} sells per buy in 24 hours."),
    fails=phrase("There were {value} sells per buy in 24 hours: hardly anybody sells, or is able to."),
    unknown=phrase("How many of its trades are sells is not known."),
    weight=2,
    unit="ratio",
    kinds=(TOKEN,),
    unless=("native_coin",),
    families=(POOLS, MARKET),
    decided_by=("pools.sells_24h", "market.sells_24h"),
    bands=SELLS_PER_BUY,
    remedy=phrase("A market in which holders sell as well as buy."),
)
def sells_per_buy(m: Measured) -> Values:
    """A honeypot shows in the trades before a simulation finds it: where hardly anybody sells, hardly
    anybody can, or one person does all the buying. A hyped launch looks worse here than it is. Does not
    apply to a native coin: no contract could stop a sale."""
    return m["sells_per_buy"]


@criterion(
    title=phrase("Traders per trade"),
    question=phrase("Are there at least four traders for each ten trades of 24 hours?"),
    passes=phrase("For each trade of 24 hours there is {value} of a trader."),
    cautions=phrase("For each trade of 24 hours there is only {value} of a trader: a few trade often."),
    fails=phrase("For each trade of 24 hours there is {value} of a trader: a few wallets make its volume."),
    unknown=phrase("How many accounts made its trades is not known."),
    weight=0,
    unit="ratio",
    kinds=(TOKEN,),
    unless=("native_coin",),
    families=(POOLS, MARKET),
    decided_by=("pools.buyers_24h", "market.traders_24h"),
    bands=TRADERS_PER_TRADE,
    remedy=phrase("Trades by more accounts, each of which trades less often."),
)
def traders_per_trade(m: Measured) -> Values:
    """Wash trading is one person on both sides of many trades: many trades, hardly any traders. Spread over
    many wallets, it is not detected here. Not counted: trades and volume count already."""
    return m["traders_per_trade"]


@criterion(
    title=phrase("Activity trend"),
    question=phrase("Is usage at least 80 % of that in the preceding two months?"),
    passes=phrase("Usage is stable: {value} of the average of the preceding 60 days."),
    cautions=phrase("Usage is declining: {value} of the average of the preceding 60 days."),
    fails=phrase("Usage collapsed: {value} of the average of the preceding 60 days."),
    unknown=phrase("Too little is known of its transactions to see a trend."),
    weight=1,
    unit="share",
    kinds=(TOKEN,),
    unless=("younger_than_quarter",),
    families=(USAGE,),
    decided_by=("usage.transactions_prior_60d",),
    bands=ACTIVITY,
    remedy=phrase("A month of growing usage."),
)
def activity_trend(m: Measured) -> Values:
    """Usage falls before the price does. Two months are enough not to mistake one quiet week for a trend.
    Does not apply to a younger token: there is no earlier usage to compare with."""
    return m["activity_ratio"]


@criterion(
    title=phrase("FDV ÷ revenue"),
    question=phrase("Does the protocol have revenue, and is its FDV at most 20 times annual revenue?"),
    passes=(
        phrase("Annual revenue is {revenue_annual_usd}; the FDV is {value} times that."),
        phrase("The FDV is {value} times annual revenue."),
    ),
    cautions=(
        phrase("Annual revenue is {revenue_annual_usd}; at {value} times that, the FDV is expensive."),
        phrase("At {value} times annual revenue, the FDV is expensive."),
    ),
    fails=(
        phrase("Annual revenue of {revenue_annual_usd} does not support the valuation."),
        phrase("Revenue does not support the valuation: the FDV is {value} times annual revenue."),
    ),
    unknown=phrase("Revenue or fully diluted valuation is not known."),
    weight=1,
    unit="ratio",
    kinds=(TOKEN,),
    families=(USAGE, SUPPLY, MARKET),
    decided_by=("usage.revenue_annual_usd",),
    measures=("revenue_annual_usd",),
    bands=(TOKEN_PRICE_TO_SALES, EARNS),
    remedy=phrase("More revenue, or a lower fully diluted valuation."),
)
def price_of_revenue(m: Measured) -> tuple[Values, Values]:
    """Revenue is demand that does not depend on the next buyer. A meme coin without revenue fails here: that
    is an answer, not missing data."""
    return m["price_to_sales"], m["revenue_annual_usd"]


@criterion(
    title=phrase("Market cap ÷ TVL"),
    question=phrase("Is the market cap no higher than the total value locked (TVL)?"),
    passes=(
        phrase("The market cap is {value} times the TVL of {tvl_usd}."),
        phrase("The market cap is {value} times the TVL."),
    ),
    cautions=(
        phrase("Expensive: the market cap is {value} times the TVL of {tvl_usd}."),
        phrase("Expensive: the market cap is {value} times the TVL."),
    ),
    fails=(
        phrase("A TVL of {tvl_usd} does not support the market cap."),
        phrase("At {value} times the TVL, usage does not support the market cap."),
    ),
    unknown=phrase("Market cap or TVL is not known."),
    weight=1,
    unit="ratio",
    kinds=(TOKEN,),
    sectors=(DEFI,),
    families=(USAGE, SUPPLY, MARKET),
    decided_by=("usage.tvl_usd",),
    measures=("tvl_usd",),
    bands=(MCAP_TO_TVL, LOCKS),
    remedy=phrase("A higher TVL, or a lower market cap."),
)
def market_cap_to_tvl(m: Measured) -> tuple[Values, Values]:
    """A DeFi protocol works with its users' deposits. A market cap far above them prices in growth that is
    not there yet."""
    return m["mcap_to_tvl"], m["tvl_usd"]


@criterion(
    title=phrase("Revenue growth"),
    question=phrase("Is twelve-month revenue at least $1 million and no lower than a year earlier?"),
    passes=(
        phrase("Twelve-month revenue of {value} changed by {revenue_growth_share} from a year earlier."),
        phrase("Twelve-month revenue is {value}; that of the year before is not known."),
    ),
    cautions=phrase("Twelve-month revenue of {value} fell: {revenue_growth_share}."),
    fails=(
        phrase("Hardly any revenue: {value} in 12 months."),
        phrase("Hardly any revenue."),
    ),
    unknown=phrase("Its revenue is not known."),
    weight=1,
    unit="usd",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS,),
    decided_by=("fundamentals.revenue_ttm_usd",),
    measures=("revenue_growth_share",),
    at_values={0: phrase("No revenue in 12 months.")},
    bands=(HAS_REVENUE, COMPANY_GROWTH),
    remedy=phrase("Twelve-month revenue above that of the year before."),
)
def revenue(m: Measured) -> tuple[Values, Values]:
    """Costs rarely shrink with sales, so falling revenue soon becomes a cash problem; a company without
    revenue lives on new capital. Large revenue is no safety: among US micro-caps of 2001 to 2011 those
    with the most went bankrupt more often, because they owed more."""
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
    remedy=phrase("An annual report with better profit, less debt and higher efficiency."),
)
def piotroski(m: Measured) -> Values:
    """Nine yes-or-no tests of two annual reports separate improving companies from deteriorating ones. Among
    cheap shares those with high scores outperformed by a wide margin."""
    return m["piotroski_f"]


@criterion(
    title=phrase("Price-to-sales ratio"),
    question=phrase(
        "Is the price-to-sales ratio no higher than the sector median, and no less than a third of it?"
    ),
    passes=(
        phrase("Market cap is {price_to_sales} times sales, {value} times the sector median."),
        phrase("The price-to-sales ratio is {value} times the sector median."),
    ),
    cautions=(
        phrase(
            "Expensive or suspiciously cheap: {price_to_sales} times sales, {value} times the sector median."
        ),
        phrase("Expensive or very cheap: {value} times the sector median."),
    ),
    fails=(
        phrase("Annual revenue of {revenue_annual_usd} does not support the market cap."),
        phrase("At {value} times the sector median, sales do not support the market cap."),
    ),
    unknown=phrase("Market cap, revenue or the sector median is not known."),
    weight=1,
    unit="ratio",
    kinds=(EQUITY,),
    families=(FUNDAMENTALS, SUPPLY, MARKET),
    decided_by=("market.price_usd", "market.market_cap_usd"),
    measures=("price_to_sales", "revenue_annual_usd"),
    bands=(PRICE_TO_SALES_OF_SECTOR, EARNS),
    remedy=phrase("More sales, or a valuation nearer to the sector median."),
)
def price_to_sales(m: Measured) -> tuple[Values, Values]:
    """The higher the multiple, the more growth is already priced in. A very low one is no bargain by itself:
    the market may expect little to be left for shareholders. Multiples differ by sector, so the sector's
    median is the yardstick."""
    return m["price_to_sales_of_sector"], m["revenue_annual_usd"]


@criterion(
    title=phrase("12-month price change"),
    question=phrase("Is its price no lower than a year ago?"),
    passes=phrase("Its price changed by {value} in 12 months."),
    cautions=phrase("Its price changed by {value} in 12 months."),
    fails=phrase("Its price collapsed: {value} in 12 months."),
    unknown=phrase(
        "Its price of a year ago is not known in today's units: no source reports it, or its shares were "
        "split since."
    ),
    weight=2,
    unit="share",
    kinds=(EQUITY,),
    families=(CANDLES, MARKET),
    decided_by=("candles.close_usd", "market.price_usd"),
    bands=PRICE_CHANGE_12M,
    remedy=phrase("A price that recovers; the fall of a year stops counting when the year is over."),
)
def price_change_12m(m: Measured) -> Values:
    """Prices reflect trouble before reports do: the past year's return is one of the best predictors of
    bankruptcy. Of US micro-caps that had lost three quarters of their value one in four went bankrupt
    within a year, of those that had gained one in thirteen."""
    return m["price_change_12m_share"]


@criterion(
    title=phrase("Market cap ÷ total liabilities"),
    question=phrase("Is the market cap at least twice total liabilities?"),
    passes=phrase("Its market cap is {value} times its liabilities."),
    cautions=phrase("Its market cap is only {value} times its liabilities."),
    fails=phrase("Its market cap is {value} times its liabilities: the market prices in distress."),
    unknown=phrase("Its market cap or its total liabilities are not known."),
    weight=3,
    unit="ratio",
    kinds=(EQUITY,),
    except_financial=True,
    families=(FUNDAMENTALS, SUPPLY, MARKET),
    decided_by=("market.price_usd", "market.market_cap_usd"),
    at_values={OWES_NOTHING_RATIO: phrase("It owes nothing, or a thousandth of its market cap at most.")},
    bands=MARKET_CAP_TO_LIABILITIES,
    remedy=phrase("Lower liabilities, or a higher market value."),
)
def market_cap_to_liabilities(m: Measured) -> Values:
    """The market value of the equity is what the market expects to be left after all liabilities. Of US
    micro-caps of 2001 to 2011 with a ratio below 0.2 three in ten went bankrupt within a year, above 2 one
    in twenty: no accounting ratio alone separated them as well. Not designed for banks."""
    return m["market_cap_to_liabilities"]


@criterion(
    title=phrase("Distance to default"),
    question=phrase("Is the company more than 2.3 annual standard deviations away from default?"),
    passes=phrase("Its distance to default is {value} standard deviations."),
    cautions=phrase("Its distance to default is only {value} standard deviations."),
    fails=phrase("Its distance to default is {value} standard deviations: a bad year is enough."),
    unknown=phrase("Its market cap, what it owes, or a year of its daily bars is not known."),
    weight=2,
    unit="index",
    kinds=(EQUITY,),
    except_financial=True,
    families=(FUNDAMENTALS, SUPPLY, MARKET, CANDLES),
    decided_by=("candles.close_usd",),
    bands=DISTANCE_TO_DEFAULT,
    remedy=phrase("Less short-term debt, or a higher and less volatile price."),
)
def distance_to_default(m: Measured) -> Values:
    """An equity cushion protects less the more volatile it is; Merton's model relates the two. Its naive form
    predicts defaults as well as the solved one. Not designed for banks."""
    return m["distance_to_default"]


CRITERIA: Final[tuple[Criterion, ...]] = (
    active_addresses,
    trading_activity,
    sells_per_buy,
    traders_per_trade,
    activity_trend,
    price_of_revenue,
    market_cap_to_tvl,
    revenue,
    piotroski,
    price_to_sales,
    price_change_12m,
    market_cap_to_liabilities,
    distance_to_default,
)
