"""A criterion passes only on evidence that its subject was looked at, whatever else is known."""

from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.metrics.facts import Facts
from assets.metrics.measure import measure
from screener.checklist import CRITERIA, judge
from tests.golden.invented import INVENTED

GROUPS = {
    "price": ("market.price_usd",),
    "volume": ("market.volume_24h_usd",),
    "supply": ("supply",),
    "supply_year_ago": ("supply.circulating_year_ago",),
    "pools": ("pools",),
    "pool_trades": ("pools.buys_24h", "pools.sells_24h"),
    "pool_traders": ("pools.buyers_24h", "pools.sellers_24h"),
    "pool_owners": (
        *("pools.lp_burned_share", "pools.lp_locked_share", "pools.lp_locked_until"),
        *("pools.lp_largest_free_share", "pools.lp_free_holder_is_wallet"),
    ),
    "launch_end": ("market.launch_completed_at", "pools.opened_at"),
    "lp_holders": ("pools.lp_holder_count",),
    "trading": ("trading",),
    "books": ("books", "levels"),
    "candles": ("candles",),
    "close_year_ago": ("close_year_ago",),
    "holder_count": ("holders.holder_count",),
    "holder_list": ("positions", "holders.top_ten_share"),
    "source": ("contract.verified_source",),
    "powers": (
        *("contract.owner_authority", "contract.proxy", "contract.pausable", "contract.blacklist"),
        *("contract.hidden_owner", "contract.balance_mutable", "contract.tax_mutable"),
    ),
    "contract": ("contract",),
    "promotions": ("disclosure.paid_promotions",),
    "mint": ("contract.mint_authority",),
    "taxes": ("contract.buy_tax_share", "contract.sell_tax_share"),
    "trap": ("contract.honeypot",),
    "creator": ("contract.creator_share",),
    "deployer": ("contract.creator_earlier_tokens",),
    "schedule": ("schedules", "unlocks"),
    "addresses": ("usage.active_addresses_30d",),
    "transactions": ("usage.transactions_30d", "usage.transactions_prior_60d"),
    "token_revenue": ("usage.revenue_annual_usd",),
    "tvl": ("usage.tvl_usd",),
    "channels": ("disclosure.channels",),
    "team": ("disclosure.team",),
    "roadmap": ("disclosure.roadmap_planned", "disclosure.roadmap_delivered"),
    "commits": ("disclosure.commits_90d",),
    "audits": ("disclosure.audits_known", "audits"),
    "statements": ("fundamentals", "fundamentals_year_ago"),
    "statements_year_ago": ("fundamentals_year_ago", "fundamentals.revenue_prior_ttm_usd"),
    "company_revenue": ("fundamentals.revenue_ttm_usd",),
    "insiders": ("fundamentals.insider_share", "ownership"),
    "float": ("fundamentals.public_float_share", "fundamentals.public_float_usd"),
    "reports": ("filings.filings_late_24m", "filings.filings_missing_24m"),
    "doubt": ("filings.going_concern",),
    "auditor": ("filings.auditor_changes_24m",),
    "restatements": ("filings.restatements_24m",),
    "insider_reports": ("ownership", "filings.last_filed_on"),
    "tier": ("venues.tier", "venues.listed_on"),
    "warnings": ("venues.suspended_24m", "venues.enforcement_24m", "venues.paid_promotion"),
    "reg_sho": ("venues.threshold_list",),
    "dilution": ("readings", "capital"),
    "filed": ("readings", "filing_events"),
}
"""Subjects, each the frames and fields that tell of it."""

