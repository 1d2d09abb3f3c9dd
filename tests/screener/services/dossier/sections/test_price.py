from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import CandleRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.price import read_price
from tests.factories.example import make_ref, store

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def candle(days_ago, close, *, market="main", volume=10, **changes):
    price = Decimal(close)
    prices = {"open_usd": price, "high_usd": price, "low_usd": price, "close_usd": price, **changes}
    return CandleRow(
        asset=make_ref(),
        as_of=NOW - timedelta(days=days_ago),
        market=market,
        volume_usd=Decimal(volume),
        **prices,
    )


def read():
    return read_price(DossierFacts(Asset.objects.get(), now=NOW))


def test_a_revised_bar_counts_as_it_was_told_last():
    store(candle(2, 1), candle(1, 2))
    store(candle(1, 3))
    assert [point.values["close"] for point in read().chart.points] == [1, 3]


def test_markets_are_not_mixed_the_busiest_is_drawn():
    store(candle(2, 1), candle(1, 1), candle(2, 9, market="other", volume=1), candle(1, 9, market="other"))
    assert read().market == "main"
    assert {point.values["close"] for point in read().chart.points} == {1}


def test_the_market_drawn_is_the_one_that_the_score_reads():
    store(*(candle(days, 1, volume=1) for days in (150, 2, 1)))
    store(candle(150, 9, market="once", volume=999), candle(149, 9, market="once", volume=999))
    assert read().market == "main"
    assert len(read().chart.points) == 3


def test_what_a_bar_does_not_tell_is_taken_from_its_close():
    store(candle(2, 1), candle(1, 4, open_usd=None, high_usd=None, low_usd=None))
    assert read().chart.points[-1].values["open"] == 4


def test_old_bars_are_left_out():
    store(candle(200, 1), candle(199, 1))
    assert read() is None


def test_a_price_that_stands_in_one_bar_alone_is_not_drawn():
    store(*(candle(days, 1) for days in (4, 3, 1)), candle(2, 1, high_usd=Decimal(987_654)))
    assert {point.values["high"] for point in read().chart.points} == {1}
