"""Families of facts: the registry. One entry each; order is that in which a refresh is worth making."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from assets.metrics.family import EQUITY as EQUITY
from assets.metrics.family import KINDS as KINDS
from assets.metrics.family import REST, SCREENED, WATCHED, Children, Family, gettext_noop
from assets.metrics.family import TOKEN as TOKEN

LISTING: Final = "listing"
MARKET: Final = "market"
SUPPLY: Final = "supply"
POOLS: Final = "pools"
BOOKS: Final = "books"
CANDLES: Final = "candles"
TRADES: Final = "trades"
HOLDERS: Final = "holders"
CONTRACT: Final = "contract"
UNLOCKS: Final = "unlocks"
USAGE: Final = "usage"
DISCLOSURE: Final = "disclosure"
FUNDAMENTALS: Final = "fundamentals"
FILINGS: Final = "filings"
CAPITAL: Final = "capital"
EVENTS: Final = "filing_events"
OWNERSHIP: Final = "ownership"
VENUE: Final = "venue"

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)

STATEMENT: Final = (
    "period_ends_on",
    "revenue_ttm_usd",
    "revenue_prior_ttm_usd",
    "gross_profit_ttm_usd",
    "operating_income_ttm_usd",
    "net_income_ttm_usd",
    "depreciation_ttm_usd",
    "selling_general_admin_ttm_usd",
    "operating_cash_flow_ttm_usd",
    "cash_usd",
    "receivables_usd",
    "current_assets_usd",
    "property_usd",
    "total_assets_usd",
    "current_liabilities_usd",
    "debt_usd",
    "total_liabilities_usd",
    "retained_earnings_usd",
    "equity_usd",
    "shares_outstanding",
    "shares_on_balance",
)
"""What a company reports of twelve months and of the day on which they end."""
REPORT: Final = (*STATEMENT, "public_float_usd")
"""What its report of them says, with its cover."""

CONTRACT_FLAGS: Final = (
    "proxy",
    "pausable",
    "blacklist",
    "honeypot",
    "hidden_owner",
    "balance_mutable",
    "tax_mutable",
    "personal_tax_mutable",
    "whitelist",
    "ownership_recoverable",
    "external_call",
    "self_destruct",
    "limits_mutable",
    "trade_limited",
    "sale_limited",
    "cooldown",
    "cannot_buy",
    "non_transferable",
    "frozen_by_default",
    "default_state_mutable",
    "transfer_hook",
    "hook_mutable",
    "closable",
    "counterfeit",
    "scam",
    "malicious",
)
"""What a contract may have in it that harms its holders, or who made it."""

# Staleness: market 24 h, holders 7 days, filings 120 days are the design's; the others follow how fast each
# moves. How often to ask is our judgement: by how fast it moves, how much depends on it, and what free keys
# allow for 5,000 assets (docs/decisions.md). An interval and a tenth of it lie within the limit
# (`assets.scheduling.intervals.oldest`), for every tier that `fresh_from` doesn't leave out.
FAMILIES: Final[tuple[Family, ...]] = (
    Family(
        name=LISTING,
        title=gettext_noop("Listing"),
        refresh_every={REST: 7 * DAY},
    ),
    Family(
        name=MARKET,
        title=gettext_noop("Price and volume"),
        frame="market",
        columns=(
            "price_usd",
            "volume_24h_usd",
            "market_cap_usd",
            "fully_diluted_usd",
            "price_change_24h_share",
            "buys_24h",
            "sells_24h",
            "traders_24h",
            "units_in_cap",
            "units_in_diluted",
            "launch_sold_share",
            "launch_completed",
            "launch_completed_at",
        ),
        in_units=("price_usd",),
        dated=("volume_24h_usd", "units_in_cap", "units_in_diluted"),
        competes_for=DAY,
        stale_after=DAY,
        stale_after_of_shares=5 * DAY,  # a quote is as old as the last session; a long weekend has none
        lag_of_shares=4 * DAY,
        fresh_from={EQUITY: WATCHED},  # the one free source of quotes gives 250 a day
        refresh_every={WATCHED: 2 * HOUR, SCREENED: 8 * HOUR, REST: 20 * HOUR},
    ),
    Family(
        name=SUPPLY,
        title=gettext_noop("Supply"),
        frame="supply",
        columns=("circulating", "total", "maximum", "uncapped", "circulating_year_ago"),
        in_units=("circulating", "total", "maximum", "circulating_year_ago"),
        stale_after=7 * DAY,
        stale_after_of_shares=200 * DAY,  # a company states its number of shares in its reports
        lag_of_shares=140 * DAY,  # of a third quarter, until the 10-K
        comes_with={TOKEN: MARKET, EQUITY: FUNDAMENTALS},
        refresh_every={WATCHED: 30 * DAY, SCREENED: 60 * DAY, REST: 365 * DAY},
    ),
    Family(
        name=POOLS,
        title=gettext_noop("Pools"),
        kinds=(TOKEN,),
        frame="pools",
        columns=(
            "address",
            "dex",
            "price_usd",
            "reserve_usd",
            "volume_24h_usd",
            "buys_24h",
            "sells_24h",
            "buyers_24h",
            "sellers_24h",
            "fee_share",
            "pool_type",
            "base_reserve",
            "quote_reserve",
            "virtual_quote_reserve",
            "quote_price_usd",
            "quote_address",
            "quote_is_listed",
            "lp_burned_share",
            "lp_locked_share",
            "lp_locked_until",
            "lp_largest_free_share",
            "lp_holder_count",
            "lp_free_holder_is_wallet",
            "opened_at",
        ),
        place=("address",),
        dated=("price_usd",),
        lasting=(
            "dex",
            "fee_share",
            "pool_type",
            "quote_address",
            "quote_is_listed",
            "lp_burned_share",
            "lp_locked_share",
            "lp_locked_until",
            "lp_largest_free_share",
            "lp_holder_count",
            "lp_free_holder_is_wallet",
            "opened_at",
        ),
        competes_for=DAY,
        stale_after=DAY,
        refresh_every={WATCHED: 12 * HOUR, SCREENED: 20 * HOUR, REST: 20 * HOUR},
    ),
    Family(
        name=BOOKS,
        title=gettext_noop("Order books"),
        frame="books",
        columns=(
            "venue",
            "pair",
            "bid_usd",
            "ask_usd",
            "last_usd",
            "spread_share",
            "depth_up_usd",
            "depth_down_usd",
            "volume_24h_usd",
            "last_traded_at",
            "truncated",
            "stale",
            "anomalous",
        ),
        place=("venue", "pair"),
        dated=("bid_usd", "last_usd"),
        competes_for=DAY,
        stale_after=DAY,
        fresh_from={TOKEN: WATCHED, EQUITY: None},  # pair by pair; nobody gives away books of shares
        refresh_every={WATCHED: 12 * HOUR, SCREENED: 7 * DAY, REST: 365 * DAY},
    ),
    Family(
        name=CANDLES,
        title=gettext_noop("Candles"),
        stale_after=14 * DAY,  # they stand for 60 trading days
        lag_of_shares=5 * DAY,  # a bar is as old as its opening; a long weekend has no new one
        fresh_from={TOKEN: SCREENED, EQUITY: WATCHED},
        refresh_every={WATCHED: DAY, SCREENED: 7 * DAY, REST: 180 * DAY},
    ),
    Family(
        name=TRADES,
        title=gettext_noop("Trades"),
        kinds=(TOKEN,),
        stale_after=DAY,
        fresh_from={TOKEN: SCREENED},  # hundreds of rows an answer
        refresh_every={WATCHED: 12 * HOUR, SCREENED: 20 * HOUR, REST: 180 * DAY},
    ),
    Family(
        name=HOLDERS,
        title=gettext_noop("Holders"),
        frame="holders",
        columns=("holder_count", "top_ten_share"),
        children=Children(field="positions", frame="positions", columns=("holder_type", "share", "address")),
        dated=("holder_count", "positions"),
        stale_after=7 * DAY,
        fresh_from={EQUITY: None},  # only sheets tell holders of shares
        refresh_every={WATCHED: 3 * DAY, SCREENED: 5 * DAY, REST: 6 * DAY},
    ),
    Family(
        name=CONTRACT,
        title=gettext_noop("Contract"),
        kinds=(TOKEN,),
        frame="contract",
        columns=(
            "native_coin",
            "verified_source",
            "mint_authority",
            "freeze_authority",
            "owner_authority",
            "proxy_authority",
            "creator_address",
            "creator_share",
            "creator_earlier_tokens",
            "creator_rugs",
            *CONTRACT_FLAGS,
            "buy_tax_share",
            "sell_tax_share",
            "transfer_tax_share",
            "deployed_at",
        ),
        denials=dict.fromkeys(CONTRACT_FLAGS, False)
        | dict.fromkeys(("mint_authority", "freeze_authority", "owner_authority"), "none")
        | dict.fromkeys(("buy_tax_share", "sell_tax_share", "transfer_tax_share"), 0.0),
        stale_after=30 * DAY,
        refresh_every={WATCHED: 7 * DAY, SCREENED: 25 * DAY, REST: 25 * DAY},
    ),
    Family(
        name=UNLOCKS,
        title=gettext_noop("Unlocks"),
        frame="schedules",
        columns=("source_url", "precision", "complete"),
        children=Children(
            field="events",
            frame="unlocks",
            columns=("unlock_at", "ends_at", "amount", "category"),
            may_be_empty=True,
        ),
        stale_after=30 * DAY,
        fresh_from={EQUITY: None},  # only sheets tell the lock-ups of shares
        refresh_every={WATCHED: 7 * DAY, SCREENED: 14 * DAY, REST: 25 * DAY},
    ),
    Family(
        name=USAGE,
        title=gettext_noop("Usage"),
        kinds=(TOKEN,),
        frame="usage",
        columns=(
            "active_addresses_30d",
            "active_addresses_least_30d",
            "transactions_30d",
            "transactions_prior_60d",
            "fees_annual_usd",
            "revenue_annual_usd",
            "tvl_usd",
        ),
        dated=("fees_annual_usd", "revenue_annual_usd"),
        stale_after=7 * DAY,
        refresh_every={WATCHED: 3 * DAY, SCREENED: 5 * DAY, REST: 5 * DAY},
    ),
    Family(
        name=DISCLOSURE,
        title=gettext_noop("Disclosure"),
        frame="disclosure",
        columns=(
            "channels",
            "team",
            "channels_linked",
            "site_since",
            "roadmap_planned",
            "roadmap_delivered",
            "commits_90d",
            "commits_4w",
            "profile_paid",
            "community_takeover",
            "paid_promotions",
            "promotion_paid_at",
            "audits_known",
        ),
        children=Children(
            field="audits",
            frame="audits",
            columns=("firm", "audited_on", "matches_deployed"),
            looked_at="audits_known",
        ),
        stale_after=120 * DAY,
        fresh_from={EQUITY: None},
        refresh_every={WATCHED: 14 * DAY, SCREENED: 60 * DAY, REST: 100 * DAY},
    ),
    Family(
        name=FUNDAMENTALS,
        title=gettext_noop("Fundamentals"),
        kinds=(EQUITY,),
        frame="fundamentals",
        columns=(
            *STATEMENT,
            "comparable_since",
            "rescaled_by",
            "public_float_usd",
            "insider_share",
            "public_float_share",
        ),
        basis=("period_ends_on",),
        competes_for=100 * DAY,
        stale_after=200 * DAY,
        lag_of_shares=182 * DAY,  # of a third quarter, until the 10-K 90 days after the fourth
        refresh_every={WATCHED: 7 * DAY, SCREENED: 14 * DAY, REST: 14 * DAY},
    ),
    Family(
        name=FILINGS,
        title=gettext_noop("Filings"),
        kinds=(EQUITY,),
        frame="filings",
        columns=(
            "filings_due_24m",
            "filings_late_24m",
            "filings_missing_24m",
            "late_notices_24m",
            "grace_met_24m",
            "grace_missed_24m",
            "auditor_changes_24m",
            "restatements_24m",
            "last_filed_on",
            "figures_withdrawn",
            "business_changed_on",
            "became_another_on",
            "deregistered",
            "going_concern",
        ),
        dated=("going_concern",),
        competes_for=100 * DAY,
        stale_after=120 * DAY,
        refresh_every={WATCHED: DAY, SCREENED: 7 * DAY, REST: 25 * DAY},
    ),
    Family(
        name=CAPITAL,
        title=gettext_noop("Capital events"),
        stale_after=3_660 * DAY,  # events stay what they were; how fresh the reading is, filings tell
        comes_with={TOKEN: SUPPLY, EQUITY: FUNDAMENTALS},
        refresh_every={WATCHED: 7 * DAY, SCREENED: 30 * DAY, REST: 90 * DAY},
    ),
    Family(
        name=EVENTS,
        title=gettext_noop("Filing events"),
        kinds=(EQUITY,),
        stale_after=3_660 * DAY,  # what was filed stays filed; how fresh the list is, filings tell
        comes_with={EQUITY: FILINGS},
        refresh_every={WATCHED: DAY, SCREENED: DAY, REST: DAY},  # one index of each day, for all
    ),
    Family(
        name=OWNERSHIP,
        title=gettext_noop("Ownership reports"),
        kinds=(EQUITY,),
        stale_after=3_660 * DAY,
        refresh_every={WATCHED: 3 * DAY, SCREENED: 14 * DAY, REST: 90 * DAY},
    ),
    Family(
        name=VENUE,
        title=gettext_noop("Trading venue"),
        kinds=(EQUITY,),
        frame="venues",
        columns=(
            "listed_on",
            "tier",
            "suspended_24m",
            "enforcement_24m",
            "paid_promotion",
            "threshold_list",
            "financial_status",
            "halt_code",
            "halted_at",
            "short_interest_shares",
            "short_interest_on",
            "average_volume_shares",
        ),
        in_units=("short_interest_shares", "average_volume_shares"),
        stale_after=30 * DAY,
        comes_with={EQUITY: FILINGS},
        # The lists are of all shares at once. A share is put on the threshold list, and taken off, after five
        # settlement days (17 CFR 242.203(c)(6)): none is missed in between.
        refresh_every={WATCHED: 3 * DAY, SCREENED: 3 * DAY, REST: 3 * DAY},
    ),
)

FAMILY_OF: Final[Mapping[str, Family]] = {each.name: each for each in FAMILIES}
FAMILY_NAMES: Final = tuple(FAMILY_OF)
RESOLVED: Final = tuple(each for each in FAMILIES if each.is_resolved)
