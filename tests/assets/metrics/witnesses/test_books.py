from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assets.metrics.facts import Facts, frame
from assets.metrics.witnesses.books import foreign_book, is_foreign, prices_of

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


def facts(bid=2.0, ask=2.0, bid_usd_at=None, last_usd=None, **market):
    book = {"asset_id": 1, "venue": "Gate", "pair": "A/USDT", "bid_usd": bid, "ask_usd": ask}
    book |= {"bid_usd_at": bid_usd_at, "last_usd": last_usd}
    return Facts.of(
        now=NOW,
        assets=[{"asset_id": 1, "kind": "token"}],
        books=[book],
        market=[{"asset_id": 1, **market}] if market else [],
    )


@pytest.mark.parametrize(
    ("market", "holds"),
    [
        ({"price_usd": 2.0}, False),
        ({"price_usd": 2 / 3}, False),
        ({"price_usd": 2 / 3.01}, True),
        ({"price_usd": 6.0}, False),
        ({"price_usd": 6.1}, True),
        ({"price_usd": None}, False),
        ({}, False),
    ],
)
def test_a_book_of_another_price_is_another_coins(market, holds):
    given = facts(**market)
    assert is_foreign(given.books, prices_of(given)).tolist() == [holds]
    for doubt in foreign_book(given):
        assert doubt.rows.tolist() == ([0] if holds else [])


@pytest.mark.parametrize(("last", "holds"), [(0.2, False), (0.06, True), (1.1, True), (None, False)])
def test_without_quotes_its_last_price_tells_whose_it_is(last, holds):
    given = facts(bid=None, ask=None, price_usd=0.2, price_usd_at=NOW, last_usd=last)
    assert is_foreign(given.books, prices_of(given)).tolist() == [holds]
    assert [each.field for each in foreign_book(given) if len(each.rows)] == ["bid_usd", "last_usd"] * holds


def test_a_book_without_a_side_is_not_judged():
    given = facts(ask=None, price_usd=100.0)
    assert is_foreign(given.books, prices_of(given)).tolist() == [False]


@pytest.mark.parametrize(
    ("days", "times", "holds"),
    [
        (1, 2.9, False),
        (1, 3.1, True),
        (4, 8.9, False),  # 3 to the power of √4
        (4, 9.1, True),
        (89, 99, False),
        (89, 101, True),
        (91, 1e6, False),
    ],
)
def test_an_older_price_leaves_a_book_more_room(days, times, holds):
    for price in (2 / times, 2 * times):
        given = facts(price_usd=price, price_usd_at=NOW - timedelta(days=days), bid_usd_at=NOW)
        assert is_foreign(given.books, prices_of(given)).tolist() == [holds]


@pytest.mark.parametrize(
    ("pool", "holds"),
    [
        ({"price_usd": 2}, False),
        ({"price_usd": 0.2}, True),
        ({"price_usd": 0.2, "quote_is_listed": False}, False),
        ({"price_usd": 0.2, "quote_address": "0xq"}, False),
        ({"price_usd": 0.2, "reserve_usd": 1}, False),  # the deeper one has the book's
        ({"price_usd": None}, False),
        ({"price_usd": 0.2, "reserve_usd": 4_001}, True),
    ],
)
@pytest.mark.parametrize("market", [{}, {"price_usd": 2, "price_usd_at": NOW - timedelta(days=9)}])
def test_a_book_is_held_against_the_pool_where_the_market_has_no_price_in_time(pool, market, holds):
    pools = [
        {"asset_id": 1, "address": address, "reserve_usd": reserve, "price_usd_at": NOW}
        for address, reserve in (("a", 5_000), ("b", 4_000))
    ]
    given = replace(
        facts(bid_usd_at=NOW, **market), pools=frame("pools", [pools[0] | pool, pools[1] | {"price_usd": 2}])
    )
    assert is_foreign(given.books, prices_of(given)).tolist() == [holds]


def test_a_fresh_market_price_goes_before_the_pools():
    pool = {"asset_id": 1, "address": "a", "reserve_usd": 9, "price_usd": 0.01, "price_usd_at": NOW}
    given = replace(facts(price_usd=2, price_usd_at=NOW, bid_usd_at=NOW), pools=frame("pools", [pool]))
    assert is_foreign(given.books, prices_of(given)).tolist() == [False]


@pytest.mark.parametrize(("reserve", "holds"), [(None, False), (999, False), (1_000, True)])
def test_a_pool_with_next_to_nothing_in_it_contradicts_no_book(reserve, holds):
    pool = {"asset_id": 1, "address": "a", "reserve_usd": reserve, "price_usd": 0.01, "price_usd_at": NOW}
    given = replace(facts(bid_usd_at=NOW), pools=frame("pools", [pool]))
    assert is_foreign(given.books, prices_of(given)).tolist() == [holds]
