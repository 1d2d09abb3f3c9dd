from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.services.storing.store import store_rows
from assets.sourcing.rows import AssetRef, CandleRow, CapitalRow, ListingRow
from screener.services.dossier.facts import DossierFacts
from screener.services.dossier.sections.price import read_price
from tests.assets.services.observed import observed
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
    assert [point.values["close"] for point in read().chart.points] == pytest.approx([1, 3])


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
    store(*(candle(days, 1) for days in (4, 3, 1)), candle(2, 1, high_usd=Decimal(314_000)))
    assert {point.values["high"] for point in read().chart.points} == {1}


@pytest.mark.parametrize("adjusted", [False, True])
def test_bars_of_before_a_change_of_units_are_drawn_in_todays_units(adjusted):
    old = 10 if adjusted else 1
    store(
        *(candle(days, old) for days in range(30, 10, -1)), *(candle(days, 10) for days in range(10, 0, -1))
    )
    split = {"event": "reverse_split", "happened_on": (NOW - timedelta(days=10)).date(), "ratio": 0.1}
    store(CapitalRow(asset=make_ref(), as_of=NOW, evidence="reported", **split))
    closes = [point.values["close"] for point in read().chart.points]
    assert closes == pytest.approx([10] * 30)


def test_bars_of_a_contract_that_no_longer_speaks_are_not_drawn():
    """As the score leaves them out."""
    coin, old, new = ("coingecko", "alpha"), ("address:bsc", "0x1"), ("address:bsc", "0x2")

    def token(*identifiers):
        complete = ("address:",) if len(identifiers) > 1 else ()
        return AssetRef(kind="token", identifiers=identifiers, complete=complete)

    def told(hours_ago, row, provider):
        known_at = NOW - timedelta(hours=hours_ago)
        observation = observed(provider=provider, as_of=known_at, known_at=known_at)
        store_rows(observation=observation, rows=[row])

    told(9, ListingRow(asset=token(coin, old), as_of=NOW - timedelta(hours=9)), "coingecko")
    told(8, replace(candle(2, 1), asset=token(old)), "geckoterminal")
    told(7, ListingRow(asset=token(coin, new), as_of=NOW - timedelta(hours=7)), "coingecko")
    told(6, replace(candle(3, 8), asset=token(new)), "geckoterminal")
    told(6, replace(candle(1, 9), asset=token(new)), "geckoterminal")
    assert [point.values["close"] for point in read().chart.points] == pytest.approx([8, 9])


def test_it_says_in_words_and_as_a_table_what_the_chart_shows():
    store(*(candle(days, 10 + days) for days in range(15, 0, -1)), candle(20, 5))
    section = read()
    assert [each.close for each in section.table] == pytest.approx([11, 18, 25, 5])
    assert (section.low_usd, section.high_usd) == pytest.approx((5, 25))
    assert section.change_share == pytest.approx(11 / 5 - 1)


def test_a_table_that_ends_with_the_first_bar_has_it_once():
    store(*(candle(days, 10 + days) for days in range(8, 0, -1)))
    assert [each.close for each in read().table] == pytest.approx([11, 18])
