"""Two assets that one provider names together become one, and nothing that belonged to either is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from assets.models import (
    FACT_MODELS,
    Asset,
    AssetIdentifier,
    FormerSlug,
    MarketSnapshot,
    PoolSnapshot,
    RefreshRun,
    RefreshStep,
    RequestLog,
)
from assets.services.refreshing import steps
from assets.services.storing.resolve_assets import resolve_assets
from assets.services.storing.store import store_rows
from assets.sourcing.rows import AssetRef, ListingRow, MarketRow, PoolRow
from tests.assets.services.observed import observed

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
ID, CONTRACT, CODE = ("coingecko", "alpha"), ("address:solana", "So1"), ("currency:gate", "AAA")


def ref(*identifiers, **changes):
    return AssetRef(
        **{"kind": "token", "symbol": "AAA", "name": "Alpha", "identifiers": identifiers, **changes}
    )


def store(*rows, provider="x"):
    observation = observed(provider=provider, as_of=NOW, known_at=NOW)
    return store_rows(observation=observation, rows=rows)[1]


def named_together(*identifiers, provider="x", **changes):
    (asset_id,) = store(ListingRow(asset=ref(*identifiers, **changes), as_of=NOW), provider=provider)
    return asset_id


@pytest.fixture
def two(db):
    """A coin by its id with a market, and the same by its contract with a pool."""
    (coin,) = store(MarketRow(asset=ref(ID), as_of=NOW, price_usd=1))
    (token,) = store(
        PoolRow(
            asset=ref(
                CONTRACT, name="AAA / SOL", symbol="aaa", chain="solana", links={"pool": "https://p.example"}
            ),
            as_of=NOW,
            address="P1",
        )
    )
    return coin, token


def test_facts_and_names_of_both_belong_to_the_one_named_first(two):
    coin, _token = two
    assert named_together(ID, CONTRACT, provider="register") == coin
    asset = Asset.objects.get()
    assert asset.pk == coin
    assert {*asset.identifiers.values_list("namespace", "value")} == {ID, CONTRACT}
    assert MarketSnapshot.objects.get().asset_id == PoolSnapshot.objects.get().asset_id == coin
    assert (asset.name, asset.symbol, asset.chain) == ("Alpha", "AAA", "solana")
    assert asset.links == {"pool": "https://p.example"}


def test_the_address_of_the_other_leads_on_and_is_not_given_away(two):
    coin, token = two
    gone = Asset.objects.get(pk=token).slug
    named_together(ID, CONTRACT, provider="register")
    former = FormerSlug.objects.get()
    assert (former.slug, former.asset_id, former.merged_by) == (gone, coin, "register")
    assert Asset.objects.at_address(gone).get().pk == coin
    another = named_together(("address:base", "0x9"), name="AAA / SOL", symbol="aaa")
    assert Asset.objects.get(pk=another).slug != gone


def test_addresses_of_several_are_found_at_once(two):
    slugs = {pk: Asset.objects.get(pk=pk).slug for pk in two}
    coin, token = two
    named_together(ID, CONTRACT)
    found = Asset.objects.addressed_by([*slugs.values(), "nobody"])
    assert {slug: asset.pk for slug, asset in found.items()} == {slugs[coin]: coin, slugs[token]: coin}


def test_what_was_merged_before_moves_on_with_its_addresses(two):
    coin, _token = two
    third_name = ("goplus", "alpha")
    named_together(third_name, name="Alpha at GoPlus")
    named_together(third_name, CONTRACT)
    assert named_together(ID, third_name) == coin
    assert Asset.objects.get().pk == coin
    assert FormerSlug.objects.filter(asset=coin).count() == 2
    assert PoolSnapshot.objects.get().asset_id == coin


def test_the_older_one_stays_whichever_is_named_first(two):
    coin, _token = two
    assert named_together(CONTRACT, ID) == coin
    assert PoolSnapshot.objects.get().asset_id == coin


def test_of_two_request_logs_the_later_stays_with_the_last_answer(two):
    coin, token = two
    earlier, later = NOW - timedelta(days=2), NOW - timedelta(days=1)
    about = {"provider": "x", "family": "holders"}
    RequestLog.objects.create(asset_id=coin, asked_at=later, problem="It does not know it.", **about)
    RequestLog.objects.create(asset_id=token, asked_at=earlier, answered_at=earlier, **about)
    RequestLog.objects.create(asset_id=token, asked_at=later, provider="y", family="pools")
    named_together(ID, CONTRACT)
    holders = RequestLog.objects.get(provider="x")
    assert (holders.asset_id, holders.asked_at, holders.answered_at) == (coin, later, earlier)
    assert holders.problem == "It does not know it."
    assert RequestLog.objects.get(provider="y").asset_id == coin


def test_a_step_that_asks_about_one_that_is_gone_still_ends(two):
    _coin, token = two
    run = RefreshRun.objects.create(
        provider="x", family="holders", asset_id=token, created_at=NOW, progressed_at=NOW, steps_total=1
    )
    step = RefreshStep.objects.create(run=run, key="1", request={}, asked_ids=[token])
    named_together(ID, CONTRACT)
    steps.fail_step(step_id=step.pk, problem="It does not know it.")
    step.refresh_from_db()
    run.refresh_from_db()
    assert (step.state, run.state) == ("failed", "failed")
    assert run.asset_id == two[0]


@pytest.mark.parametrize(
    "contradiction",
    [
        pytest.param({"identifiers": (ID, ("address:solana", "So2"))}, id="a second contract on its chain"),
        pytest.param({"identifiers": (ID,), "kind": "equity"}, id="another kind"),
        pytest.param({"identifiers": (ID,), "fictional": True}, id="an invented one"),
    ],
)
def test_what_contradicts_stays_apart_and_a_name_with_its_owner(db, contradiction):
    coin = named_together(*contradiction.pop("identifiers"), **contradiction)
    token = named_together(CONTRACT)
    assert named_together(ID, CONTRACT) == coin
    assert AssetIdentifier.objects.get(namespace="address:solana", value="So1").asset_id == token
    assert not FormerSlug.objects.exists()


def test_a_code_leads_to_the_coin_and_brings_its_books_along(db):
    listed = named_together(CODE, name="")
    coin = named_together(ID)
    assert named_together(ID, CODE) == coin
    assert Asset.objects.get().pk == coin != listed


def test_a_code_alone_does_not_join_what_is_known_otherwise(db):
    """An exchange gives the code of a delisted coin to another: who told of it first says whose it is now."""
    earlier = named_together(CONTRACT, CODE)
    coin = named_together(ID)
    assert store(ListingRow(asset=ref(ID, CODE), as_of=NOW)) == [earlier, coin]
    leases = AssetIdentifier.objects.filter(namespace="currency:gate").order_by("pk")
    assert [(each.asset_id, each.valid_until is None) for each in leases] == [(earlier, False), (coin, True)]
    assert Asset.objects.count() == 2


def test_hundreds_at_once_cost_few_queries(db, django_assert_max_num_queries):
    pairs = [(("coingecko", f"coin-{n}"), ("address:solana", f"So{n}")) for n in range(150)]
    store(*(MarketRow(asset=ref(name), as_of=NOW, price_usd=1) for pair in pairs for name in pair))
    with django_assert_max_num_queries(2 * len(FACT_MODELS) + 42):
        resolve_assets([ref(*pair) for pair in pairs], provider="x")
    assert Asset.objects.count() == 150
    assert MarketSnapshot.objects.count() == 300
    assert not MarketSnapshot.objects.exclude(asset__identifiers__namespace="coingecko").exists()


def test_contracts_of_two_assets_remember_when_they_became_one(db):
    other = ("address:base", "0x1")
    named_together(CONTRACT)
    named_together(other)
    store(ListingRow(asset=ref(CONTRACT, other), as_of=NOW))
    assert all(row.alone_until for row in AssetIdentifier.objects.all())
    assert AssetIdentifier.objects.count() == 2
