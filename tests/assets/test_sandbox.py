"""Do the facts of each invented asset agree with each other? Over the whole sandbox of the default size."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from assets.providers.sandbox import DEFAULT_SIZE, GENERATORS
from assets.sandbox.filing_calendar import filings_of, units_until_now
from assets.sandbox.invented import invented, is_session
from assets.sourcing.rows import (
    BookRow,
    CandleRow,
    CapitalRow,
    DocumentRow,
    FundamentalsRow,
    HolderRow,
    MarketRow,
    OwnershipRow,
    PoolRow,
    SupplyRow,
    TradeRow,
    UnlockRow,
)

NOW = datetime(2026, 3, 4, 17, 30, tzinfo=UTC)
AT_ODDS = {"conflicting supply", "misreported cap"}
"""The archetypes that are about figures which contradict each other."""


@pytest.fixture(scope="module")
def market():
    """By asset its rows by kind, as the provider sends them at this moment."""
    rows = {}
    for asset in map(invented, range(DEFAULT_SIZE)):
        moment = NOW - timedelta(days=asset.archetype.stale_days)
        found = defaultdict(list)
        rows[asset.index] = asset, found
        for family in asset.archetype.families:
            for kind, generate in GENERATORS[family]:
                found[kind] += generate(asset, moment)
    return rows


@pytest.fixture(scope="module")
def agreeing(market):
    return {index: pair for index, pair in market.items() if pair[0].archetype.name not in AT_ODDS}


def near(value, other, share=1e-6):
    return float(value) == pytest.approx(float(other), rel=share)


def test_market_cap_is_price_times_supply(agreeing):
    for _asset, rows in agreeing.values():
        for row in rows[MarketRow]:
            supply = rows[SupplyRow][0]
            if row.market_cap_usd is not None:
                assert near(row.market_cap_usd, row.price_usd * supply.circulating)
            assert near(row.fully_diluted_usd, row.price_usd * supply.total)


def test_what_circulates_is_a_part_of_the_whole_and_the_whole_of_the_most(agreeing):
    for _asset, rows in agreeing.values():
        for supply in rows[SupplyRow][:1]:
            assert supply.circulating is None or supply.circulating <= supply.total
            assert supply.maximum is None or supply.total <= supply.maximum
            assert supply.maximum is None or not supply.uncapped


def test_the_newest_bar_ends_at_the_price(market):
    for _asset, rows in market.values():
        bars = rows[CandleRow]
        for row in rows[MarketRow] if bars else ():
            assert bars[-1].close_usd == row.price_usd
            assert bars[-1].volume_usd == row.volume_24h_usd
        for bar in bars:
            assert bar.low_usd <= min(bar.open_usd, bar.close_usd)
            assert bar.high_usd >= max(bar.open_usd, bar.close_usd)


def test_shares_have_bars_of_sessions_and_tokens_of_every_day(market):
    for asset, rows in market.values():
        days = [bar.as_of.date() for bar in rows[CandleRow]]
        if asset.archetype.kind == "equity":
            assert all(map(is_session, days))
        elif days:
            assert all(after - before == timedelta(days=1) for before, after in pairwise(days))


def test_the_volume_of_pools_and_books_is_that_of_the_market(market):
    for _asset, rows in market.values():
        parts = [*rows[PoolRow], *rows[BookRow]]
        for row in rows[MarketRow] if parts else ():
            assert near(sum(each.volume_24h_usd for each in parts), row.volume_24h_usd)


def test_pools_and_books_are_priced_as_the_market(market):
    for _asset, rows in market.values():
        for row in rows[MarketRow]:
            assert all(pool.price_usd == row.price_usd for pool in rows[PoolRow])
            assert all(book.bid_usd < row.price_usd < book.ask_usd for book in rows[BookRow])
            assert all(near(trade.amount * trade.price_usd, trade.volume_usd) for trade in rows[TradeRow])


def test_holders_hold_no_more_than_all_there_is(market):
    for asset, rows in market.values():
        for row in rows[HolderRow]:
            assert sum(each.share for each in row.positions) <= 1
            assert sum(row.buckets.values()) == pytest.approx(1)
            assert all(abs(float(each.balance / row.supply) - each.share) < 2e-6 for each in row.positions)
            burned = sum(each.share for each in row.positions if each.holder_type == "burn")
            assert burned + asset.circulating / asset.whole <= 1, "what is burned does not circulate"


def test_no_more_is_unlocked_than_is_locked(market):
    for asset, rows in market.values():
        for row in rows[UnlockRow]:
            unlocked = sum(each.amount for each in row.events)
            assert unlocked <= asset.whole - asset.circulating + len(row.events), "but for rounding"
            assert all(each.unlock_at.date() >= row.as_of.date() for each in row.events)


def test_reported_shares_are_those_of_the_market_through_every_split(market):
    for asset, rows in market.values():
        reports = rows[FundamentalsRow]
        if not reports:
            continue
        moment = NOW - timedelta(days=asset.archetype.stale_days)
        today = [
            float(each.shares_outstanding) * units_until_now(asset, each.as_of.date(), moment)
            for each in reports
        ]
        assert near(today[-1], asset.circulating)
        assert all(before <= after * (1 + 1e-6) for before, after in pairwise(today)), asset.archetype.name
        quarterly = (1 + asset.archetype.grown_share) ** 0.25
        assert all(after / before < quarterly**3 + 1e-6 for before, after in pairwise(today))


def test_a_split_changes_the_count_between_two_reports(market):
    changed = 0
    for asset, rows in market.values():
        splits = [each for each in rows[CapitalRow] if each.ratio is not None]
        for before, after in pairwise(rows[FundamentalsRow]):
            ratio = 1.0
            for each in splits:
                if before.as_of.date() < each.happened_on <= after.as_of.date():
                    ratio *= each.ratio
            counted = float(after.shares_outstanding / before.shares_outstanding)
            assert counted / ratio == pytest.approx(1, abs=2.5 * asset.archetype.grown_share + 1e-3)
            changed += ratio != 1
    assert changed > 10


def test_insiders_and_the_public_hold_no_more_than_all_shares(market):
    for asset, rows in market.values():
        for row in rows[FundamentalsRow]:
            assert row.insider_share + row.public_float_share <= 1
        newest = {}
        for row in rows[OwnershipRow]:
            if not row.is_derivative:
                newest[row.holder_cik] = row
        assert sum(row.share or 0 for row in newest.values()) <= 1
        moment = NOW - timedelta(days=asset.archetype.stale_days)
        for row in newest.values():
            now = float(row.shares) * units_until_now(asset, row.happened_on, moment)
            assert now / asset.circulating == pytest.approx(row.share, rel=0.02, abs=1e-5)


def test_what_shares_are_sold_for_is_their_number_times_a_price_near_the_market(market):
    for asset, rows in market.values():
        for row in rows[CapitalRow]:
            if row.shares and row.amount_usd:
                paid = float(row.amount_usd / row.shares)
                assert 0.5 < paid / asset.first_price_usd <= 1, "at a discount"


def test_filings_are_dated_as_filings_are(market):
    for asset, rows in market.values():
        moment = NOW - timedelta(days=asset.archetype.stale_days)
        for each in filings_of(asset, moment) if asset.archetype.kind == "equity" else ():
            assert each.period_ends_on is None or each.period_ends_on < each.filed_on
            assert each.accepted_at <= moment
        for row in rows[DocumentRow]:
            assert row.filed_on <= row.as_of.date() <= moment.date()
        for row in rows[FundamentalsRow]:
            assert timedelta(0) < row.as_of.date() - row.period_ends_on < timedelta(days=365)
        for row in rows[OwnershipRow]:
            assert row.happened_on <= row.filed_on <= row.as_of.date()


def test_the_worked_example_is_what_the_documents_say(market):
    _asset, rows = market[0]
    (row,), supply, unlock = rows[MarketRow], rows[SupplyRow][0], rows[UnlockRow][0]
    assert (row.price_usd, supply.circulating, row.market_cap_usd) == (Decimal("0.5"), 50_000_000, 25_000_000)
    assert supply.circulating + sum(each.amount for each in unlock.events) == 70_000_000
