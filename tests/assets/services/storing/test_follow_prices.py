from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, AssetIdentifier, BookSnapshot, RefreshRun
from assets.services.reading.facts import facts_of
from assets.services.storing.follow_prices import follow_prices
from assets.services.storing.store import store_rows
from assets.sourcing.rows import AssetRef, BookRow, ListingRow, MarketRow
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
CODE = ("currency:gate", "AAA")


def store(hours, *rows, provider="coingecko"):
    moment = NOW + timedelta(hours=hours)
    RefreshRun.objects.create(provider=provider, family="market", created_at=NOW, progressed_at=NOW)
    store_rows(observation=observed(provider=provider, as_of=moment, known_at=moment), rows=rows)


def coin(name, symbol, price, *codes):
    ref = AssetRef(kind="token", identifiers=(("coingecko", name), *codes), symbol=symbol, name=name)
    return MarketRow(asset=ref, as_of=NOW, price_usd=Decimal(price))


def book(hours, middle):
    return BookRow(
        asset=AssetRef(kind="token", identifiers=(CODE,)),
        as_of=NOW + timedelta(hours=hours),
        venue="Gate",
        pair="AAA/USDT",
        quote="USDT",
        bid_usd=Decimal(middle) * Decimal("0.999"),
        ask_usd=Decimal(middle) * Decimal("1.001"),
        depth_down_usd=Decimal(1000),
        bids=((Decimal(middle) * Decimal("0.999"), Decimal(9)),),
        asks=((Decimal(middle) * Decimal("1.001"), Decimal(9)),),
    )


def owner():
    return AssetIdentifier.objects.valid().get(namespace="currency:gate").asset.name


def books_of(name):
    facts = facts_of([Asset.objects.get(name=name).pk], now=NOW + timedelta(hours=9))
    return facts.books[["pair", "anomalous", "bid_usd"]].values.tolist(), len(facts.levels)


def test_a_book_takes_its_code_to_the_coin_of_its_price():
    store(0, coin("old", "AAA", "80", CODE))
    store(1, book(1, "80"), provider="gate")
    store(2, coin("old", "AAC", "0.0001"), coin("new", "AAA", "1.9"))
    assert owner() == "old"
    store(3, book(3, "1.9"), provider="gate")
    assert owner() == "new"
    assert [pair for pair, _anomalous, _bid in books_of("new")[0]] == ["AAA/USDT"]
    assert books_of("old") == ([], 0)
    assert BookSnapshot.objects.filter(ended=True).count() == 1


@pytest.mark.parametrize(
    "others", [[], [("new", "AAA", "7")], [("new", "AAA", "1.9"), ("more", "AAA", "1.9")]]
)
def test_where_it_cannot_be_decided_the_book_is_not_used(others):
    store(0, coin("old", "AAA", "80", CODE), *(coin(*each) for each in others))
    store(1, book(1, "1.9"), provider="gate")
    assert owner() == "old"
    ((_pair, anomalous, bid),), levels = books_of("old")
    assert (anomalous, bid == bid, levels) == (1.0, False, 0)


def test_a_persons_code_is_not_taken():
    store(0, coin("old", "AAA", "80", CODE), provider="analyst")
    store(0, coin("new", "AAA", "1.9"))
    store(1, book(1, "1.9"), provider="gate")
    assert owner() == "old"


def test_who_has_no_price_keeps_his_book():
    store(
        0, ListingRow(asset=AssetRef(kind="token", identifiers=(CODE,), symbol="AAA", name="old"), as_of=NOW)
    )
    store(0, coin("new", "AAA", "1.9"))
    store(1, book(1, "1.9"), provider="gate")
    assert owner() == "old"
    assert follow_prices([book(2, "1.9")], provider="gate", known_at=NOW) == []
