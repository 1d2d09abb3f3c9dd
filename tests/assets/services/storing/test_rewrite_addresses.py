from datetime import UTC, datetime

import pytest

from assets.models import Asset, AssetIdentifier, PoolSnapshot
from assets.services.storing.rewrite_addresses import rewrite_addresses
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
SHORT, LONG = "0x2::coin::COIN", f"0x{2:064x}::coin::COIN"


def stored(slug, *names, chain="", kind="token"):
    """As an earlier version stored it."""
    asset = Asset.objects.create(kind=kind, slug=slug, name=slug, symbol=slug, chain=chain)
    for namespace, value in names:
        AssetIdentifier.objects.create(asset=asset, namespace=namespace, value=value)
    return asset


def names_of(asset):
    return {*asset.identifiers.valid().values_list("namespace", "value")}


def test_a_chain_and_a_contract_are_written_as_everywhere():
    asset = stored("alpha", ("address:the-open-network", "EQpool"), chain="the-open-network")
    done = rewrite_addresses()
    asset.refresh_from_db()
    assert (names_of(asset), asset.chain) == ({("address:ton", "EQpool")}, "ton")
    assert (done.names, done.chains, done.merged) == (1, 1, {})
    assert rewrite_addresses().names == 0


def test_what_two_writings_had_made_is_merged():
    coin = stored("alpha", ("coingecko", "alpha"), ("address:sui", LONG), chain="sui")
    copy = stored("beta", ("address:sui-network", SHORT), chain="sui-network")
    answer = observed(provider="p", as_of=NOW, known_at=NOW)
    PoolSnapshot.objects.create(
        asset=copy, observation=answer, provider="p", as_of=NOW, known_at=NOW, address="0x1"
    )
    done = rewrite_addresses()
    assert done.merged == {copy.pk: coin.pk}
    assert names_of(coin) == {("coingecko", "alpha"), ("address:sui", LONG)}
    assert PoolSnapshot.objects.get().asset_id == coin.pk
    assert Asset.objects.at_address("beta").get() == coin


def test_what_contradicts_itself_otherwise_stays_apart():
    coin = stored("alpha", ("coingecko", "alpha"), ("address:sui", LONG))
    other = stored("beta", ("coingecko", "beta"), ("address:sui", SHORT))
    assert rewrite_addresses().apart == [(other.pk, coin.pk)]
    assert names_of(other) == {("coingecko", "beta")}


def test_two_writings_of_one_asset_are_one_name():
    asset = stored("alpha", ("address:sui", LONG), ("address:sui", SHORT))
    rewrite_addresses()
    assert names_of(asset) == {("address:sui", LONG)}
