"""Benchmark: how the market of an asset's kind did, or the group of its size, to hold a price against."""

from datetime import datetime
from typing import Final

from assets.metrics.market_history.group_returns import cumulated
from assets.metrics.market_history.size_groups import ALL_SIZES, TIERS_OF_SIZE
from screener.charts import PriceLine
from screener.services.market.history import read_history
from screener.services.market.lines import line_of
from screener.words.market import KIND_NAMES, SIZE_NAMES

FEWEST_DAYS: Final = 2


def size_of_tier(tier: str) -> str | None:
    """The size group that a market-cap tier belongs to; None where the tier is not known."""
    return next((size for size, tiers in TIERS_OF_SIZE.items() if tier in tiers), None)


def read_benchmark(
    kind: str, *, now: datetime, size: str = ALL_SIZES, fictional: bool = False
) -> PriceLine | None:
    """The group's cumulated trimmed mean return, 100 before its first day; None where fewer than two days are
    known. The days are those of the stored history, which reaches back two years."""
    history = read_history(now=now, fictional=fictional, kinds=(kind,)).kinds[kind]
    name = f"{KIND_NAMES[kind]}: {SIZE_NAMES[size]}"
    line = line_of(1, name, history.moments(), cumulated(history.returns(size)))
    return line if len(line.days) >= FEWEST_DAYS else None
