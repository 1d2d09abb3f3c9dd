"""Measures of a batch of assets, in one frame: a row an asset, a float a measure, NaN = not known."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from assets.metrics import (
    auditors,
    candles,
    capital,
    contract,
    disclosure,
    distress,
    filings,
    free_supply,
    fundamentals,
    holders,
    insolvency,
    launches,
    liquidity,
    listing_standing,
    market,
    naming,
    overhang,
    ownership,
    pools,
    statements,
    supply,
    token_age,
    traders,
    unit_changes,
    unlocks,
    usage,
    venues,
)
from assets.metrics.facts import Facts
from assets.metrics.round_trips import venues_of


@dataclass(frozen=True, slots=True)
class Measure:
    """A name in the frame and how people read it; `label` and `description` are translated where shown."""

    name: str
    unit: str
    label: str
    description: str


MEASURES: Final = (
    Measure(
        "price_usd", "usd", "Price", "Price of one unit; where no market price is known, the deepest pool's."
    ),
    Measure("price_change_24h_share", "share", "Price change, 24 h", "Change of the price in 24 hours."),
    Measure(
        "market_cap_usd",
        "usd",
        "Market cap",
        "Price × circulating supply, or × shares outstanding; of a token whose supply no source "
        "reports, the market cap that one reports.",
    ),
    Measure(
        "fully_diluted_usd",
        "usd",
        "Fully diluted valuation",
        "Price × max supply, or × total supply where there is no max; of a token whose supply no source "
        "reports, the valuation that one reports.",
    ),
    Measure("volume_24h_usd", "usd", "Volume, 24 h", "Value traded in 24 hours on the venues that count."),
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
        "Reserves, both sides, of the pools that count (of a curve what buyers paid in); without pools "
        "the ±2 % depth of all order books.",
    ),
    Measure(
        "exit_liquidity_usd",
        "usd",
        "Exit liquidity",
        "The quote side of the pools that count, the most that sellers can take out: next to nothing in a "
        "one-sided pool, whatever its stated reserve.",
    ),
    Measure(
        "round_trip_cost_share",
        "share",
        "Round-trip cost",
        "Lost by buying for the position and selling what came in the cheapest single venue: fees, taxes, "
        "spread, price impact.",
    ),
    Measure(
        "round_trip_most_share",
        "share",
        "Round-trip cost, at most",
        "The same in the cheapest venue that can be worked out, where one that cannot may be far cheaper.",
    ),
    Measure(
        "spread_share", "share", "Bid-ask spread", "The narrowest (ask − bid) / mid of the sound order books."
    ),
    Measure(
        "depth_down_usd",
        "usd",
        "−2 % depth",
        "Value whose sale moves the price down by 2 %, at least: all venues whose formula or book is known.",
    ),
    Measure(
        "depth_least_usd",
        "usd",
        "−2 % depth, at least",
        "The same of the venues that can be worked out, where those that cannot may add as much again.",
    ),
    Measure(
        "venues_outdated",
        "count",
        "Venues left out",
        "Pools and order books that do not count because their figures are out of date.",
    ),
    Measure(
        "depth_to_position", "ratio", "−2 % depth / position", "How many positions fit into the −2 % depth."
    ),
    Measure("days_to_exit", "days", "Days to exit", "Days to sell the position as 10 % of the daily volume."),
    Measure(
        "volume_to_liquidity",
        "ratio",
        "Volume / liquidity",
        "The 24-hour volume of the pools that count over their reserves.",
    ),
    Measure(
        "lp_control_days", "days", "Pool out of reach for", "Days for which the deepest pool can't be pulled."
    ),
    Measure(
        "lp_pullable_30d_share",
        "share",
        "Pullable within 30 days",
        "Share of the deepest pool that one owner can take out within 30 days, at most.",
    ),
    Measure(
        "lp_pullable_180d_share",
        "share",
        "Pullable within 180 days",
        "Share of the deepest pool that one owner can take out within 180 days, at most.",
    ),
    Measure(
        "lp_wallet_pullable_share",
        "share",
        "Pullable by one person",
        "The same within 30 days where that owner is a wallet rather than a program.",
    ),
    Measure(
        "lp_lock_days", "days", "LP lock ends in", "Days until the lock of the deepest pool's LP tokens ends."
    ),
    Measure(
        "lp_locked_open_share",
        "share",
        "Locked for an unknown time",
        "Share of the deepest pool that is locked until an undisclosed day.",
    ),
    Measure("without_lp", "score", "Without LP tokens", "1 where all there is to sell into is a curve."),
    Measure(
        "lp_holder_count",
        "count",
        "LP holders",
        "Holders of LP tokens of the deepest pool; at least, where only the largest are listed.",
    ),
    Measure(
        "lp_is_burned",
        "score",
        "LP burned",
        "1 where 95 % of the deepest pool's LP tokens are burned.",
    ),
    Measure("trades_24h", "count", "Trades, 24 h", "Buys and sells in 24 hours in all pools that count."),
    Measure(
        "traders_per_trade",
        "ratio",
        "Traders per trade",
        "Accounts that bought or sold in 24 hours / trades; few behind many are a sign of wash trading.",
    ),
    Measure(
        "launch_completed",
        "score",
        "Launchpad's sale completed",
        "1 when a launchpad has sold it out and it trades in a pool of its own, 0 while it is on sale.",
    ),
    Measure(
        "launch_sold_share", "share", "Sold by its launchpad", "Sold from the curve / all that is for sale."
    ),
    Measure(
        "launch_age_days",
        "days",
        "Since its launchpad's sale",
        "Days since its launchpad's sale was completed; 0 while it is on sale.",
    ),
    Measure(
        "launchpad_mint",
        "score",
        "Minted by a launchpad",
        "1 where a launchpad minted it under its chain's own program, so that it has no code of its own.",
    ),
    Measure("no_launchpad", "score", "No launchpad's", "1 where no launchpad is known to have sold it."),
    Measure(
        "last_trade_hours",
        "hours",
        "Since the last trade",
        "Hours since the last trade, as of the last reading.",
    ),
    Measure("market_age_days", "days", "Age of the market", "Days since the first of its pools opened."),
    Measure(
        "native_coin", "score", "Native coin", "1 where its own chain issues it, so that it has no contract."
    ),
    Measure(
        "native_on_books",
        "score",
        "Native coin on order books",
        "1 where its own chain issues it and an order book saw a trade of it within a day.",
    ),
    Measure(
        "mint_authority_level",
        "score",
        "Who may mint",
        "0 nobody, 1 a DAO, 2 a timelock, 3 a program of unknown control, 4 a wallet.",
    ),
    Measure("source_verified", "score", "Source verified", "1 when the contract's source can be read."),
    Measure(
        "contract_powers_count",
        "count",
        "Powers over holders",
        "Replace the code, pause, blacklist, hide the owner, change balances or taxes and more.",
    ),
    Measure(
        "contract_faults",
        "faults",
        "What the contract allows",
        "Which powers there are, and whether its source can't be read, in one number.",
    ),
    Measure(
        "contract_power_level",
        "score",
        "Who holds these powers",
        "0 nobody, 1 a DAO or a timelock, 2 an account at once.",
    ),
    Measure("tax_share", "share", "Tax on a trade", "The highest of all its taxes."),
    Measure(
        "sale_trap",
        "score",
        "Can't be sold",
        "1 for a honeypot, an imitation, what is frozen or can't be moved, a tax of half and more.",
    ),
    Measure("sale_traps", "traps", "Traps", "Which of these it is, in one number."),
    Measure("trade_limits", "limits", "Limits of trades", "Which limits of trades there are, in one number."),
    Measure(
        "trade_limits_level",
        "score",
        "How trades are limited",
        "0 not at all, 1 sales, trades or holdings are limited, 2 it can't be bought.",
    ),
    Measure("sells_per_buy", "ratio", "Sells per buy", "Sells / buys of 24 hours in all pools."),
    Measure("creator_share", "share", "Held by the creator", "Held by who deployed the contract."),
    Measure(
        "creator_earlier_tokens",
        "count",
        "The creator's earlier tokens",
        "Tokens the same account made before.",
    ),
    Measure("creator_rugs", "count", "The creator's scams", "Of these, those that are known as scams."),
    Measure("contract_age_days", "days", "Age of the contract", "Days since it was deployed."),
    Measure(
        "younger_than_quarter",
        "score",
        "Younger than a quarter",
        "1 where it was deployed too lately to have usage of three months.",
    ),
    Measure(
        "younger_than_year",
        "score",
        "Younger than a year",
        "1 where it had no supply to grow from.",
    ),
    Measure(
        "copycat_level",
        "score",
        "Name like a listed token's",
        "0 no, 1 it has the same name, 2 it is written in letters that only look alike.",
    ),
    Measure("exchanges_count", "count", "Exchanges", "Centralised exchanges that list it."),
    Measure("delistings_12m", "count", "Delistings, 12 months", "Exchanges that took it off within a year."),
    Measure("no_exchange", "score", "On no exchange", "1 where no centralised exchange ever listed it."),
    Measure("holder_count", "count", "Holders", "Addresses or shareholders that hold it."),
    Measure("top_ten_share", "share", "Top-10 share, raw", "Held by the ten largest holders of every type."),
    Measure(
        "top_ten_most_share",
        "share",
        "Top-10 share, at most",
        "The most that the ten largest owners can have, where the raw share alone is known.",
    ),
    Measure(
        "top_ten_adjusted_share",
        "share",
        "Top-10 share, adjusted",
        "Held by the ten largest holders, without burn addresses, pools, bridges, exchanges, lockers and "
        "staking contracts; at most, where contracts have no label.",
    ),
    Measure(
        "top_ten_adjusted_low_share",
        "share",
        "Top-10 share, at least",
        "The same without contracts that have no label; only where that makes a difference.",
    ),
    Measure(
        "top_ten_adjusted_most_share",
        "share",
        "Top-10 share, at most",
        "The same if each of the ten that no list names holds as much as the last one that it names; only "
        "where a list names fewer than ten.",
    ),
    Measure("largest_wallet_share", "share", "Largest holder", "Held by the largest wallet, adjusted alike."),
    Measure(
        "holder_hhi",
        "score",
        "Holder HHI",
        "Sum of the squared percentages of the adjusted holders, to 10,000; at most, if the list is short.",
    ),
    Measure(
        "holder_hhi_low",
        "score",
        "Holder HHI, at least",
        "The same of those who are listed and known to own what they hold; only where it differs.",
    ),
    Measure(
        "nakamoto_count",
        "count",
        "Nakamoto coefficient",
        "Fewest adjusted holders with more than half of it; at least, where the list is short.",
    ),
    Measure(
        "nakamoto_high_count",
        "count",
        "Nakamoto coefficient, at most",
        "Fewest of those known to own what they hold with more than half of it; only where it differs.",
    ),
    Measure(
        "holder_gini",
        "share",
        "Holder Gini",
        "Inequality of the adjusted holders, where the list is whole; not scored.",
    ),
    Measure(
        "float_least_share",
        "share",
        "Float, at least",
        "What a holder list shows in hands that can sell, of all that is not burned, where no float is "
        "reported.",
    ),
    Measure(
        "locked_most_share",
        "share",
        "Locked, at most",
        "What may be locked at most / the rest, where no schedule is known: by a holder list where nobody "
        "can mint more, or what does not circulate of all there can be.",
    ),
    Measure(
        "unlock_30d_share",
        "share",
        "Unlocks, 30 days",
        "Units that unlock within 30 days / circulating supply.",
    ),
    Measure(
        "unlock_12m_share",
        "share",
        "Unlocks, 12 months",
        "Units that unlock within a year / circulating supply.",
    ),
    Measure(
        "insider_unlock_12m_share",
        "share",
        "Insider unlocks, 12 months",
        "Units that unlock for team and investors within a year / circulating supply.",
    ),
    Measure("unlock_30d_usd", "usd", "Unlocks, 30 days, value", "Units that unlock within 30 days × price."),
    Measure(
        "unlock_30d_volume_days",
        "days",
        "Unlocks, 30 days, in volume",
        "Value that unlocks within 30 days / value traded in a day.",
    ),
    Measure(
        "market_cap_after_unlock_usd",
        "usd",
        "Market cap after unlocks",
        "Price × the circulating supply after the unlocks of 30 days.",
    ),
    Measure(
        "unlocks_open",
        "score",
        "Unlocks left open",
        "1 where the schedule of unlocks is not whole: its shares are the least that they can be.",
    ),
    Measure("next_unlock_days", "days", "Next unlock", "Days until the next unlock."),
    Measure(
        "active_addresses_30d", "count", "Active addresses, 30 d", "Addresses that sent something in 30 days."
    ),
    Measure(
        "active_addresses_least_30d",
        "count",
        "Active addresses, 30 d, at least",
        "Addresses that sent something in the examined part of the last 30 days.",
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
    Measure(
        "price_to_sales_of_sector", "ratio", "P/S against the sector", "P/S / the median P/S of its sector."
    ),
    Measure("tvl_usd", "usd", "Total value locked", "What users have deposited in the protocol."),
    Measure("mcap_to_tvl", "ratio", "Market cap / TVL", "Market cap / total value locked."),
    Measure(
        "channels_count", "count", "Official channels", "Site, accounts, repository and papers that it names."
    ),
    Measure("channels_linked", "score", "Channels linked", "1 when site and accounts name each other."),
    Measure("team_level", "score", "Team", "0 nobody named, 1 pseudonyms, 2 named people."),
    Measure("site_age_days", "days", "Age of the site", "Days since the official site exists."),
    Measure("audit_count", "count", "Audits", "Audits that are listed."),
    Measure("audit_age_days", "days", "Age of the newest audit", "Days since the newest audit."),
    Measure("audit_matches", "score", "Audit matches", "1 when the newest audit is of what is deployed."),
    Measure(
        "roadmap_delivered_share", "share", "Roadmap delivered", "Delivered / planned items of the roadmap."
    ),
    Measure("commits_90d", "count", "Commits, 90 d", "Changes to the public code in 90 days."),
    Measure("commits_4w", "count", "Commits, four weeks", "Changes to the public code in four weeks."),
    Measure("paid_promotions", "count", "Paid promotions", "Paid advertisements and boosts."),
    Measure(
        "promotion_age_days",
        "days",
        "Since the last promotion",
        "Days since the last promotion was paid for.",
    ),
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
        "altman_z2", "index", "Altman Z″", "6.56 WC/TA + 3.26 RE/TA + 6.72 EBIT/TA + 1.05 equity/liabilities."
    ),
    Measure(
        "piotroski_f", "score", "Piotroski F", "How many of nine tests against the year before it passes."
    ),
    Measure("piotroski_known", "count", "Piotroski tests known", "How many of the nine could be made."),
    Measure(
        "beneish_m", "index", "Beneish M", "Eight ratios of manipulated earnings; above −1.78 is a flag."
    ),
    Measure("working_capital_usd", "usd", "Working capital", "Current assets − current liabilities."),
    Measure("gross_margin_share", "share", "Gross margin", "Gross profit / revenue."),
    Measure("return_on_assets_share", "share", "Return on assets", "Net income / total assets."),
    Measure(
        "edge_spread_share", "share", "Spread by EDGE", "Bid-ask spread estimated from daily bars of 60 days."
    ),
    Measure(
        "edge_noise_share",
        "share",
        "Noise of EDGE",
        "A spread by EDGE up to this may be none at all: 0.16 of the daily volatility.",
    ),
    Measure(
        "volatility_daily_share", "share", "Daily volatility", "Yang-Zhang's estimate from bars of 60 days."
    ),
    Measure(
        "amihud_illiquidity", "index", "Amihud illiquidity", "Mean of |daily return| / traded USD × 10⁶."
    ),
    Measure(
        "zero_volume_days_60d", "count", "Days without a trade", "Of the last 60 on which it could trade."
    ),
    Measure("average_volume_30d_usd", "usd", "Average daily volume", "Of the last 30 days."),
    Measure("days_below_1_usd", "count", "Closes below $1", "Last daily bars in a row that closed below $1."),
    Measure("price_drawdown_90d_share", "share", "Below its 90-day high", "Last close / highest price − 1."),
    Measure(
        "price_change_12m_share",
        "share",
        "Price change, 12 months",
        "Last close against the closes of the same two weeks a year ago.",
    ),
    Measure(
        "market_cap_to_liabilities",
        "ratio",
        "Market cap / liabilities",
        "Market cap / total liabilities; 1,000 where it owes next to nothing.",
    ),
    Measure(
        "distance_to_default",
        "index",
        "Distance to default",
        "Standard deviations of a year between the assets and the debt (naive Merton model).",
    ),
    Measure(
        "pre_revenue", "score", "Without revenue", "1 where revenue of 12 months is less than $1 million."
    ),
    Measure(
        "insider_share", "share", "Insiders and 5 % holders", "Held by insiders and holders of 5 % and more."
    ),
    Measure(
        "schedules_unread",
        "count",
        "Schedules 13D and 13G not read",
        "Schedules of two years that are listed and not read; not known where there is none.",
    ),
    Measure(
        "public_float_usd", "usd", "Public float", "What the shares that outsiders hold were worth, as filed."
    ),
    Measure(
        "public_float_share", "share", "Free float", "Shares that the public can trade / shares outstanding."
    ),
    Measure("filings_due_24m", "count", "Filings due, 24 months", "Reports that were due in 24 months."),
    Measure("filings_late_24m", "count", "Filed late, 24 months", "Reports that came late in 24 months."),
    Measure(
        "filings_missing_24m", "count", "Filings missing, 24 months", "Reports of 24 months that never came."
    ),
    Measure(
        "auditor_troubles_24m",
        "count",
        "Auditor changes, restatements",
        "Auditor changes by choice and withdrawn reports in 24 months, at least.",
    ),
    Measure(
        "auditor_troubles_24m_most",
        "count",
        "Auditor changes, restatements, at most",
        "The same, including changes of unknown kind.",
    ),
    Measure(
        "auditor_resignations_24m",
        "count",
        "Auditor resigned",
        "Auditors that resigned or would not stand again.",
    ),
    Measure("auditor_dismissals_24m", "count", "Auditor dismissed", "Auditors that the company dismissed."),
    Measure(
        "reports_withdrawn_24m",
        "count",
        "Reports withdrawn",
        "Times it said not to rely on its reports (8-K 4.02).",
    ),
    Measure(
        "grace_met_24m",
        "count",
        "Late notices, report within grace",
        "Late notices (NT) of 24 months whose report came within the days that the notice gives.",
    ),
    Measure(
        "grace_missed_24m",
        "count",
        "Late notices, grace missed",
        "Late notices (NT) of 24 months whose report came later than that, or never.",
    ),
    Measure(
        "deregistered",
        "score",
        "Reports no more",
        "1 when a Form 15 ended its reporting, and no report came since.",
    ),
    Measure(
        "listing_standing_level",
        "score",
        "Listing standing",
        "0 good, 1 given a deficiency notice that is not cured, 2 a "
        "decision to delist, 3 suspended or struck.",
    ),
    Measure("listing_notice_days", "days", "Since the listing notice", "Days since the last such notice."),
    Measure(
        "never_listed",
        "score",
        "Never listed",
        "1 for a share traded over the counter with no notice in 24 months.",
    ),
    Measure(
        "bankruptcy_level", "score", "Bankruptcy", "0 none in 24 months, 1 over or a subsidiary's, 2 pending."
    ),
    Measure(
        "debt_calls_24m",
        "count",
        "Debt called early",
        "Triggering events that called debt early (8-K 2.04), at least.",
    ),
    Measure("debt_calls_24m_most", "count", "Debt called early, at most", "Including unread ones."),
    Measure(
        "reverse_splits_24m",
        "count",
        "Reverse splits, 24 months",
        "Reverse splits within 24 months; 0 only where the reports of that time were read.",
    ),
    Measure(
        "toxic_offerings_24m",
        "count",
        "Equity lines and convertibles, 24 months",
        "Equity lines and convertible notes within 24 months.",
    ),
    Measure(
        "reverse_splits_5y",
        "count",
        "Reverse splits, 5 years",
        "Reverse splits within five years; 0 only where the reports of that time were read.",
    ),
    Measure(
        "merged_24m_ratio",
        "ratio",
        "Shares merged, 24 months",
        "Old shares for a new one by the reverse splits of 24 months together; 0 without one.",
    ),
    Measure(
        "bid_price_cure_lost",
        "score",
        "No time to cure",
        "1 where Nasdaq gives no time to cure a low price: a reverse split "
        "within a year, or 250 for one in two.",
    ),
    Measure(
        "overhang_share",
        "share",
        "Overhang",
        "Shares that warrants, convertibles and programmes of sales may bring / shares outstanding.",
    ),
    Measure("overhang_days", "days", "Overhang in days of volume", "Worth of the overhang / daily volume."),
    Measure(
        "shelf_room_share",
        "share",
        "Shelf",
        "What a shelf registers, at most a third of a small company's float / market cap.",
    ),
    Measure(
        "warrants_share", "share", "Warrants", "Shares underlying warrants of three years / outstanding."
    ),
    Measure(
        "unsized_programmes",
        "count",
        "Programmes of unknown size",
        "At-the-market programmes and convertibles of 24 months of undisclosed amount.",
    ),
    Measure(
        "overhang_open",
        "score",
        "Offerings left open",
        "1 where offerings were not searched for, or an amount can't be turned into a share without a price.",
    ),
    Measure(
        "dilution_open",
        "score",
        "Splits and offerings left open",
        "1 where reverse splits or such offerings were not searched for: the known ones are a minimum.",
    ),
    Measure(
        "insider_net_bought_share",
        "share",
        "Insiders' net buying, 6 months",
        "Bought less sold by insiders on the market in half a year / shares outstanding.",
    ),
    Measure(
        "venue_level",
        "score",
        "Venue tier",
        "0 an exchange, 1 OTCQX, 2 OTCQB, 3 OTCID, 4 Pink Limited, 5 Expert, 6 grey, 7 Caveat Emptor.",
    ),
    Measure(
        "venue_warnings_count",
        "count",
        "Warnings",
        "Trading suspension, enforcement release, paid promotion: how many of them.",
    ),
    Measure(
        "venue_warnings_read",
        "count",
        "Warnings checked",
        "Trading suspension, enforcement release, paid promotion: how many were checked.",
    ),
    Measure("on_threshold_list", "score", "Reg SHO list", "1 when it is on the threshold list."),
    Measure("trading_halted_days", "days", "Trading halt", "Days of a halt in force; none without one."),
    Measure("last_filed_days", "days", "Since the last filing", "Days since the last report."),
    Measure("going_concern_level", "score", "Going-concern doubt", "0 none, 1 met by plans, 2 stated."),
)
"""Every measure, in the order of the columns. Shares are 0–1, money is USD."""


class Parts(Mapping[str, pd.DataFrame]):
    """The measures of a batch by the file that works them out, each when it is asked for.

    Who needs a few figures pays for the files that they rest on, and not for all.
    """

    def __init__(self, facts: Facts, *, position_usd: float) -> None:
        if not position_usd > 0:
            raise ValueError(f"The position must be more than 0 USD, not {position_usd}.")
        self.facts = facts
        self.position_usd = position_usd
        self._found: dict[str, pd.DataFrame] = {}

    @cached_property
    def changes(self) -> unit_changes.UnitChanges:
        return unit_changes.UnitChanges.of(self.facts)

    @cached_property
    def every_pool(self) -> pools.Pools:
        return pools.pools_of(self.facts)

    @property
    def shares_outstanding(self) -> npt.NDArray[np.float64]:
        return self["supply"]["circulating_supply"].to_numpy()

    @property
    def market_age_days(self) -> npt.NDArray[np.float64]:
        return self["liquidity"]["market_age_days"].to_numpy()

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._found:
            self._found[name] = PARTS[name](self)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(PARTS)

    def __len__(self) -> int:
        return len(PARTS)


PARTS: Final[Mapping[str, Callable[[Parts], pd.DataFrame]]] = {
    "supply": lambda of: supply.measures(of.facts),
    "market": lambda of: market.measures(of.facts, pools=of.every_pool),
    "liquidity": lambda of: liquidity.measures(
        of.facts, market=of["market"], venues=venues_of(of.facts), position_usd=of.position_usd
    ),
    "traders": lambda of: traders.measures(of.facts, pools=of.every_pool),
    "launches": lambda of: launches.measures(of.facts, pools=of.every_pool),
    "naming": lambda of: naming.measures(of.facts),
    "holders": lambda of: holders.measures(of.facts),
    "unlocks": lambda of: unlocks.measures(
        of.facts, supply=of["supply"], market=of["market"], changes=of.changes
    ),
    "free_supply": lambda of: free_supply.measures(of.facts, supply=of["supply"], unlocks=of["unlocks"]),
    "usage": lambda of: usage.measures(of.facts, market=of["market"], pools=of.every_pool),
    "disclosure": lambda of: disclosure.measures(of.facts),
    "fundamentals": lambda of: fundamentals.measures(of.facts),
    "filings": lambda of: filings.measures(of.facts),
    "auditors": lambda of: auditors.measures(of.facts),
    "listing_standing": lambda of: listing_standing.measures(of.facts),
    "insolvency": lambda of: insolvency.measures(of.facts),
    "overhang": lambda of: overhang.measures(
        of.facts, market=of["market"], supply=of["supply"], changes=of.changes
    ),
    "contract": lambda of: contract.measures(of.facts),
    "token_age": lambda of: token_age.measures(
        of.facts, market_age_days=of.market_age_days, pools=of.every_pool
    ),
    "capital": lambda of: capital.measures(of.facts, changes=of.changes),
    "ownership": lambda of: ownership.measures(
        of.facts, shares_outstanding=of.shares_outstanding, changes=of.changes
    ),
    "venues": lambda of: venues.measures(of.facts),
    "statements": lambda of: statements.measures(of.facts, changes=of.changes),
    "candles": lambda of: candles.measures(of.facts),
    "distress": lambda of: distress.measures(of.facts, market=of["market"], candles=of["candles"]),
}
"""By the name of the file."""


def measure(facts: Facts, *, position_usd: float) -> pd.DataFrame:
    """All measures of the batch; costs and days to exit are for a position of `position_usd`."""
    parts = Parts(facts, position_usd=position_usd)
    return pd.concat([*parts.values()], axis=1)[[each.name for each in MEASURES]]
