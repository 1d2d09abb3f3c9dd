from datetime import timedelta

import pytest
from django.utils import timezone

from assets.identity.tickers import SHARE
from assets.models import RefreshRun, RequestLog
from assets.providers.fmp import Fmp
from assets.providers.nasdaqtrader.provider import NasdaqTrader
from assets.sourcing.contract import Need
from assets.sourcing.rows import AssetRef, DisclosureRow
from screener.checklist import CRITERIA
from screener.services.operation import fetch_missing
from screener.services.operation.fetch_missing import ASKED_LATELY, MOST, plan_fetches, start_fetches
from tests.factories.market import observe
from tests.factories.scorecards import make_answered_card, make_asset, make_finding

pytestmark = pytest.mark.django_db

NOW = timezone.now()
VENUE = "liquidity_depth.listing_standing"
MINT, HOLDERS, TREND, CONTRACT = (
    "tokenomics.mint_authority",
    "holder_concentration.holder_count",
    "utility.activity_trend",
    "transparency.verified_source",
)


def token(name, *unknown, **changes):
    """A token on Solana of which these criteria are unknown."""
    asset = make_asset(name, chain="solana", **changes)
    mint = f"z{asset.pk:0>4}".translate(str.maketrans("0", "z")).rjust(43, "A")
    asset.identifiers.create(namespace="address:solana", value=mint)
    make_answered_card(
        asset, *(make_finding(each, "unknown") for each in unknown), make_finding("utility.revenue")
    )
    return asset


def plan(*assets, now=NOW):
    return plan_fetches(assets, now=now)


def sources(made):
    return {(each.provider.name, each.family): {one.id for one in each.criteria} for each in made.fetches}


def test_one_call_is_taken_for_all_that_it_answers():
    (fetch,) = plan(token("Alpha", MINT, HOLDERS, CONTRACT)).fetches
    assert {each.id for each in fetch.criteria} == {MINT, HOLDERS, CONTRACT}
    assert fetch.calls == 1
    rate = fetch.provider.rate
    assert 0 <= fetch.seconds - rate.per_s / rate.calls < 1


def test_what_nobody_tells_stands_apart():
    made = plan(token("Alpha", TREND))
    assert made.fetches == ()
    assert [each.id for each in made.beyond] == [TREND]


def test_everything_answered_needs_nothing():
    made = plan(token("Alpha"))
    assert (made.fetches, made.beyond, made.calls, made.seconds) == ((), (), 0, 0)


def test_of_an_asset_without_a_scorecard_all_is_asked():
    asset = make_asset("New", chain="solana")
    asset.identifiers.create(namespace="address:solana", value="So1" + "1" * 40)
    made = plan(asset)
    asked = {each.id for each in CRITERIA.values() if "token" in each.kinds}
    named = {one.id for fetch in made.fetches for one in fetch.criteria} | {one.id for one in made.beyond}
    assert named == asked


def test_nobody_is_asked_who_does_not_know_the_asset():
    """Its only name is at an exchange: its contract is asked about nowhere."""
    asset = make_asset("Listed", chain="")
    asset.identifiers.create(namespace="currency:gate", value="LST")
    make_answered_card(asset, make_finding(MINT, "unknown"))
    assert plan(asset).fetches == ()


def test_who_counts_commits_is_asked_where_a_repository_is_known():
    coin = make_asset("Listed", chain="")
    coin.identifiers.create(namespace="coingecko", value="listed")
    make_answered_card(coin, make_finding("transparency.roadmap", "unknown"))
    assert ("github", "disclosure") not in sources(plan(coin))
    ref = AssetRef(kind="token", identifiers=(("coingecko", "listed"),))
    channels = {"github": "https://github.com/listed/core"}
    observe(
        DisclosureRow(asset=ref, as_of=NOW, channels=channels),
        family="disclosure",
        at=NOW,
        provider="coingecko",
    )
    RequestLog.objects.create(asset=coin, provider="coingecko", family="disclosure", asked_at=NOW)
    assert sources(plan(coin)) == {("github", "disclosure"): {"transparency.roadmap"}}


