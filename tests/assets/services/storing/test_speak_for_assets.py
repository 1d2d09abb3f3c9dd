"""A bridged copy never speaks for the original, in whatever order providers answer."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from assets.models import Asset, MarketSnapshot, RefreshRun
from assets.services.reading.facts import facts_of
from assets.services.storing.speak_for_assets import said_of_assets
from assets.services.storing.store import store_rows
from assets.sourcing.rows import AssetRef, HolderRow, ListingRow, MarketRow, PoolRow, SupplyRow
from tests.assets.services.observed import observed

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
COIN, HOME, COPY = ("coingecko", "alpha"), ("address:ethereum", "0x1"), ("address:base", "0x2")


def store(hours, *rows, provider):
    moment = NOW + timedelta(hours=hours)
    RefreshRun.objects.create(provider=provider, family="market", created_at=NOW, progressed_at=NOW)
    store_rows(
        observation=observed(provider=provider, as_of=moment, known_at=moment),
        rows=[row(moment) for row in rows],
    )


def ref(*names, **about):
    return AssetRef(kind="token", identifiers=names, symbol="AAA", name="Alpha", **about)


def register(moment):
    return ListingRow(asset=ref(COIN, HOME, COPY, complete=("address:",)), as_of=moment)


def told_of(name, number):
    """What vendors say who know nothing but a contract."""
    return [
        lambda moment: MarketRow(
            asset=ref(name), as_of=moment, price_usd=Decimal(number), fully_diluted_usd=Decimal(10 * number)
        ),
        lambda moment: SupplyRow(asset=ref(name), as_of=moment, total=Decimal(100 * number)),
        lambda moment: HolderRow(asset=ref(name), as_of=moment, holder_count=1000 * number),
        lambda moment: PoolRow(asset=ref(name), as_of=moment, address=f"pool{number}", chain=name[0][8:]),
    ]


ANSWERS = {
    "register": ("coingecko", [register]),
    "home": ("geckoterminal", told_of(HOME, 1)),
    "copy": ("geckoterminal", told_of(COPY, 2)),
    "copy again": ("dexscreener", told_of(COPY, 3)),
}


class AnyOrder(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(st.permutations([*ANSWERS]))
    def test_the_original_speaks_for_itself_in_any_order(self, order):
        for hour, name in enumerate(order):
            provider, rows = ANSWERS[name]
            store(hour, *rows, provider=provider)
        store(8, *told_of(HOME, 1), provider="geckoterminal")
        facts = facts_of([Asset.objects.get().pk], now=NOW + timedelta(hours=9))
        assert Asset.objects.get().chain == "ethereum"
        assert facts.market["price_usd"].tolist() == [1]
        assert {*facts.market["fully_diluted_usd"].dropna()} <= {10}
        assert {*facts.supply["total"].dropna()} <= {100}
        assert facts.holders["holder_count"].tolist() == [1000]
        assert {*facts.pools["address"]} == {"pool1", "pool2", "pool3"}


@pytest.mark.django_db
def test_a_person_speaks_for_whom_he_names():
    store(0, register, provider="coingecko")
    store(1, told_of(COPY, 2)[0], provider="analyst")
    assert MarketSnapshot.objects.get(provider="analyst").fully_diluted_usd == 20


@pytest.mark.django_db
def test_an_asset_of_one_contract_has_its_totals():
    store(0, *told_of(HOME, 1), provider="geckoterminal")
    assert MarketSnapshot.objects.get().fully_diluted_usd == 10
    row = MarketRow(asset=ref(HOME), as_of=NOW, price_usd=Decimal(1))
    assert [*said_of_assets([row], {(HOME,): Asset.objects.get().pk}, provider="geckoterminal")] == [row]
