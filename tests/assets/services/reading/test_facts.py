from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import isnan

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from assets import providers
from assets.metrics.facts import FRAMES, frame
from assets.metrics.families import RESOLVED
from assets.metrics.measure import measure
from assets.models import Asset, RefreshRun
from assets.providers.evm_rpc.provider import nodes
from assets.services.reading.facts import facts_of
from assets.services.storing.store import store_rows
from assets.sourcing import rows as told
from tests.assets.services.observed import observed

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
    observation = observed(provider=provider, as_of=NOW, known_at=known_at)
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


def test_a_frame_that_nobody_told_of_has_the_types_of_every_other():
    store(price(ALPHA, "2"))
    facts = facts_of(ids(), now=NOW)
    for name in FRAMES:
        found, empty = getattr(facts, name), frame(name, ())
        assert found.dtypes.to_dict() == empty.dtypes.to_dict(), name
        assert found.index.dtype == empty.index.dtype, name


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
    older = store(pool("p1", 10, days_ago=1), pool("p2", 5, days_ago=1))
    newest = store(pool("p1", 20))
    facts = facts_of(ids(), now=NOW)
    assert sorted(facts.pools["reserve_usd"]) == [5.0, 20.0]
    assert facts.sources["observation_id"].tolist() == [newest.pk, older.pk], "the newest stands first"


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
    with django_assert_max_num_queries(len(RESOLVED) + 17):
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


def test_what_an_analyst_knows_of_a_venue_stands_beside_what_others_tell():
    def venue(**told_of):
        return told.VenueRow(asset=ALPHA, as_of=NOW, **told_of)

    RefreshRun.objects.create(provider="analyst", family="venue", created_at=NOW, progressed_at=NOW)
    store(venue(venue="OTC Markets", paid_promotion=True), provider="analyst")
    store(venue(venue="OTCQB", tier="otcqb", suspended_24m=False, paid_promotion=False))
    (row,) = facts_of(ids(), now=NOW).venues.to_dict("records")
    assert (row["listed_on"], row["tier"]) == ("OTC Markets", "otcqb")
    assert (row["paid_promotion"], row["suspended_24m"]) == (1, 0)
    assert isnan(row["threshold_list"]), "nobody has told"


def test_what_is_told_of_contract_pool_and_channels_is_read():
    store(
        told.ContractRow(asset=ALPHA, as_of=NOW, creator_rugs=2, mint_authority="dao", proxy=False),
        told.DisclosureRow(
            asset=ALPHA, as_of=NOW, channels={"x": "https://example.org"}, channels_linked=True
        ),
        told.PoolRow(
            asset=ALPHA,
            as_of=NOW,
            address="p1",
            lp_largest_free_share=0.4,
            lp_free_holder_is_wallet=False,
        ),
    )
    found = facts_of(ids(), now=NOW)
    contract = found.contract[["creator_rugs", "mint_authority", "proxy"]]
    assert contract.to_numpy().tolist() == [[2, "dao", 0]]
    assert found.contract["pausable"].isna().all()
    assert found.disclosure[["channels", "channels_linked"]].to_numpy().tolist() == [[1, 1]]
    assert found.pools[["lp_largest_free_share", "lp_free_holder_is_wallet"]].to_numpy().tolist() == [
        [0.4, 0]
    ]


# Places of different ages --------------------------------------------------------------


def book(venue, depth, *, hours_ago=0, **fields):
    return told.BookRow(
        asset=ALPHA,
        as_of=NOW - timedelta(hours=hours_ago),
        venue=venue,
        pair="A/USDT",
        depth_down_usd=depth and Decimal(depth),
        **fields,
    )


def measured(**how):
    measures = measure(facts_of(ids(), now=NOW, **how), position_usd=1_000)
    return measures.reset_index(drop=True)


HOURS_AGO = st.sampled_from([0, 1, 20, 24])
LONG_AGO = st.sampled_from([7 * 24 + 1, 300, 960])
SIZES = st.sampled_from([300, 40_000, 90_000])
ORDERS = ((Decimal("0.99"), Decimal(50_000)),), ((Decimal("1.01"), Decimal(50_000)),)


def places(number, size, hours_ago):
    bids, asks = ORDERS
    quotes = {"bid_usd": Decimal("0.99"), "ask_usd": Decimal("1.01"), "volume_24h_usd": Decimal(size)}
    return (
        book(f"V{number}", size, hours_ago=hours_ago, bids=bids, asks=asks, **quotes),
        told.PoolRow(
            asset=ALPHA,
            as_of=NOW - timedelta(hours=hours_ago),
            address=f"p{number}",
            pool_type="constant_product",
            price_usd=Decimal(1),
            reserve_usd=Decimal(size),
            volume_24h_usd=Decimal(size),
            buys_24h=size,
            lp_burned_share=0.5,
        ),
    )


