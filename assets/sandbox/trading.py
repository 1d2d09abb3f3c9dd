"""Market data of the sandbox: market, supply, pools, trades, candles. Order books have their own file."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from assets.metrics.families import BOOKS, EQUITY, POOLS, TOKEN
from assets.metrics.pools import CONSTANT_PRODUCT
from assets.sandbox.filing_calendar import units_until_now
from assets.sandbox.invented import Invented
from assets.sandbox.names import address_of
from assets.sourcing.rows import CandleRow, MarketRow, PoolRow, SupplyRow, TradeRow

COUNTERPARTS: Final = (("WETH", 3_000.0), ("USDC", 1.0), ("SOL", 150.0))
"""What the pools hold beside the asset and what a unit of it is worth in USD."""

DRAINED_IN_DAYS: Final = 45
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
        volume_24h_usd=exactly(asset.volume_usd(now.date())),
        market_cap_usd=exactly(price * asset.circulating * asset.archetype.reported_cap_factor)
        if known
        else None,
        fully_diluted_usd=exactly(price * asset.whole),
        price_change_24h_share=round(price / yesterday - 1, 6),
    )


def supply(asset: Invented, now: datetime) -> Iterator[SupplyRow]:
    """Today's, and the one of a year ago, from which growth follows."""
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
        then = now - timedelta(days=365)
        units = units_until_now(asset, then.date(), now) if traits.kind == EQUITY else 1.0
        yield SupplyRow(asset=asset.ref, as_of=then, circulating=exactly(round(earlier / units)))


def pools(asset: Invented, now: datetime) -> Iterator[PoolRow]:
    """One to three pools, the first one the deepest. What is in one is in it half and half."""
    traits, price = asset.archetype, asset.price_now_usd(now)
    held = min(traits.lp_locked_share or 0.0, 1 - (traits.lp_burned_share or 0.0))
    free = round(1 - held - (traits.lp_burned_share or 0.0), 9)
    for place, drawn in enumerate(drawn_pools(asset)):
        reserve = asset.liquidity_usd * drawn.part * left_of(traits.drained_daily, now.date())
        trades = round(traits.trades_a_day * (0.7, 0.2, 0.1)[place])
        buys = trades if traits.contract == "honeypot" else round(trades * drawn.buys_share)
        counterpart, worth_usd = COUNTERPARTS[place]
        yield PoolRow(
            asset=asset.ref,
            as_of=now,
            address=address_of(asset.index, f"POOL{place}"),
            dex=("Papersnap", "Mockswap", "Feigndex")[place],
            pair=f"{asset.ref.symbol} / {counterpart}",
            price_usd=exactly(price),
            reserve_usd=exactly(reserve),
            volume_24h_usd=exactly(asset.volume_usd(now.date()) * drawn.part * pool_share(asset)),
            buys_24h=buys,
            sells_24h=trades - buys,
            buyers_24h=round(buys * traits.traders_share),
            sellers_24h=round((trades - buys) * traits.traders_share),
            fee_share=0.003,
            pool_type=CONSTANT_PRODUCT,
            quote_price_usd=exactly(worth_usd),
            quote_is_listed=True,
            base_reserve=exactly(reserve / 2 / price),
            quote_reserve=exactly(reserve / 2 / worth_usd),
            lp_burned_share=traits.lp_burned_share,
            lp_locked_share=None if traits.lp_locked_share is None else held,
            lp_locked_until=now + timedelta(days=traits.lp_locked_days) if traits.lp_locked_share else None,
            lp_free_holder=address_of(asset.index, "POOLFREE") if free else "",
            lp_free_share=free,
            lp_largest_free_share=free,
            lp_holder_count=traits.lp_holder_count,
            lp_free_holder_is_wallet=True if free else None,
            opened_at=now - timedelta(days=drawn.age_days),
        )


@dataclass(frozen=True, slots=True)
class DrawnPool:
    """`part` is of all that is in the asset's pools, 0–1."""

    part: float
    buys_share: float
    age_days: int


def drawn_pools(asset: Invented) -> list[DrawnPool]:
    dice = asset.draw("pools")
    parts = (0.7, 0.2, 0.1)[: 1 + asset.index % 3]
    return [
        DrawnPool(part / sum(parts), dice.uniform(0.4, 0.6), dice.randint(*asset.archetype.age_days))
        for part in parts
    ]


POOL_SHARE: Final = 0.6


def pool_share(asset: Invented) -> float:
    """Which part of the volume runs through pools; the rest is that of order books."""
    families = asset.archetype.families
    if BOOKS not in families or asset.archetype.kind != TOKEN:
        return 1.0
    return POOL_SHARE if POOLS in families else 0.0


def left_of(drained_daily: float, day: date) -> float:
    """What a leak has left of a pool: worked out from the day alone. It is filled up every so many days."""
    return (1 - drained_daily) ** (day.toordinal() % DRAINED_IN_DAYS) if drained_daily else 1.0


TRADES_SHOWN: Final = 12


def trades(asset: Invented, now: datetime) -> Iterator[TradeRow]:
    """The latest trades of the largest pool, one an hour at most; none of a pool that is dead."""
    a_day = asset.archetype.trades_a_day
    apart_s = max(3_600, round(86_400 / a_day)) if a_day else 0
    hour = now.replace(minute=0, second=0, microsecond=0)
    for back in range(TRADES_SHOWN if a_day else 0):
        moment = hour - timedelta(seconds=back * apart_s)
        dice = random.Random(f"{asset.index}:{moment:%Y%m%d%H}")  # noqa: S311 - a game
        price = asset.price_now_usd(moment)
        volume = asset.volume_usd(moment.date()) * pool_share(asset) / a_day * dice.uniform(0.2, 1.8)
        yield TradeRow(
            asset=asset.ref,
            as_of=moment,
            market=address_of(asset.index, "POOL0"),
            reference=f"sandbox-{asset.index}-{moment:%Y%m%d%H%M}",
            side=dice.choice(("buy", "sell")),
            amount=exactly(volume / price),
            price_usd=exactly(price),
            volume_usd=exactly(volume),
            account=address_of(dice.randrange(10_000), "ACCT"),
        )


def candles(asset: Invented, now: datetime) -> Iterator[CandleRow]:
    """Daily bars up to the last that has begun, which ends at the current price."""
    today = now.date()
    for back in range(CANDLE_DAYS - 1, -1, -1):
        day = today - timedelta(days=back)
        part = 1.0 if back else asset.part_of_day(now)
        if not (asset.is_traded(day) and part):
            continue
        opened, reach = asset.open_usd(day), 0.0 if asset.is_example else asset.tick(day).reach
        closed = asset.price_usd(day) if back else asset.price_now_usd(now)
        yield CandleRow(
            asset=asset.ref,
            as_of=datetime.combine(day, time(), UTC),
            market="sandbox",
            open_usd=exactly(opened),
            high_usd=exactly(max(opened, closed) * (1 + reach)),
            low_usd=exactly(min(opened, closed) / (1 + reach)),
            close_usd=exactly(closed),
            volume_usd=exactly(asset.volume_usd(day)),
        )
