"""Assets of which everything is known that the charts of a dossier draw, and some of which little is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
from django.utils import timezone

from assets.models import Asset
from assets.sourcing import rows
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import make_ref, rated_rows
from tests.factories.market import observe

DAYS = 150


def charted_token() -> Asset:
    """The worked example with half a year of prices, and its owners of today and of a month ago."""
    now = timezone.now()
    month_ago = now - timedelta(days=33)
    observe(_owners(month_ago, largest=0.08), at=month_ago)
    others = [each for each in rated_rows(make_ref()) if not isinstance(each, rows.CandleRow)]
    observe(*others, _owners(now, largest=0.1), *_candles(make_ref(), now), at=now)
    return _scored()


def charted_company() -> Asset:
    """A company that burns cash and has sold warrants at two prices."""
    now = timezone.now()
    ref = make_ref(kind="equity", name="Inc.", symbol="INC")
    today = {"asset": ref, "as_of": now}
    observe(
        rows.MarketRow(**today, price_usd=Decimal(2), volume_24h_usd=Decimal(900_000)),
        rows.SupplyRow(**today, circulating=Decimal(9_000_000)),
        rows.FundamentalsRow(
            **today,
            cash_usd=Decimal(6_000_000),
            operating_cash_flow_ttm_usd=Decimal(-9_000_000),
            period_ends_on=(now - timedelta(days=60)).date(),
        ),
        *_sales(now, ref),
        *_candles(ref, now),
        at=now,
    )
    return _scored()


def bare(kind: str) -> Asset:
    """An asset of which nothing but its name is known."""
    observe(rows.ListingRow(asset=make_ref(kind=kind), as_of=timezone.now()), at=timezone.now())
    return _scored()


def _scored() -> Asset:
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return asset


def _owners(at: datetime, *, largest: float) -> rows.HolderRow:
    shares = [largest, *(0.04 / number for number in range(1, 30))]
    positions = tuple(
        rows.Position(address=f"0x{number:040x}", holder_type="wallet", share=share)
        for number, share in enumerate(shares)
    )
    pool = rows.Position(address=f"0x{99:040x}", holder_type="pool", share=0.2)
    return rows.HolderRow(asset=make_ref(), as_of=at, holder_count=9_000, positions=(pool, *positions))


def _sales(now: datetime, ref: rows.AssetRef) -> Iterator[rows.FilingEventRow]:
    for number, (days, warrants, strike_usd) in enumerate([(90, 900_000, "1.50"), (300, 400_000, "4")]):
        filed_on = (now - timedelta(days=days)).date()
        yield rows.FilingEventRow(
            asset=ref,
            as_of=now,
            accession=f"0000000000-26-00000{number}",
            form="424B5",
            filed_on=filed_on,
            subject="offering",
            event="registered_direct",
            warrants=Decimal(warrants),
            strike_usd=Decimal(strike_usd),
        )


def _candles(ref: rows.AssetRef, now: datetime) -> Iterator[rows.CandleRow]:
    """A walk that ends near the price of the example."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    steps = np.random.default_rng(7).normal(0, 0.04, DAYS)
    closes = (0.5 * np.exp(np.cumsum(steps) - np.sum(steps))).tolist()
    for number, close in enumerate(closes):
        opened = closes[number - 1] if number else close
        yield rows.CandleRow(
            asset=ref,
            as_of=midnight - timedelta(days=DAYS - number),
            market="main",
            open_usd=Decimal(repr(opened)),
            high_usd=Decimal(repr(1.02 * max(opened, close))),
            low_usd=Decimal(repr(0.98 * min(opened, close))),
            close_usd=Decimal(repr(close)),
            volume_usd=Decimal(50_000),
        )
