"""Order books of the sandbox, level by level: tokens on exchanges, shares at their venue."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from assets.metrics.families import TOKEN
from assets.sandbox.invented import Invented
from assets.sandbox.trading import exactly, pool_share
from assets.sourcing.rows import BookRow, Level

VENUES: Final = ("Fictiva", "Paperbourse", "Nowhere Exchange")
DEPTH_REACH: Final = 0.02
"""Depth is what lies within this share of the middle."""

CLOSE_LEVELS: Final = 20
FAR_LEVELS: Final = 5
FAR_REACH: Final = 0.015
"""How far the levels beyond the depth go."""

EMPTY_LEVELS: Final = 2
LEAST_USD: Final = 40.0
"""What a level of a book without depth offers."""


def books(asset: Invented, now: datetime) -> Iterator[BookRow]:
    """The deeper the tighter the spread; without depth where the best offers are too far from the middle."""
    traits, price = asset.archetype, asset.price_now_usd(now)
    is_token, is_empty = traits.kind == TOKEN, traits.book_state == "empty"
    share = 1 - pool_share(asset) if is_token else 1.0
    parts = sum(1 / (place + 1) for place in range(traits.venues))
    volume_usd = asset.volume_usd(now.date()) * share / max(parts, 1)
    for place in range(traits.venues):
        spread = 0.05 if is_empty else traits.spread_share * (1 + 0.3 * place)
        depth = asset.liquidity_usd * (0.02 if is_token else 0.004 / max(traits.spread_share, 0.004))
        down = 0.0 if is_empty or spread / 2 >= DEPTH_REACH else depth / (place + 1)
        yield BookRow(
            asset=asset.ref,
            as_of=now,
            venue=VENUES[place] if is_token else traits.venue,
            pair=f"{asset.ref.symbol}/USD",
            quote="USD",
            bids=_levels(asset, price, -spread / 2, down, is_empty=is_empty),
            asks=_levels(asset, price, spread / 2, down * 1.1, is_empty=is_empty),
            truncated=False,
            bid_usd=exactly(price * (1 - spread / 2)),
            ask_usd=exactly(price * (1 + spread / 2)),
            spread_share=round(spread, 6),
            depth_up_usd=exactly(down * 1.1),
            depth_down_usd=exactly(down),
            volume_24h_usd=exactly(volume_usd / (place + 1)),
            last_traded_at=now - timedelta(minutes=3 + 60 * place),
            stale=traits.book_state == "stale",
            anomalous=False,
        )


def _levels(
    asset: Invented, price: float, best: float, depth_usd: float, *, is_empty: bool
) -> tuple[Level, ...]:
    """One side, the best first: what lies close adds up to the depth. `best` is negative for bids."""
    side, dice = (-1 if best < 0 else 1), asset.draw("levels", best)
    close = _steps(abs(best), DEPTH_REACH, CLOSE_LEVELS) if depth_usd else []
    begins = DEPTH_REACH * 1.01 if close else abs(best)
    count = EMPTY_LEVELS if is_empty else CLOSE_LEVELS + FAR_LEVELS - len(close)
    far = _steps(begins, begins + FAR_REACH, count)
    weights = [(1 + place) * dice.uniform(0.5, 1.5) for place in range(len(close))]
    values = [depth_usd * weight / sum(weights) for weight in weights]
    further = max(values, default=LEAST_USD)
    values += [further * dice.uniform(0.5, 1.5) for _step in far]
    levels = []
    for distance, value in zip((*close, *far), values, strict=True):
        at = price * (1 + side * distance)
        levels.append((exactly(at), exactly(value / at)))
    return tuple(levels)


def _steps(first: float, end: float, count: int) -> list[float]:
    """So many distances from the middle, evenly from the first one to just before the end."""
    return [first + (end - first) * place / count for place in range(count)]
