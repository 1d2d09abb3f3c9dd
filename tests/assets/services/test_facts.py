from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, Observation, Payload, RefreshRun
from assets.services.facts import facts_of
from assets.services.store import store_rows
from assets.sourcing import rows as told

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def asked_once(db):
    """Facts are looked for where somebody was ever asked."""
    for provider in ("sandbox", "coingecko", "geckoterminal"):
        RefreshRun.objects.create(provider=provider, family="market", created_at=NOW, progressed_at=NOW)


def ref(name):
    return told.AssetRef(kind="token", identifiers=(("x", name),), name=name)


ALPHA, BETA = ref("Alpha"), ref("Beta")


def store(*rows, provider="sandbox", known_at=NOW):
    observation = Observation.objects.create(
        provider=provider,
        family="market",
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=NOW,
        known_at=known_at,
    )
    store_rows(observation=observation, rows=rows)
    return observation


def ids():
    return list(Asset.objects.order_by("pk").values_list("pk", flat=True))


def price(asset, value, *, days_ago=0):
    return told.MarketRow(asset=asset, as_of=NOW - timedelta(days=days_ago), price_usd=Decimal(value))


def test_the_newest_as_of_counts_whenever_it_arrived():
    store(price(ALPHA, "2"))
    store(price(ALPHA, "1", days_ago=3))
    assert facts_of(ids(), now=NOW).market["price_usd"].tolist() == [2.0]


def test_of_two_rows_of_one_moment_the_later_stored_counts():
    store(price(ALPHA, "2"))
    store(price(ALPHA, "3"))
    assert facts_of(ids(), now=NOW).market["price_usd"].tolist() == [3.0]


def test_what_was_learnt_later_can_be_left_out():
    store(price(ALPHA, "1", days_ago=1), known_at=NOW - timedelta(hours=5))
    store(price(ALPHA, "2"), known_at=NOW)
    earlier = facts_of(ids(), now=NOW, known_by=NOW - timedelta(hours=1))
    assert earlier.market["price_usd"].tolist() == [1.0]


def test_an_asset_of_which_nothing_is_known_is_in_the_batch_and_in_no_frame():
    store(told.ListingRow(asset=ALPHA, as_of=NOW), price(BETA, "1"))
    facts = facts_of(ids(), now=NOW)
    assert len(facts.assets) == 2
    assert len(facts.market) == 1
    assert facts.pools.empty


def test_only_the_assets_asked_for_are_read():
    store(price(ALPHA, "1"), price(BETA, "2"))
    alpha, _beta = ids()
    assert facts_of([alpha], now=NOW).market.index.tolist() == [alpha]


def test_sources_name_provider_observation_and_moments():
    observation = store(price(ALPHA, "1", days_ago=2), provider="coingecko")
    (source,) = facts_of(ids(), now=NOW).sources.to_dict("records")
    assert (source["family"], source["provider"]) == ("market", "coingecko")
    assert source["observation_id"] == observation.pk
    assert source["as_of"] == NOW - timedelta(days=2)
    assert source["known_at"] == NOW


def pool(address, reserve, *, days_ago=0):
    return told.PoolRow(
        asset=ALPHA, as_of=NOW - timedelta(days=days_ago), address=address, reserve_usd=Decimal(reserve)
    )


def test_each_pool_counts_once_with_its_newest_state():
    store(pool("p1", 10, days_ago=1), pool("p2", 5, days_ago=1))
    newest = store(pool("p1", 20))
    facts = facts_of(ids(), now=NOW)
    assert sorted(facts.pools["reserve_usd"]) == [5.0, 20.0]
    assert facts.sources["observation_id"].tolist() == [newest.pk]


def supply(circulating, *, days_ago=0):
    return told.SupplyRow(asset=ALPHA, as_of=NOW - timedelta(days=days_ago), circulating=Decimal(circulating))


@pytest.mark.parametrize(("days_ago", "known"), [(334, False), (335, True), (400, True), (401, False)])
def test_supply_of_a_year_ago_is_one_of_about_a_year_ago(days_ago, known):
    store(supply(100), supply(80, days_ago=days_ago))
    (year_ago,) = facts_of(ids(), now=NOW).supply["circulating_year_ago"]
    assert (year_ago == 80) is known


def test_positions_unlocks_and_audits_are_those_of_the_newest_snapshot():
    def holders(share, *, days_ago):
        return told.HolderRow(
            asset=ALPHA,
            as_of=NOW - timedelta(days=days_ago),
            positions=(told.Position(holder_type="wallet", share=share),),
        )

    def audit(firm, *, days_ago):
        reports = (told.AuditReport(firm=firm),)
        return told.DisclosureRow(asset=ALPHA, as_of=NOW - timedelta(days=days_ago), audits=reports)

    store(holders(0.5, days_ago=9), holders(0.25, days_ago=0))
    store(audit("Old", days_ago=9), audit("New", days_ago=0))
    facts = facts_of(ids(), now=NOW)
    assert facts.positions["share"].tolist() == [0.25]
    assert facts.audits["firm"].tolist() == ["New"]
    assert facts.disclosure["channels"].isna().all(), "who only lists audits has said nothing of channels"


def test_reading_costs_the_same_queries_for_one_asset_and_for_many(django_assert_max_num_queries):
    store(*(price(ref(f"Coin {n}"), "1") for n in range(40)), *(supply(n) for n in (1, 2)))
    with django_assert_max_num_queries(15):
        facts = facts_of(ids(), now=NOW)
    assert len(facts.market) == 40


def test_of_several_providers_the_first_that_knows_a_field_tells_it():
    first = store(
        told.MarketRow(asset=ALPHA, as_of=NOW - timedelta(hours=3), price_usd=Decimal(2)),
        provider="coingecko",
    )
    second = store(
        told.MarketRow(asset=ALPHA, as_of=NOW, price_usd=Decimal(3), volume_24h_usd=Decimal(7)),
        provider="geckoterminal",
    )
    facts = facts_of(ids(), now=NOW)
    assert facts.market[["price_usd", "volume_24h_usd"]].to_numpy().tolist() == [[2.0, 7.0]]
    assert facts.sources["observation_id"].tolist() == [first.pk, second.pk]


def test_holders_are_listed_by_the_first_provider_that_names_any():
    positions = (told.Position(holder_type="wallet", share=0.5),)
    store(told.HolderRow(asset=ALPHA, as_of=NOW, holder_count=9), provider="geckoterminal")
    store(told.HolderRow(asset=ALPHA, as_of=NOW, positions=positions), provider="sandbox")
    facts = facts_of(ids(), now=NOW)
    assert facts.holders["holder_count"].tolist() == [9]
    assert facts.positions["share"].tolist() == [0.5]
