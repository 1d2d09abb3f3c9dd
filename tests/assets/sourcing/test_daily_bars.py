from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sourcing.daily_bars import (
    DailyBar,
    candle_of,
    closing_price,
    is_over,
    opening_of,
    sound_bars,
)
from assets.sourcing.reading import RowReader
from assets.sourcing.rows import AssetRef

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASSET = AssetRef(kind="equity", identifiers=(("share:us", "ZORB"),))
BAR = {"date": "2026-02-27", "open": "2", "high": "4", "low": "1", "close": "3", "volume": "300"}


def read(*items):
    reader = RowReader()
    bars = sound_bars(items, asset=ASSET, ticker="ZORB", fetched_at=NOW, reader=reader)
    return [*bars], reader.parsed([])


def test_a_bar_and_what_was_traded_in_it():
    (bar,), _parsed = read(BAR)
    assert (bar.as_of, bar.open_usd, bar.high_usd, bar.low_usd, bar.close_usd) == (
        datetime(2026, 2, 27, tzinfo=UTC),
        *map(Decimal, (2, 4, 1, 3)),
    )
    assert bar.volume_usd == Decimal(800)
    assert bar.asset == ASSET


def test_its_close_is_a_price_of_that_evening():
    (bar,), _parsed = read(BAR)
    price = closing_price(bar)
    assert (price.as_of, price.price_usd, price.volume_24h_usd) == (
        datetime(2026, 2, 27, 21, tzinfo=UTC),
        Decimal(3),
        Decimal(800),
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"open": None}, "not given"),
        ({"close": 0}, "not given"),
        ({"high": "2.9"}, "above its high"),
        ({"low": "2.1"}, "below its low"),
        ({"date": "27 February"}, "is not a day"),
        ({"date": None}, "is not a day"),
        ({"date": "2026-02-30"}, "is not a day of our time"),
        ({"date": "1826-02-20"}, "is not a day of our time"),
    ],
)
def test_an_impossible_bar_is_left_out(changes, problem):
    bars, parsed = read(BAR | changes)
    assert bars == []
    assert parsed.rejected == 1
    assert problem in parsed.remarks[0]


def test_a_bar_without_a_volume_is_a_bar():
    (bar,), _parsed = read(BAR | {"volume": ""})
    assert bar.volume_usd is None


def test_of_a_day_that_comes_twice_the_first_bar_is_kept():
    bars, parsed = read(BAR, BAR | {"close": "2"})
    assert [bar.close_usd for bar in bars] == [Decimal(3)]
    assert parsed.rejected == 1


@pytest.mark.parametrize(
    ("day", "read_so"),
    [
        (date(2026, 2, 28), True),
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), False),
        (NOW.date() - timedelta(days=399), True),
        (NOW.date() - timedelta(days=400), False),
    ],
)
def test_only_days_that_are_over_and_recent_are_read(day, read_so):
    assert is_over(opening_of(day.isoformat()), fetched_at=NOW) is read_so
    assert bool(read(BAR | {"date": day.isoformat()})[0]) is read_so


@given(st.lists(st.decimals(Decimal("0.001"), 1000, places=3), min_size=4, max_size=4))
def test_a_sound_bar_holds_its_prices_between_low_and_high(prices):
    low, first, second, high = sorted(prices)
    bar = DailyBar.model_validate({**BAR, "low": low, "open": first, "close": second, "high": high})
    candle = candle_of(bar, asset=ASSET, day=NOW, name="ZORB", reader=RowReader())
    assert candle.low_usd <= min(candle.open_usd, candle.close_usd)
    assert max(candle.open_usd, candle.close_usd) <= candle.high_usd
    assert candle.volume_usd is not None
    assert low * 300 <= candle.volume_usd <= high * 300
