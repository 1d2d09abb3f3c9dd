from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from assets.models import Asset, AssetIdentifier
from assets.services.storing.resolve_assets import resolve_assets
from assets.services.storing.settle_homes import contract_of, settle_homes
from assets.sourcing.rows import AssetRef

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
COIN = ("coingecko", "alpha")
CONTRACTS = [("address:base", "0x1"), ("address:ethereum", "0x2"), ("address:solana", "S3")]


def said(*identifiers, **about):
    return AssetRef(kind="token", identifiers=identifiers, chain=identifiers[0][0][8:], **about)


@pytest.mark.parametrize("order", [*permutations(range(4))])
def test_the_chain_is_the_same_in_any_order_of_answers(order):
    answers = [*(said(each, COIN) for each in CONTRACTS), said(COIN, *CONTRACTS)]
    for day, place in enumerate(order):
        resolve_assets([answers[place]], provider="x", known_at=NOW + timedelta(days=day))
    assert Asset.objects.get().chain == "ethereum"
    assert Asset.objects.get().names[0][0] == "address:ethereum"


def test_a_register_says_where_the_home_is():
    resolve_assets([said(COIN, *CONTRACTS)], provider="x", known_at=NOW)
    resolve_assets([said(COIN, *CONTRACTS, home="solana")], provider="x", known_at=NOW + timedelta(days=1))
    assert Asset.objects.get().chain == "solana"
    row = AssetIdentifier.objects.get(namespace="address:solana")
    assert contract_of(row).home_since == NOW + timedelta(days=1)


def test_the_same_word_again_changes_no_moment():
    for day in range(3):
        resolve_assets(
            [said(COIN, *CONTRACTS, home="base")], provider="x", known_at=NOW + timedelta(days=day)
        )
    first = AssetIdentifier.objects.get(namespace="address:base").home_since
    assert first is not None
    settle_homes([], homes={Asset.objects.get().pk: "base"}, known_at=NOW + timedelta(days=9))
    assert AssetIdentifier.objects.get(namespace="address:base").home_since == first


def test_nothing_to_settle(django_assert_num_queries):
    with django_assert_num_queries(0):
        settle_homes([], homes={}, known_at=NOW)
