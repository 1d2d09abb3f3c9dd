"""Assets with daily candles and scorecards, and stored days of the market, for tests of its history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from assets.metrics.market_history.size_groups import ALL_SIZES, SIZES
from assets.models import Asset
from assets.sourcing.rows import AssetRef, CandleRow
from screener.models import MarketCensus, MarketDay
from screener.services.market.closes import open_days_between
from screener.services.market.due_days import date_of, number_of
from tests.factories.market import observe
from tests.factories.scorecards import make_card

NOW = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
"""A Wednesday."""
LAST = datetime(2026, 3, 3, tzinfo=UTC)
"""The last full day before."""


def trade(
    names: Iterable[str],
    closes: Mapping[str, Sequence[float | None]],
    *,
    kind: str = "token",
    cap_usd: float = 50e6,
    fictional: bool = False,
    score: bool = True,
    **asset: Any,
) -> list[Asset]:
    """These assets, each with a bar a day that ends on `LAST`; None is a day without one.

    The scorecard has the last close as its price.
    """
    rows, refs = [], {}
    for name in names:
        known = (("coingecko" if kind == "token" else "ticker", name.lower()),)
        refs[name] = AssetRef(kind=kind, identifiers=known, name=name, fictional=fictional, **asset)
        rows += bars(refs[name], closes[name])
    observe(*rows, family="candles", at=NOW, provider="coingecko")
    made = {each.name: each for each in Asset.objects.filter(name__in=refs)}
    if score:
        for name in refs:
            price = [each for each in closes[name] if each is not None][-1]
            make_card(made[name], figures={"market_cap_usd": cap_usd, "price_usd": price}, scored_at=NOW)
    return [made[name] for name in refs]


def bars(ref: AssetRef, closes: Sequence[float | None], *, volume_usd: float = 1_000) -> list[CandleRow]:
    """Bars that end on `LAST`."""
    found = []
    for back, close in zip(range(len(closes) - 1, -1, -1), closes, strict=True):
        if close is not None:
            price = Decimal(repr(float(close)))
            found.append(
                CandleRow(
                    asset=ref,
                    as_of=LAST - timedelta(days=back),
                    open_usd=price,
                    high_usd=price,
                    low_usd=price,
                    close_usd=price,
                    volume_usd=Decimal(str(volume_usd)),
                )
            )
    return found


def walks(names: Sequence[str], days: int, *, seed: int = 1) -> dict[str, list[float]]:
    """A random walk of prices for each name."""
    random = np.random.default_rng(seed)
    steps = random.normal(0, 0.04, (len(names), days)).cumsum(axis=1)
    return {name: np.exp(walk).tolist() for name, walk in zip(names, steps, strict=True)}


def store_days(days: int = 400, *, seed: int = 2, fictional: bool = False, last: datetime = LAST) -> None:
    """So many days of a market of both kinds as the task leaves them; the newest days of all sizes."""
    random = np.random.default_rng(seed)
    end = number_of(last.date())
    rows = []
    for kind in ("token", "equity"):
        opened = open_days_between(end + 1 - days, end, kind=kind).tolist()
        for place, size in enumerate((ALL_SIZES, *SIZES)):
            returns = random.normal(0.001, 0.02, len(opened))
            shares = 0.5 + 0.3 * np.sin(np.arange(len(opened)) / 20 + place / 4)
            rows += [
                MarketDay(
                    kind=kind,
                    size=size,
                    day=date_of(day),
                    fictional=fictional,
                    members=40,
                    log_return=float(moved),
                    breadth_members=38,
                    above_share=float(above),
                    newest_candle=10,
                    known_at=NOW,
                )
                for day, moved, above in zip(opened, returns, shares, strict=True)
            ]
    MarketDay.objects.bulk_create(rows)


def store_census(*day_back: int, fictional: bool = False, last: datetime = LAST) -> None:
    """A census so many days before the last day, each time a little larger."""
    rows = []
    for back in day_back:
        for kind, tiers in (("token", ("micro", "small")), ("equity", ("nano", "micro", "large"))):
            for sector, share in (("", 1.0), ("Games", 0.25), ('Say "hi"', 0.1)):
                for place, tier in enumerate(tiers, 1):
                    count = int((120 - back) * place * share)
                    rows.append(
                        MarketCensus(
                            kind=kind,
                            tier=tier,
                            sector=sector,
                            day=(last - timedelta(days=back)).date(),
                            fictional=fictional,
                            assets=count,
                            capitalised=count - 1,
                            market_cap_usd=count * 1e6 * 20.0**place,
                            known_at=NOW,
                        )
                    )
    MarketCensus.objects.bulk_create(rows)