@pytest.mark.slow("assets/metrics", "assets/models", "assets/services")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8, deadline=None)
@given(
    fresh=st.lists(st.tuples(SIZES, HOURS_AGO), min_size=1, max_size=3),
    old=st.lists(st.tuples(SIZES, LONG_AGO), min_size=1, max_size=3),
    random=st.randoms(use_true_random=False),
)
def test_places_too_old_beside_fresh_ones_change_no_measure(fresh, old, random):
    Asset.objects.all().delete()
    answers = [(number, *each) for number, each in enumerate(fresh)]
    beside = [(number, *each) for number, each in enumerate(old, start=len(fresh))]
    random.shuffle(answers)
    kept = [store(*places(*each)).pk for each in answers]
    alone = measured()
    for each in beside:
        store(*places(*each), provider="geckoterminal")
    assert_frame_equal(measured(), alone)
    facts = facts_of(ids(), now=NOW)
    assert {*facts.sources["observation_id"]} == {*kept}, "so that the card's observations say the same"
    Asset.objects.all().delete()
    for each in [*beside, *answers[::-1]]:
        store(*places(*each), provider="coingecko" if each in beside else "sandbox")
    # Sums of the same numbers in another order.
    assert_frame_equal(measured(), alone, rtol=1e-12)


@pytest.mark.parametrize(
    ("left_out", "depth", "count"), [(290, 300, 1), (301, None, 1), (0, 300, 1), (None, 300, None)]
)
def test_what_is_left_out_for_its_age_is_said_and_bounds_the_depth(left_out, depth, count):
    """Beside 300 of today what was 300 yesterday may be as much again."""
    if left_out is not None:
        store(book("Old", left_out, hours_ago=30), provider="geckoterminal")
        store(book("Old", 9_000, hours_ago=90), provider="coingecko")
    store(book("Now", 300))
    found = measured()[["depth_down_usd", "venues_outdated"]].iloc[0].tolist()
    assert found == pytest.approx([depth or float("nan"), count or float("nan")], nan_ok=True)
    facts = facts_of(ids(), now=NOW)
    again = facts_of(ids(), now=NOW, observations=[*facts.sources["observation_id"]])
    assert_frame_equal(again.outdated, facts.outdated)


def test_a_pool_left_out_counts_as_the_common_kind_unless_nobody_sells_into_it():
    old = {"asset": ALPHA, "as_of": NOW - timedelta(hours=30), "reserve_usd": Decimal(90_000)}
    store(told.PoolRow(**old, address="fake", quote_is_listed=False), book("Now", 300))
    store(told.PoolRow(**old, address="curve", pool_type="bonding_curve"))
    assert measured()["venues_outdated"].isna().all()
    store(told.PoolRow(**old, address="old"), pool("p", 20))
    facts = facts_of(ids(), now=NOW)
    assert facts.outdated["reserve_usd"].tolist() == [90_000]
    assert measured()["depth_down_usd"].isna().all()


def test_places_that_nobody_was_asked_about_lately_keep_what_they_said():
    store(book("Old", 90_000, hours_ago=960), book("Other", 300, hours_ago=970))
    assert measured()["depth_down_usd"].tolist() == [90_300]


def test_the_depth_of_an_old_answer_is_none_of_a_book_that_another_one_tells_of():
    """A ticker of today beside the orders of last month."""
    store(book("Gate", 90_000, hours_ago=960), provider="geckoterminal")
    store(book("Gate", None, bid_usd=Decimal(1), ask_usd=Decimal("1.01")), provider="coingecko")
    (found,) = facts_of(ids(), now=NOW).books.to_dict("records")
    assert (found["bid_usd"], isnan(found["depth_down_usd"])) == (1, True)


def test_what_a_pool_is_outlasts_what_is_traded_in_it():
    old = told.PoolRow(
        asset=ALPHA,
        as_of=NOW - timedelta(days=20),
        address="p",
        lp_burned_share=0.5,
        reserve_usd=Decimal(90_000),
        volume_24h_usd=Decimal(5),
    )
    store(old, provider="coingecko")
    newest = store(pool("p", 20))
    facts = facts_of(ids(), now=NOW)
    (found,) = facts.pools.to_dict("records")
    assert (found["reserve_usd"], found["lp_burned_share"]) == (20, 0.5)
    assert isnan(found["volume_24h_usd"])
    assert facts.sources["observation_id"].iloc[0] == newest.pk
    assert_frame_equal(facts.pools, facts_of(ids(), now=NOW, observations=observations_of(facts)).pools)


