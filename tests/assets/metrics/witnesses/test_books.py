from datetime import UTC, datetime, timedelta

import pytest

from assets.metrics.facts import Facts
from assets.metrics.witnesses.books import foreign_book, is_foreign, prices_of

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


def facts(bid=2.0, ask=2.0, bid_usd_at=None, **market):
    book = {"asset_id": 1, "venue": "Gate", "pair": "A/USDT", "bid_usd": bid, "ask_usd": ask}
    book |= {"bid_usd_at": bid_usd_at}
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
    (doubt,) = foreign_book(given)
    assert doubt.rows.tolist() == ([0] if holds else [])


def test_a_book_without_a_side_is_not_judged():
    given = facts(ask=None, price_usd=100.0)
    assert is_foreign(given.books, prices_of(given)).tolist() == [False]


@pytest.mark.parametrize(("hours", "holds"), [(24, True), (25, False), (9_000, False)])
def test_a_price_of_another_time_says_nothing_of_a_book(hours, holds):
    given = facts(price_usd=0.2, price_usd_at=NOW - timedelta(hours=hours), bid_usd_at=NOW)
    assert is_foreign(given.books, prices_of(given)).tolist() == [holds]
