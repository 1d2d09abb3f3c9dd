"""What was said of a contract counts as long as this contract speaks for its asset."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, RefreshRun
from assets.services.reading.facts import facts_of
from assets.services.reading.validity import asked_by_contract, contracts_since
from assets.services.storing.store import store_rows
from assets.sourcing.rows import AssetRef, ContractRow, HolderRow, ListingRow, MarketRow
from tests.assets.services.observed import observed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
COIN, OLD, NEW = ("coingecko", "alpha"), ("address:bsc", "0x1"), ("address:bsc", "0x2")


def store(hours, *rows, provider):
    moment = NOW + timedelta(hours=hours)
    observation = observed(provider=provider, as_of=moment, known_at=moment)
    RefreshRun.objects.create(provider=provider, family="market", created_at=NOW, progressed_at=NOW)
    store_rows(observation=observation, rows=[row(moment) for row in rows])
    return observation


def ref(*identifiers):
    return AssetRef(
        kind="token", identifiers=identifiers, complete=("address:",) if len(identifiers) > 1 else ()
    )


def listed(contract):
    return lambda moment: ListingRow(asset=ref(COIN, contract), as_of=moment)


def examined(contract, tax):
    return lambda moment: ContractRow(asset=ref(contract), as_of=moment, sell_tax_share=tax)


def counted(contract, count):
    return lambda moment: HolderRow(asset=ref(contract), as_of=moment, holder_count=count)


def priced(moment):
    return MarketRow(asset=ref(COIN), as_of=moment, price_usd=Decimal(7))


def facts(hours=9, **known):
    return facts_of([Asset.objects.order_by("pk")[0].pk], now=NOW + timedelta(hours=hours), **known)


def test_what_was_said_of_the_former_contract_counts_no_longer():
    store(0, listed(OLD), priced, provider="coingecko")
    answer = store(1, examined(OLD, 0.12), counted(OLD, 47_000), provider="goplus")
    before = facts(1.5)
    assert (before.contract["sell_tax_share"].tolist(), before.holders["holder_count"].tolist()) == (
        [0.12],
        [47_000],
    )
    store(2, listed(NEW), provider="coingecko")
    after = facts()
    assert (len(after.contract), len(after.holders)) == (0, 0)
    assert after.market["price_usd"].tolist() == [7]
    again = facts(1.5, observations=[*before.sources["observation_id"], answer.pk])
    assert again.contract["sell_tax_share"].tolist() == [0.12]
    store(3, examined(NEW, 0.02), provider="goplus")
    assert facts().contract["sell_tax_share"].tolist() == [0.02]


def test_so_it_is_when_the_home_turns_out_to_be_elsewhere():
    bridged, home = ("address:base", "0x3"), ("address:ethereum", "0x4")
    store(0, examined(bridged, 0.5), provider="goplus")
    store(1, lambda moment: ListingRow(asset=ref(COIN, bridged, home), as_of=moment), provider="coingecko")
    store_of = Asset.objects.get()
    assert store_of.chain == "ethereum"
    assert contracts_since([store_of.pk], NOW + timedelta(hours=9)) == {store_of.pk: NOW + timedelta(hours=1)}
    assert len(facts().contract) == 0
    assert len(facts(0.5).contract) == 1


def test_who_knows_assets_by_contracts_alone():
    assert {"goplus", "geckoterminal", "dexscreener"} <= {*asked_by_contract()}
    assert not {"coingecko", "analyst", "gate", "sandbox"} & {*asked_by_contract()}