SUBJECTS = {
    "utility.active_addresses": ("addresses",),
    "utility.trading_activity": ("pool_trades",),
    "utility.sells_per_buy": ("pool_trades",),
    "utility.traders_per_trade": ("pool_traders",),
    "utility.activity_trend": ("transactions",),
    "utility.price_of_revenue": ("token_revenue", "price pools", "supply"),
    "utility.market_cap_to_tvl": ("tvl", "supply"),
    "utility.revenue": ("company_revenue",),
    "utility.piotroski": ("statements", "statements_year_ago"),
    "utility.price_to_sales": ("company_revenue", "price", "supply"),
    "utility.price_change_12m": ("candles", "close_year_ago"),
    "utility.market_cap_to_liabilities": ("statements", "price", "supply"),
    "utility.distance_to_default": ("statements", "price", "supply", "candles", "close_year_ago"),
    "tokenomics.float_share": ("supply",),
    "tokenomics.unlock_30d": ("schedule",),
    "tokenomics.insider_unlock_12m": ("schedule",),
    "tokenomics.emission_12m": ("supply_year_ago",),
    "tokenomics.mint_authority": ("mint",),
    "tokenomics.taxes": ("taxes pool_trades",),
    "tokenomics.dilution_12m": ("supply_year_ago",),
    "tokenomics.cash_runway": ("statements",),
    "tokenomics.altman": ("statements",),
    "tokenomics.toxic_capital": ("dilution",),
    "tokenomics.overhang": ("dilution",),
    "tokenomics.insolvency": ("filed",),
    "tokenomics.bid_price": ("price",),
    "liquidity_depth.round_trip_cost": ("pools books",),
    "liquidity_depth.days_to_exit": ("volume pools",),
    "liquidity_depth.depth_to_position": ("pools books",),
    "liquidity_depth.pool_control": ("pool_owners",),
    "liquidity_depth.lp_holder_count": ("lp_holders",),
    "liquidity_depth.launch_phase": ("launch_end",),
    "liquidity_depth.exchange_delisting": (),
    "liquidity_depth.living_market": ("trading volume pools",),
    "liquidity_depth.exit_cost": ("books volume candles",),
    "liquidity_depth.zero_volume_days": ("candles",),
    "liquidity_depth.venue": ("tier",),
    "liquidity_depth.listing_standing": ("filed",),
    "holder_concentration.top_ten_share": ("holder_list",),
    "holder_concentration.largest_wallet": ("holder_list creator",),
    "holder_concentration.holder_hhi": ("holder_list",),
    "holder_concentration.nakamoto": ("holder_list",),
    "holder_concentration.holder_count": ("holder_count",),
    "holder_concentration.insider_ownership": ("insiders",),
    "holder_concentration.free_float": ("float",),
    "holder_concentration.insider_trades": ("insider_reports",),
    "transparency.verified_source": ("source", "powers"),
    "transparency.audit": ("audits",),
    "transparency.team": ("team",),
    "transparency.official_channels": ("channels",),
    "transparency.roadmap": ("roadmap commits",),
    "transparency.paid_promotion": ("promotions",),
    "transparency.copycat": ("contract",),
    "transparency.deployer": ("deployer",),
    "transparency.filings_on_time": ("reports",),
    "transparency.going_concern": ("doubt",),
    "transparency.beneish": ("statements", "statements_year_ago"),
    "transparency.auditor": ("auditor", "restatements"),
    "transparency.warnings": ("warnings",),
    "transparency.threshold_list": ("reg_sho",),
}
"""Of each criterion the subjects that it can't pass without; of several words any one is enough."""

ROWS = [(criterion, subject) for criterion, subjects in SUBJECTS.items() for subject in subjects]
KIND = {name: "token" if "token" in each.kinds else "equity" for name, each in CRITERIA.items()}
HEALTHY = {"token": INVENTED["healthy"], "equity": INVENTED["equity-healthy"]}
NEEDED_BY_ALL = {"assets", "sources", "questions"}


def without(facts: Facts, groups) -> Facts:
    """The same facts before anybody read these groups."""
    frames: dict[str, pd.DataFrame] = {}
    for place in (each for group in groups for each in GROUPS[group]):
        name, _, field = place.partition(".")
        frame = frames.get(name, getattr(facts, name))
        if not field:
            frames[name] = frame.iloc[:0]
        elif field in frame:
            column = frame[field]
            gone = column.mask(np.ones(len(column), dtype=bool))
            frames[name] = frame.assign(**{field: "" if column.dtype.kind in "OT" else gone})
    return replace(facts, **frames)


def state_of(criterion, facts):
    (judgement,) = judge(measure(facts, position_usd=1_000), facts)
    return next(each["state"] for each in judgement.findings if each["criterion"] == criterion)


def test_the_table_has_every_criterion():
    assert set(SUBJECTS) == set(CRITERIA)
    named = {place.partition(".")[0] for places in GROUPS.values() for place in places}
    assert named <= {each.name for each in fields(Facts)} - NEEDED_BY_ALL


@pytest.mark.parametrize("criterion", SUBJECTS)
def test_where_all_is_known_it_is_answered(criterion):
    assert state_of(criterion, HEALTHY[KIND[criterion]]) != "unknown"


@pytest.mark.parametrize(("criterion", "subject"), ROWS)
def test_of_what_nobody_looked_at_nothing_is_known_whatever_else_is(criterion, subject):
    assert state_of(criterion, without(HEALTHY[KIND[criterion]], subject.split())) == "unknown"


@settings(max_examples=60, deadline=None)
@given(row=st.sampled_from(ROWS), data=st.data())
def test_more_facts_of_other_subjects_never_turn_unknown_into_pass(row, data):
    """Of any part of the facts, without those of the subject."""
    criterion, subject = row
    others = [each for each in GROUPS if each not in subject.split()]
    gone = data.draw(st.lists(st.sampled_from(others), unique=True))
    assert state_of(criterion, without(HEALTHY[KIND[criterion]], [*subject.split(), *gone])) != "pass"