def test_a_family_is_as_old_as_the_newest_answer_that_tells_of_its_trade():
    trade = store(pool("p", 20, days_ago=3))
    store(told.PoolRow(asset=ALPHA, as_of=NOW, address="p", lp_burned_share=0.5), provider="geckoterminal")
    facts = facts_of(ids(), now=NOW)
    assert facts.pools["reserve_usd"].tolist() == [20]
    assert facts.sources["observation_id"].iloc[0] == trade.pk


# The same facts again ---------------------------------------------------------------


def test_a_holder_is_a_pool_by_whoever_names_the_pool_and_whenever():
    held = (
        told.Position(holder_type="contract", share=0.4, address="0xpool"),
        told.Position(holder_type="contract", share=0.2, address="0xother"),
    )
    store(told.HolderRow(asset=ALPHA, as_of=NOW, positions=held), provider="sandbox")
    assert facts_of(ids(), now=NOW).positions["holder_type"].tolist() == ["contract", "contract"]
    store(pool("0xpool", 20), provider="geckoterminal")
    facts = facts_of(ids(), now=NOW)
    assert facts.positions["holder_type"].tolist() == ["pool", "contract"]
    assert measure(facts, position_usd=5_000)["largest_wallet_share"].isna().all()
    assert_same(facts, facts_of(ids(), now=NOW, observations=observations_of(facts)))


FRAMES_TOLD = ("market", "supply", "pools", "holders", "positions", "unlocks", "audits")


def observations_of(facts):
    return sorted(set(facts.sources["observation_id"].tolist()))


def assert_same(facts, again):
    for name in FRAMES_TOLD:
        assert_frame_equal(getattr(facts, name).reset_index(), getattr(again, name).reset_index())


def test_its_observations_give_the_same_facts_again_whatever_came_later():
    positions = (told.Position(holder_type="wallet", share=0.5),)
    store(supply(80, days_ago=365), known_at=NOW - timedelta(days=365))
    store(price(ALPHA, "1"), supply(100), pool("p1", 10, days_ago=1), pool("p2", 5, days_ago=1))
    store(pool("p1", 20), told.HolderRow(asset=ALPHA, as_of=NOW, positions=positions))
    facts = facts_of(ids(), now=NOW)
    store(price(ALPHA, "9"), supply(900), supply(7, days_ago=366), pool("p1", 90), pool("p3", 1))
    store(told.HolderRow(asset=ALPHA, as_of=NOW, holder_count=9))
    assert facts_of(ids(), now=NOW).market["price_usd"].tolist() == [9.0]
    assert_same(facts, facts_of(ids(), now=NOW, observations=observations_of(facts)))


def test_sources_name_who_told_of_a_year_ago():
    earlier = store(supply(80, days_ago=365))
    newest = store(supply(100))
    sources = facts_of(ids(), now=NOW).sources
    assert sources["observation_id"].tolist() == [newest.pk, earlier.pk], "the main one stands first"
    assert set(sources["family"]) == {"supply"}


def test_a_year_ago_is_what_was_known_of_it():
    store(supply(100), known_at=NOW - timedelta(hours=2))
    store(supply(80, days_ago=365), known_at=NOW)
    assert (
        facts_of(ids(), now=NOW, known_by=NOW - timedelta(hours=1))
        .supply["circulating_year_ago"]
        .isna()
        .all()
    )
    assert facts_of(ids(), now=NOW).supply["circulating_year_ago"].tolist() == [80.0]


def test_who_lost_the_weighing_is_named_beside_every_family():
    """Its row makes another one look old; without it that one would win."""
    hours_ago = NOW - timedelta(hours=30)
    superseded = store(
        told.MarketRow(asset=ALPHA, as_of=hours_ago, price_usd=Decimal(1)), provider="coingecko"
    )
    winner = store(
        told.MarketRow(asset=ALPHA, as_of=NOW - timedelta(hours=10), price_usd=Decimal(2)),
        provider="geckoterminal",
    )
    newest = store(told.MarketRow(asset=ALPHA, as_of=NOW), provider="sandbox")
    facts = facts_of(ids(), now=NOW)
    assert facts.market["price_usd"].tolist() == [2.0]
    named = facts.sources.groupby("family")["observation_id"].apply(list).to_dict()
    assert named == {"market": [winner.pk], "": [superseded.pk, newest.pk]}
    assert_same(facts, facts_of(ids(), now=NOW, observations=observations_of(facts)))
    without = facts_of(ids(), now=NOW, observations=[superseded.pk, winner.pk])
    assert without.market["price_usd"].tolist() == [1.0]


