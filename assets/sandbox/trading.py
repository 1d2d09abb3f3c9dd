"""Facts of the sandbox about trading: market, supply, pools, order books, candles."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from assets.metrics.families import TOKEN
from assets.sandbox.invented import Invented
from assets.sandbox.names import address_of
from assets.sourcing.rows import BookRow, CandleRow, MarketRow, PoolRow, SupplyRow

VENUES: Final = ("Fictiva", "Paperbourse", "Nowhere Exchange")
CANDLE_DAYS: Final = 90


def exactly(number: float) -> Decimal:
    """Twelve significant digits: as many as anybody quotes."""
    return Decimal(f"{number:.12g}")


def market(asset: Invented, now: datetime) -> Iterator[MarketRow]:
    price = asset.price_now_usd(now)
    yesterday = asset.price_now_usd(now - timedelta(days=1))
    known = asset.archetype.circulating_known
    yield MarketRow(
        asset=asset.ref,
        as_of=now,
        price_usd=exactly(price),
        volume_24h_usd=exactly(asset.volume_24h_usd),
        market_cap_usd=exactly(price * asset.circulating) if known else None,
        fully_diluted_usd=exactly(price * asset.whole),
        price_change_24h_share=round(price / yesterday - 1, 6),
    )


def supply(asset: Invented, now: datetime) -> Iterator[SupplyRow]:
    """Today's, and the one of a year ago, from which growth is told."""
    traits = asset.archetype
    circulating = exactly(asset.circulating) if traits.circulating_known else None
    total = asset.circulating * 0.6 if traits.conflict else asset.whole
    yield SupplyRow(
        asset=asset.ref,
        as_of=now,
        circulating=circulating,
        total=exactly(total),
        maximum=None if traits.uncapped or traits.conflict else exactly(asset.whole),
        uncapped=traits.uncapped,
    )
    if circulating is not None:
        earlier = asset.circulating / (1 + traits.grown_share)
        yield SupplyRow(asset=asset.ref, as_of=now - timedelta(days=365), circulating=exactly(round(earlier)))


def pools(asset: Invented, now: datetime) -> Iterator[PoolRow]:
    """One to three pools, the first one the deepest."""
    traits, dice = asset.archetype, asset.draw("pools")
    parts = (0.7, 0.2, 0.1)[: 1 + asset.index % 3]
    for place, part in enumerate(parts):
        trades = round(traits.trades_a_day * part)
        buys = round(trades * dice.uniform(0.4, 0.6))
        yield PoolRow(
            asset=asset.ref,
            as_of=now,
            address=address_of(asset.index, f"POOL{place}"),
            dex=("Papersnap", "Mockswap", "Feigndex")[place],
            pair=f"{asset.ref.symbol} / {('WETH', 'USDC', 'SOL')[place]}",
            price_usd=exactly(asset.price_now_usd(now)),
            reserve_usd=exactly(asset.liquidity_usd * part / sum(parts)),
            volume_24h_usd=exactly(asset.volume_24h_usd * part / sum(parts)),
            buys_24h=buys,
            sells_24h=trades - buys,
            fee_share=0.003,
            lp_burned_share=traits.lp_burned_share,
            lp_locked_share=None
            if traits.lp_locked_share is None
            else min(traits.lp_locked_share, 1 - (traits.lp_burned_share or 0)),
            lp_locked_until=now + timedelta(days=traits.lp_locked_days) if traits.lp_locked_share else None,
            opened_at=now - timedelta(days=dice.randint(40, 900)),
        )


def books(asset: Invented, now: datetime) -> Iterator[BookRow]:
    """Tokens: on exchanges; shares: at their venue, deeper the tighter the spread."""
    traits, price = asset.archetype, asset.price_now_usd(now)
    is_token = traits.kind == TOKEN
    for place in range(traits.venues):
        depth = (
            asset.liquidity_usd
            * (0.02 if is_token else 0.004 / max(traits.spread_share, 0.004))
            / (place + 1)
        )
        empty = traits.book_state == "empty"
        spread = 0.05 if empty else traits.spread_share * (1 + 0.3 * place)
        yield BookRow(
            asset=asset.ref,
            as_of=now,
            venue=VENUES[place] if is_token else traits.venue,
            pair=f"{asset.ref.symbol}/USD",
            bid_usd=exactly(price * (1 - spread / 2)),
            ask_usd=exactly(price * (1 + spread / 2)),
            spread_share=round(spread, 6),
            depth_up_usd=exactly(0 if empty else depth * 1.1),
            depth_down_usd=exactly(0 if empty else depth),
            volume_24h_usd=exactly(asset.volume_24h_usd / (place + 1)),
            last_traded_at=now - timedelta(minutes=3 + 60 * place),
            stale=traits.book_state == "stale",
            anomalous=False,
        )


def candles(asset: Invented, now: datetime) -> Iterator[CandleRow]:
    """Daily bars up to today's, which ends at the current price."""
    today = now.date()
    for back in range(CANDLE_DAYS - 1, -1, -1):
        day = today - timedelta(days=back)
        dice = random.Random(asset.index * 1_000_033 + day.toordinal())  # noqa: S311 - a game
        opened = asset.price_usd(day - timedelta(days=1))
        closed = asset.price_usd(day) if back else asset.price_now_usd(now)
        reach = 0.0 if asset.is_example else abs(dice.gauss(0, 0.015))
        yield CandleRow(
            asset=asset.ref,
            as_of=datetime.combine(day, time(), UTC),
            market="sandbox",
            open_usd=exactly(opened),
            high_usd=exactly(max(opened, closed) * (1 + reach)),
            low_usd=exactly(min(opened, closed) * (1 - reach)),
            close_usd=exactly(closed),
            volume_usd=exactly(asset.volume_24h_usd * dice.uniform(0.6, 1.5)),
        )
