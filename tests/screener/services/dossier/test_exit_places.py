from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset
from assets.sourcing.rows import BookRow, MarketRow, PoolRow, SupplyRow
from screener.services.dossier.exit_places import (
    ANOMALOUS,
    BASES,
    OF_BOOK,
    OUTDATED,
    STALE,
    UNKNOWN_TYPE,
    exit_places,
)
from screener.services.dossier.facts import DossierFacts
from screener.services.scoring.score_assets import score_assets
from tests.factories.example import make_ref, store

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, tzinfo=UTC)
TOLD = {"asset": make_ref(), "as_of": NOW}
POOL = PoolRow(
    **TOLD, address="0xa", dex="uniswap", pool_type="constant_product", reserve_usd=Decimal(90_000)
)
QUOTES = {"bid_usd": Decimal("0.99"), "ask_usd": Decimal("1.01")}


def places(*rows):
    store(MarketRow(**TOLD, price_usd=Decimal(1)), *rows)
    asset = Asset.objects.get()
    score_assets([asset.pk], now=NOW)
    return exit_places(DossierFacts(asset, now=NOW))


def test_each_place_has_the_answer_that_tells_of_it():
    book = BookRow(**TOLD, venue="Kraken", pair="A/USD", **QUOTES, depth_down_usd=Decimal(9_000))
    found = places(POOL, book)
    assert found.left_out == ()
    pool, of_book = found.counted
    assert (pool.name, pool.where, pool.kind, pool.remark) == ("0xa", "uniswap", "constant product", "")
    assert (of_book.name, of_book.where, of_book.kind) == ("A/USD", "Kraken", OF_BOOK)
    for each in found.counted:
        assert (each.row.provider, each.row.as_of) == ("sandbox", NOW)
        assert each.basis == BASES[each.venue.basis]


def test_the_price_is_that_of_the_card():
    dear = places(PoolRow(**TOLD, address="0xb", pool_type="stable", price_usd=Decimal(2)), POOL)
    assert dear.venues.price_usd == 1
    assert {each.mid_usd for each in dear.venues.venues} == {1}


def test_a_fee_that_nobody_tells_is_assumed():
    told = PoolRow(
        **TOLD,
        address="0xb",
        dex="uniswap",
        pool_type="constant_product",
        reserve_usd=Decimal(9_000),
        fee_share=0.01,
    )
    depth = {**QUOTES, "depth_down_usd": Decimal(9_000)}
    found = places(
        POOL,
        told,
        BookRow(**TOLD, venue="Kraken", pair="A/USD", **depth),
        BookRow(**TOLD, venue="Corner", pair="A/USD", **depth),
    )
    assumed = {each.row.address if each.kind != OF_BOOK else each.where: each for each in found.counted}
    assert {name for name, each in assumed.items() if each.is_fee_assumed} == {"0xa", "Corner"}
    assert assumed["0xb"].venue.fee_share == 0.01


def test_a_pool_whose_formula_nobody_tells_is_there_and_says_so():
    (found,) = places(PoolRow(**TOLD, address="0xc", pool_type="", reserve_usd=Decimal(9_000))).counted
    assert (found.kind, found.basis) == (UNKNOWN_TYPE, BASES["nothing"])
    assert found.remark.startswith("Where in it the money stands is not known")


def test_what_does_not_count_says_why():
    old = {"asset": make_ref(), "as_of": NOW - timedelta(days=40)}
    found = places(
        POOL,
        SupplyRow(**TOLD, circulating=Decimal(1_000_000)),
        PoolRow(**TOLD, address="0xfake", reserve_usd=Decimal(10**9), quote_is_listed=False),
        PoolRow(**old, address="0xold", reserve_usd=Decimal(10**6)),
        BookRow(**TOLD, venue="Gate", pair="A/USD", **QUOTES, stale=True),
        BookRow(**TOLD, venue="Mexc", pair="A/USD", **QUOTES, anomalous=True),
        BookRow(**old, venue="Okx", pair="A/USD", **QUOTES),
    )
    refused = next(each for each in found.counted if each.name == "0xfake")
    assert (refused.basis, refused.remark[:15]) == ("", "Its quote token")
    why = {each.where or each.name: (each.remark, each.venue, each.basis) for each in found.left_out}
    assert why == {
        "Gate": (STALE, None, ""),
        "Mexc": (ANOMALOUS, None, ""),
        "0xold": (OUTDATED, None, ""),
        "Okx": (OUTDATED, None, ""),
    }
    assert not any(each.is_fee_assumed for each in found.left_out)


def test_an_asset_without_a_score_has_its_venues_own_prices():
    store(POOL)
    found = exit_places(DossierFacts(Asset.objects.get(), now=NOW))
    assert found.venues.price_usd != found.venues.price_usd
    assert len(found.counted) == 1


def test_a_price_that_nobody_tells_is_the_assets_own_and_of_what_is_not_sold_there_none():
    told = PoolRow(**TOLD, address="0xb", pool_type="stable", price_usd=Decimal("0.9"))
    refused = PoolRow(**TOLD, address="0xfake", reserve_usd=Decimal(10**9), quote_is_listed=False)
    found = {each.name: each for each in places(POOL, told, refused).counted}
    assert {name: (each.price_usd, each.is_price_assumed) for name, each in found.items()} == {
        "0xa": (1, True),
        "0xb": (0.9, False),
        "0xfake": (None, False),
    }