def test_what_an_analyst_has_looked_up_is_not_questioned_by_the_vendor():
    one = ref("one")
    vendor = told.MarketRow(asset=one, as_of=NOW, price_usd=Decimal(1), market_cap_usd=Decimal(900))
    store(vendor, told.SupplyRow(asset=one, as_of=NOW, circulating=Decimal(3)), provider="coingecko")
    assert facts_of(ids(), now=NOW).questions["field"].tolist() == ["market_cap_usd"]
    RefreshRun.objects.create(provider="analyst", family="supply", created_at=NOW, progressed_at=NOW)
    store(told.SupplyRow(asset=one, as_of=NOW, circulating=Decimal(5)), provider="analyst")
    facts = facts_of(ids(), now=NOW)
    assert facts.questions.empty
    assert facts.supply["circulating"].tolist() == [5.0]


def test_what_witnesses_compare_has_the_moment_of_its_own_row():
    of_price, of_count = NOW - timedelta(days=900), NOW - timedelta(days=1)
    cap = told.MarketRow(asset=ALPHA, as_of=of_price, price_usd=Decimal(2), market_cap_usd=Decimal(20))
    store(cap, told.HolderRow(asset=ALPHA, as_of=of_count, holder_count=7))
    facts = facts_of(ids(), now=NOW)
    assert facts.market["units_in_cap_at"].tolist() == [of_price]
    assert facts.market["volume_24h_usd_at"].isna().all()
    assert facts.holders["holder_count_at"].tolist() == [of_count]
    assert facts.holders["positions_at"].isna().all()


def test_what_only_an_old_answer_knows_is_aged():
    supply_of = {"asset": ALPHA, "total": Decimal(100)}
    store(supply(80, days_ago=90), provider="coingecko")
    store(told.SupplyRow(as_of=NOW, **supply_of), provider="geckoterminal")
    facts = facts_of(ids(), now=NOW)
    assert facts.supply["circulating"].tolist() == [80]
    (aged,) = facts.aged.to_dict("records")
    assert (aged["frame"], aged["field"]) == ("supply", "circulating")
    assert aged["as_of"] == NOW - timedelta(days=90)


def test_what_two_nodes_tell_differently_is_questioned_and_said_again_from_its_sources(monkeypatch):
    monkeypatch.setenv("ASSAY_EVM_RPC_1_SECOND_URL", "https://node.example")
    monkeypatch.setattr(providers, "PROVIDERS", (*providers.PROVIDERS, *nodes()[:2]))
    chain = told.AssetRef(kind="token", identifiers=(("address:ethereum", "0x" + "a" * 40),), name="A")
    for provider, total in (("evm_rpc_1", 100), ("evm_rpc_1_second", 150)):
        RefreshRun.objects.create(provider=provider, family="contract", created_at=NOW, progressed_at=NOW)
        store(told.SupplyRow(asset=chain, as_of=NOW, total=Decimal(total)), provider=provider)
    facts = facts_of(ids(), now=NOW)
    assert facts.supply["total"].isna().all()
    assert facts.questions[["frame", "field", "value", "witness", "against"]].to_numpy().tolist() == [
        ["supply", "total", 100.0, "other_node", 150.0]
    ]
    again = facts_of(ids(), now=NOW, observations=[*facts.sources["observation_id"]])
    assert_frame_equal(again.questions, facts.questions)


@pytest.mark.parametrize(
    ("doubt", "form", "level"),
    [
        ("none", "", 0),
        ("none", "10-K", None),
        ("none", "10-Q", None),
        ("stated", "10-K", None),
        ("stated", "10-Q", 2),
    ],
)
def test_a_report_that_is_listed_and_not_read_ends_an_earlier_ones_word(doubt, form, level):
    for provider in ("sec_data", "sec_www"):
        RefreshRun.objects.create(provider=provider, family="filings", created_at=NOW, progressed_at=NOW)
    company = told.AssetRef(kind="equity", identifiers=(("cik", "7"),), name="Acme")

    def listed(form, days_ago):
        filed_at = (NOW - timedelta(days=days_ago)).replace(hour=0)
        return told.FilingEventRow(
            asset=company,
            as_of=filed_at,
            accession=f"{form} {days_ago}",
            form=form,
            filed_on=filed_at.date(),
            subject="going_concern",
            event="listed",
        )

    later = [listed(form, 3)] if form else []
    summary = told.FilingRow(asset=company, as_of=NOW, filings_due_24m=4)
    store(summary, listed("10-K", 90), *later, provider="sec_data")
    read_at = (NOW - timedelta(days=90)).replace(hour=0)
    store(told.FilingRow(asset=company, as_of=read_at, going_concern=doubt), provider="sec_www")
    measured = measure(facts_of(ids(), now=NOW), position_usd=1_000)["going_concern_level"].iloc[0]
    assert (None if isnan(measured) else measured) == level
