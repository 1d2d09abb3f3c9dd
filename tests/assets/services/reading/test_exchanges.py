"""Codes of exchanges: valid, taken back lately, taken back long ago, and replaced."""

from datetime import UTC, datetime, timedelta

import pytest

from assets.models import Asset, AssetIdentifier
from assets.providers import listing_namespaces
from assets.services.reading.exchanges import with_exchanges

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def listed(*codes):
    """`codes` are (exchange, days since it ended, None while it is valid)."""
    asset = Asset.objects.create(kind="token", slug="lark", symbol="LARK")
    AssetIdentifier.objects.create(asset=asset, namespace="address:bsc", value="0x1")
    for place, (exchange, ago) in enumerate(codes):
        ended_at = None if ago is None else NOW - timedelta(days=ago)
        AssetIdentifier.objects.create(
            asset=asset, namespace=f"currency:{exchange}", value=f"LARK{place}", valid_until=ended_at
        )
    found = with_exchanges(Asset.objects.all(), now=NOW).get()
    return found.exchanges, found.delistings


@pytest.mark.parametrize(
    ("codes", "exchanges", "delistings"),
    [
        ([], 0, 0),
        ([("gate", None), ("binance", None)], 2, 0),
        ([("gate", None), ("binance", 3)], 1, 1),
        ([("binance", 3)], 0, 1),
        ([("binance", 366)], 0, 0),
        ([("binance", -1)], 0, 0),  # as it was known then, it was still listed
        ([("gate", 3), ("gate", None)], 1, 0),  # another code of the same exchange took its place
        ([("gate", None), ("gate", None)], 1, 0),
        ([("gate", 3), ("gate", 9)], 0, 1),
    ],
)
def test_exchanges_are_counted_by_their_codes(codes, exchanges, delistings):
    assert listed(*codes) == (exchanges, delistings)


def test_a_token_is_listed_once_a_register_or_an_exchange_names_it():
    asset = Asset.objects.create(kind="token", slug="lark", symbol="LARK")
    AssetIdentifier.objects.create(asset=asset, namespace="address:bsc", value="0x1")
    assert not with_exchanges(Asset.objects.all(), now=NOW).get().listings
    AssetIdentifier.objects.create(asset=asset, namespace="coingecko", value="lark")
    assert with_exchanges(Asset.objects.all(), now=NOW).get().listings == 1


def test_registers_and_exchanges_list_tokens_and_chains_dont():
    names = listing_namespaces()
    assert {"coingecko", "currency:gate"} <= names
    assert not any(each.startswith("address:") for each in names)
