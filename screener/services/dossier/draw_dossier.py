"""The charts of an asset's page, drawn from the rows that the page has read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from assets.metrics import liquidity, market, supply
from assets.metrics.facts import MANY_ROWS_AN_ASSET, Facts
from assets.metrics.holders import BURN, EXCLUDED_TYPES
from assets.models import Asset, BookSnapshot, Candle, HolderPosition, PoolSnapshot
from screener.charts import Bar, Chart, Piece, Release, exit_chart, holder_pieces, price_chart, unlock_chart
from screener.checklist import CRITERIA
from screener.services.dossier.unlock_values import Unlock

CHART_DAYS: Final = 180
EXIT_SIZES_USD: Final = tuple(lead * 10.0**power for power in range(2, 6) for lead in (1, 2, 5))
HOPELESS_SHARE: Final = 0.5
"""Sizes that cost more than this are not worth drawing."""


def draw_price(asset: Asset, *, now: datetime) -> tuple[Chart | None, str]:
    """Daily candles of the market with the most volume, and which market that is."""
    stored = Candle.objects.filter(asset=asset, interval="day", as_of__gte=now - timedelta(days=CHART_DAYS))
    of_market: dict[str, dict[datetime, Candle]] = defaultdict(dict)
    for candle in stored.order_by("as_of", "id"):
        if candle.close_usd is not None:
            of_market[candle.market][candle.as_of] = candle  # a later row revises the bar
    if not of_market:
        return None, ""
    busiest = max(of_market, key=lambda name: sum(each.volume_usd or 0 for each in of_market[name].values()))
    return price_chart([_bar(each) for each in of_market[busiest].values()]), busiest


def _bar(candle: Candle) -> Bar:
    """A candle as floats; what it does not tell of the day is taken from its close."""
    close = float(candle.close_usd or 0)
    start = close if candle.open_usd is None else float(candle.open_usd)
    return Bar(
        at=candle.as_of,
        open=start,
        high=max(start, close, float(candle.high_usd or 0)),
        low=min(start, close, close if candle.low_usd is None else float(candle.low_usd)),
        close=close,
        volume=None if candle.volume_usd is None else float(candle.volume_usd),
    )


def draw_exit(
    asset: Asset,
    *,
    pools: Iterable[PoolSnapshot],
    books: Iterable[BookSnapshot],
    position_usd: float,
    now: datetime,
) -> Chart | None:
    """The checklist's own round-trip cost at many sizes: chart and finding can't disagree."""
    facts = Facts.of(
        now=now,
        assets=[{"asset_id": asset.pk, "kind": asset.kind}],
        pools=_columns("pools", pools),
        books=_columns("books", books),
    )
    of_market = market.measures(facts, supply=supply.measures(facts))
    known = {}
    for size in sorted({*EXIT_SIZES_USD, position_usd}):
        told = liquidity.measures(facts, market=of_market, position_usd=size)
        cost = float(told["round_trip_cost_share"].iloc[0])
        if cost == cost and (cost <= HOPELESS_SHARE or size <= position_usd):
            known[size] = cost
    band = CRITERIA["liquidity_depth.round_trip_cost"].bands[0]
    return exit_chart(list(known), list(known.values()), position_usd, (band.passes, band.cautions))


def _columns(frame: str, rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in MANY_ROWS_AN_ASSET[frame]} for row in rows]


def draw_unlocks(unlocks: Sequence[Unlock], *, figures: Mapping[str, float], now: datetime) -> Chart | None:
    circulating = figures.get("circulating_supply")
    releases = [Release(at=each.unlock_at, amount=each.amount, category=each.category) for each in unlocks]
    return unlock_chart(now, releases, circulating) if circulating else None


def draw_holders(positions: Iterable[HolderPosition]) -> tuple[Piece, ...]:
    """The whole supply by type of holder, those that no single owner sells from last."""
    shares = _by_type(positions)
    ordered = sorted(shares.items(), key=lambda each: (each[0] in EXCLUDED_TYPES, -each[1]))
    return holder_pieces(ordered) if ordered else ()


def draw_owners(positions: Iterable[HolderPosition]) -> tuple[Piece, ...]:
    """As adjusted figures see it: only owners, as shares of what is not burned."""
    shares = _by_type(positions)
    left = 1 - shares.get(BURN, 0.0)
    owned = {kind: share / left for kind, share in shares.items() if kind not in EXCLUDED_TYPES and left > 0}
    return holder_pieces(sorted(owned.items(), key=lambda each: -each[1])) if owned else ()


def _by_type(positions: Iterable[HolderPosition]) -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float)
    for position in positions:
        shares[position.holder_type] += position.share
    return shares