def test_who_wants_a_key_is_asked_with_a_key_alone(monkeypatch):
    company = make_asset("Corp", kind="equity", chain="")
    company.identifiers.create(namespace=Fmp.namespaces[0], value="320193")
    make_answered_card(company, make_finding("tokenomics.bid_price", "unknown"))
    monkeypatch.setattr(fetch_missing, "configured", lambda name: Fmp() if name == "fmp" else None)
    assert plan(company).fetches == ()
    monkeypatch.setattr(fetch_missing, "configured", lambda name: Fmp(key="k") if name == "fmp" else None)
    assert {name for name, _family in sources(plan(company))} == {"fmp"}


def test_who_was_asked_within_a_day_gives_way_to_the_next():
    asset = token("Alpha", MINT)
    ((first, family),) = sources(plan(asset))
    log = RequestLog.objects.create(asset=asset, provider=first, family=family, asked_at=NOW)
    (second,) = sources(plan(asset))
    assert second[0] != first
    log.asked_at = NOW - ASKED_LATELY - timedelta(minutes=1)
    log.save()
    assert set(sources(plan(asset))) == {(first, family)}


def test_assets_share_a_source_and_invented_ones_have_none():
    (fetch,) = plan(token("Alpha", MINT), token("Beta", MINT), token("Gamma", MINT, fictional=True)).fetches
    assert len(fetch.asset_ids) == 2
    assert fetch.calls == 2


def test_one_order_is_about_so_many_at_most():
    assets = [token(f"T{number:03}", MINT) for number in range(MOST + 2)]
    assert {len(each.asset_ids) for each in plan(*assets).fetches} == {MOST}


def test_the_plan_costs_a_fixed_number_of_queries(django_assert_num_queries):
    for count in (1, 3):
        assets = [token(f"Q{count}{number}", MINT, HOLDERS) for number in range(count)]
        loaded = list(
            type(assets[0])
            .objects.filter(pk__in=[each.pk for each in assets])
            .prefetch_related("identifiers")
        )
        with django_assert_num_queries(4):
            plan(*loaded)


def test_it_is_ordered(admin_user):
    asset = token("Alpha", MINT)
    started, refused = start_fetches(plan(asset), user=admin_user)
    assert refused == []
    (run,) = started
    assert RefreshRun.objects.get().steps.count() == 1
    assert run.started_by == admin_user


def company(name, **changes):
    """A company that its exchange knows by a ticker, of which the tier of its listing is unknown."""
    asset = make_asset(name, kind="equity", chain="", **changes)
    asset.identifiers.create(namespace=SHARE, value=name)
    make_answered_card(asset, make_finding(VENUE, "unknown"))
    return asset


def test_what_comes_at_once_is_asked_for_once_whatever_the_number_of_assets(admin_user):
    made = plan(company("ALFA"), company("BETA"))
    (fetch,) = (each for each in made.fetches if each.provider.name == "nasdaqtrader")
    assert (len(fetch.asset_ids), fetch.calls) == (2, len(NasdaqTrader().requests(Need(family="venue"))))
    started, refused = start_fetches(made, user=admin_user)
    assert refused == []
    (run,) = (each for each in started if each.provider == "nasdaqtrader")
    assert run.is_walk
    assert run.steps.count() == fetch.calls


def test_what_came_at_once_within_a_day_is_not_asked_for_again():
    walk = RefreshRun.objects.create(
        provider="nasdaqtrader", family="venue", is_walk=True, created_at=NOW, progressed_at=NOW
    )
    asset = company("ALFA")
    assert "nasdaqtrader" not in {name for name, _family in sources(plan(asset))}
    walk.created_at = NOW - ASKED_LATELY - timedelta(minutes=1)
    walk.save()
    assert ("nasdaqtrader", "venue") in sources(plan(asset))


def test_what_comes_at_once_is_no_help_for_whom_it_does_not_know():
    asset = make_asset("Corp", kind="equity", chain="")
    asset.identifiers.create(namespace="cik", value="320193")
    make_answered_card(asset, make_finding(VENUE, "unknown"))
    assert "nasdaqtrader" not in {name for name, _family in sources(plan(asset))}
