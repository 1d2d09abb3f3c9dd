"""Every measure of a batch of assets, in one frame: a row an asset, a float a measure, NaN = not known."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from assets.metrics import (
    disclosure,
    filings,
    fundamentals,
    holders,
    liquidity,
    market,
    supply,
    unlocks,
    usage,
)
from assets.metrics.facts import Facts


@dataclass(frozen=True, slots=True)
class Measure:
    """A name in the frame and how people read it; `label` and `description` are translated where shown."""

    name: str
    unit: str
    label: str
    description: str


MEASURES: Final = (
    Measure(
        "price_usd", "usd", "Price", "Price of one unit; where no market price is told, the deepest pool's."
    ),
    Measure("price_change_24h_share", "share", "Price change, 24 h", "Change of the price in 24 hours."),
    Measure("market_cap_usd", "usd", "Market cap", "Price × circulating supply, or × shares outstanding."),
    Measure(
        "fully_diluted_usd",
        "usd",
        "Fully diluted valuation",
        "Price × max supply, or × total supply where there is no max.",
    ),
    Measure("volume_24h_usd", "usd", "Volume, 24 h", "Value traded in 24 hours on the venues known."),
    Measure(
        "circulating_supply",
        "count",
        "Circulating supply",
        "Units that trade; of a share, those outstanding.",
    ),
    Measure(
        "total_supply", "count", "Total supply", "Units that exist, locked ones included; shares issued."
    ),
    Measure("max_supply", "count", "Max supply", "The most units there can ever be; shares fully diluted."),
    Measure("float_share", "share", "Float", "Market cap / fully diluted valuation."),
    Measure(
        "emission_12m_share",
        "share",
        "Supply growth, 12 months",
        "Circulating supply now against a year ago.",
    ),
    Measure("supply_conflict", "score", "Supply conflict", "1 when more is said to circulate than exists."),
    Measure(
        "position_usd", "usd", "Position", "The position that costs and days to exit are worked out for."
    ),
    Measure(
        "liquidity_usd",
        "usd",
        "Liquidity",
        "Reserves of all pools, both sides; without pools the ±2 % depth of all order books.",
    ),
    Measure(
        "round_trip_cost_share",
        "share",
        "Round-trip cost",
        "Lost by buying and selling the position in the cheapest single venue: fees, spread, price impact.",
    ),
    Measure(
        "spread_share", "share", "Bid-ask spread", "The narrowest (ask − bid) / mid of the sound order books."
    ),
    Measure(
        "depth_down_usd", "usd", "−2 % depth", "Value whose sale moves the price down by 2 %, all venues."
    ),
    Measure(
        "depth_to_position", "ratio", "−2 % depth / position", "How many positions fit into the −2 % depth."
    ),
    Measure("days_to_exit", "days", "Days to exit", "Days to sell the position as 10 % of the daily volume."),
    Measure(
        "volume_to_liquidity", "ratio", "Volume / liquidity", "The pools' 24-hour volume over their reserves."
    ),
    Measure(
        "lp_control_days", "days", "Pool out of reach for", "Days for which nobody can pull the deepest pool."
    ),
    Measure("trades_24h", "count", "Trades, 24 h", "Buys and sells in all pools in 24 hours."),
    Measure("holder_count", "count", "Holders", "Addresses or shareholders that hold it."),
    Measure("top_ten_share", "share", "Top-10 share, raw", "Held by the ten largest holders of every type."),
    Measure(
        "top_ten_adjusted_share",
        "share",
        "Top-10 share, adjusted",
        "Held by the ten largest holders, without burn addresses, pools, bridges, exchanges and lockers.",
    ),
    Measure("largest_wallet_share", "share", "Largest holder", "Held by the largest holder, adjusted alike."),
    Measure(
        "holder_hhi",
        "score",
        "Holder HHI",
        "Sum of the squared percentages of the adjusted holders, to 10,000.",
    ),
    Measure(
        "nakamoto_count",
        "count",
        "Nakamoto coefficient",
        "Fewest adjusted holders with more than half of it.",
    ),
    Measure(
        "unlock_30d_share",
        "share",
        "Unlocks, 30 days",
        "Units that come free in 30 days / circulating supply.",
    ),
    Measure(
        "unlock_12m_share",
        "share",
        "Unlocks, 12 months",
        "Units that come free in a year / circulating supply.",
    ),
    Measure(
        "insider_unlock_12m_share",
        "share",
        "Insider unlocks, 12 months",
        "Units that come free for team and investors in a year / circulating supply.",
    ),
    Measure("unlock_30d_usd", "usd", "Unlocks, 30 days, value", "Units that come free in 30 days × price."),
    Measure(
        "unlock_30d_volume_days",
        "days",
        "Unlocks, 30 days, in volume",
        "Value that comes free in 30 days / value traded in a day.",
    ),
    Measure(
        "market_cap_after_unlock_usd",
        "usd",
        "Market cap after unlocks",
        "Price × the circulating supply after the unlocks of 30 days.",
    ),
    Measure("next_unlock_days", "days", "Next unlock", "Days until the next unlock."),
    Measure(
        "active_addresses_30d", "count", "Active addresses, 30 d", "Addresses that sent something in 30 days."
    ),
    Measure("transactions_30d", "count", "Transactions, 30 d", "Transactions in 30 days."),
    Measure(
        "activity_ratio",
        "ratio",
        "Activity trend",
        "Transactions of 30 days / an average 30 of the 60 before.",
    ),
    Measure(
        "revenue_annual_usd",
        "usd",
        "Revenue, 12 months",
        "A protocol's annualised or a company's reported one.",
    ),
    Measure("price_to_sales", "ratio", "P/S", "FDV / revenue for tokens, market cap / revenue for shares."),
    Measure("tvl_usd", "usd", "Total value locked", "What users have deposited in the protocol."),
    Measure("mcap_to_tvl", "ratio", "Market cap / TVL", "Market cap / total value locked."),
    Measure(
        "channels_count", "count", "Official channels", "Site, accounts, repository and papers that it names."
    ),
    Measure("team_level", "score", "Team", "0 nobody is known, 1 pseudonyms, 2 named people."),
    Measure("site_age_days", "days", "Age of the site", "Days since the official site exists."),
    Measure("audit_count", "count", "Audits", "Audits that are listed."),
    Measure("audit_age_days", "days", "Age of the newest audit", "Days since the newest audit."),
    Measure("audit_matches", "score", "Audit matches", "1 when the newest audit is of what is deployed."),
    Measure(
        "roadmap_delivered_share", "share", "Roadmap delivered", "Delivered / planned items of the roadmap."
    ),
    Measure("commits_90d", "count", "Commits, 90 d", "Changes to the public code in 90 days."),
    Measure("revenue_growth_share", "share", "Revenue growth", "Revenue of 12 months against the 12 before."),
    Measure("cash_usd", "usd", "Cash", "Cash and short-term investments."),
    Measure("operating_cash_flow_annual_usd", "usd", "Operating cash flow", "Of the last 12 months."),
    Measure(
        "runway_months",
        "months",
        "Cash runway",
        "Months of cash at the burn of a year; 120 is ten years or more.",
    ),
    Measure(
        "insider_share", "share", "Insiders and 5 % holders", "Held by insiders and holders of 5 % and more."
    ),
    Measure(
        "public_float_share", "share", "Free float", "Shares that the public can trade / shares outstanding."
    ),
    Measure("filings_due_24m", "count", "Filings due, 24 months", "Reports that were due in 24 months."),
    Measure("filings_late_24m", "count", "Filed late, 24 months", "Reports that came late in 24 months."),
    Measure(
        "filings_missing_24m", "count", "Filings missing, 24 months", "Reports of 24 months that never came."
    ),
    Measure("last_filed_days", "days", "Since the last filing", "Days since the last report."),
    Measure("going_concern_level", "score", "Going-concern doubt", "0 none, 1 met by plans, 2 stated."),
)
"""Every measure, in the order of the columns. Shares are 0–1, money is USD."""


def measure(facts: Facts, *, position_usd: float) -> pd.DataFrame:
    """All measures of the batch; costs and days to exit are for a position of `position_usd`."""
    if not position_usd > 0:
        raise ValueError(f"The position must be more than 0 USD, not {position_usd}.")
    of_supply = supply.measures(facts)
    of_market = market.measures(facts, supply=of_supply)
    parts = (
        of_supply,
        of_market,
        liquidity.measures(facts, market=of_market, position_usd=position_usd),
        holders.measures(facts),
        unlocks.measures(facts, supply=of_supply, market=of_market),
        usage.measures(facts, market=of_market),
        disclosure.measures(facts),
        fundamentals.measures(facts),
        filings.measures(facts),
    )
    return pd.concat(parts, axis=1)[[each.name for each in MEASURES]]
