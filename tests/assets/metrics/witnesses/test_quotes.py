from datetime import timedelta

import numpy as np
import pytest

from assets.metrics.measure import measure
from assets.metrics.witnesses.questioned import questioned
from assets.metrics.witnesses.quotes import PRICE_FACTOR
from tests.assets.metrics.batch import NOW, facts_of_one
from tests.assets.metrics.witnesses.looking import asked_by


def book(price, venue="gate", **changes):
    return {
        "venue": venue,
        "pair": "X/USDT",
        "bid_usd": price * 0.99,
        "ask_usd": price * 1.01,
        "depth_down_usd": 5_000.0,
        **changes,
    }


def pool(price, address="p"):
    return {"address": address, "price_usd": price, "reserve_usd": 9_000.0}


MARKET = {"price_usd": 1.0}


@pytest.mark.parametrize(
    ("price", "is_asked"), [(1, False), (PRICE_FACTOR, False), (PRICE_FACTOR * 1.01, True), (0.3, True)]
)
def test_a_book_far_from_the_price_is_of_something_else(price, is_asked):
    fields = asked_by("venue_price", market=MARKET, books=[book(price), book(1.0, "mexc")])
    assert fields == ["ask_usd", "bid_usd", "depth_down_usd"] * is_asked


@pytest.mark.parametrize(("price", "is_asked"), [(1, False), (500, True)])
def test_a_pool_far_from_the_price_is_of_something_else(price, is_asked):
    fields = asked_by("venue_price", market=MARKET, pools=[pool(price), pool(1.0, "q")])
    assert fields == ["price_usd", "reserve_usd"] * is_asked


def test_the_orders_of_such_a_book_go_with_it():
    levels = [
        {"book": 0, "is_bid": side, "price_usd": 500.0 - side, "quantity": 9.0} for side in (True, False)
    ]
    rows = {"market": MARKET, "books": [book(500.0)], "levels": levels}
    facts = questioned(facts_of_one(**rows))
    assert np.isnan(facts.levels["price_usd"]).all()
    found = measure(facts, position_usd=1_000).iloc[0]
    assert found[["depth_down_usd", "round_trip_cost_share", "spread_share", "liquidity_usd"]].isna().all()


def test_a_market_price_alone_against_several_that_agree_is_questioned_itself():
    rows = {"market": {"price_usd": 900.0}, "books": [book(1.0)], "pools": [pool(1.1)]}
    assert asked_by("market_price", **rows) == ["price_usd"]
    assert asked_by("venue_price", **rows) == []
    bar = {"market": "m", "opened_at": NOW, "close_usd": 900.0}
    assert asked_by("market_price", **rows, candles=[bar]) == []
    apart = {**rows, "pools": [pool(7.0)]}
    assert asked_by("market_price", **apart) == []


def test_without_a_market_price_there_is_nothing_to_compare():
    assert asked_by("venue_price", books=[book(1.0), book(900.0, "mexc")], pools=[pool(5.0)]) == []
    assert asked_by("market_price", books=[book(1.0), book(900.0, "mexc")], pools=[pool(5.0)]) == []
    assert asked_by("venue_price", market=MARKET, books=[{"venue": "gate", "pair": "X/USDT"}]) == []


@pytest.mark.parametrize(("days", "fields"), [(1, ["price_usd"]), (3, [])])
def test_prices_of_another_time_contradict_nothing(days, fields):
    """A price of three days ago is old, not wrong."""
    then = NOW - timedelta(days=days)
    market = {"price_usd": 9.0, "price_usd_at": then}
    venues = {"books": [book(1.0) | {"bid_usd_at": NOW}], "pools": [pool(1.0) | {"price_usd_at": NOW}]}
    assert asked_by("market_price", market=market, **venues) == fields
    assert asked_by("venue_price", market=market, **venues) == []
    one = {"books": [book(1.0) | {"bid_usd_at": NOW}]}
    assert bool(asked_by("venue_price", market=market, **one)) == bool(fields)


def test_the_last_close_is_of_the_end_of_its_day():
    close = [{"opened_at": NOW.replace(hour=0) - timedelta(days=1), "close_usd": 1.0}]
    market = {"price_usd": 9.0, "price_usd_at": NOW}
    assert asked_by("market_price", market=market, candles=close, pools=[pool(1.0)]) == ["price_usd"]
    old = [close[0] | {"opened_at": NOW.replace(hour=0) - timedelta(days=4)}]
    assert asked_by("market_price", market=market, candles=old, pools=[pool(1.0)]) == []
