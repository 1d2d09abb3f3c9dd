import math
from datetime import UTC, datetime, timedelta

import pytest

from assets.metrics import families
from assets.metrics.family import REST, SCREENED, TIERS, WATCHED
from assets.models import Asset, FilingEvent, Observation, Payload, RefreshRun, RefreshStep, RequestLog
from assets.providers import PROVIDERS
from assets.services.refreshing import schedule
from assets.sourcing.contract import Rate
from tests.assets.services.vendor import Vendor

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def vendor(scores, monkeypatch):
    monkeypatch.setattr(schedule, "configured", lambda name: Vendor())
    return Vendor()


@pytest.fixture
def coins(db):
    made = [Asset.objects.create(kind="token", slug=f"coin-{n}", name=f"Coin {n}") for n in range(4)]
    for number, asset in enumerate(made):
        asset.identifiers.create(namespace="vendor", value=f"coin-{number}")
    return [asset.pk for asset in made]


def asked(asset_id, *, days_ago, family="holders"):
    moment = NOW - timedelta(days=days_ago)
    RequestLog.objects.create(
        asset_id=asset_id, provider="vendor", family=family, asked_at=moment, answered_at=moment
    )


def walked(*, hours_ago, state="done"):
    moment = NOW - timedelta(hours=hours_ago)
    return RefreshRun.objects.create(
        provider="vendor",
        family="market",
        is_walk=True,
        state=state,
        created_at=moment,
        progressed_at=moment,
    )


def due(vendor, interest=None):
    found = schedule.due_at(vendor, interest=interest or {}, now=NOW)
    return sorted(found, key=lambda each: -each.usefulness)


def test_who_only_finds_assets_is_not_walked_before_they_have_names_there(vendor):
    vendor.namespaces = ("share:us",)
    assert due(vendor) == []
    company = Asset.objects.create(kind="equity", slug="aurelium-mining")
    company.identifiers.create(namespace="share:us", value="AURM")
    assert [(each.family, each.asset_id) for each in due(vendor) if each.asset_id is None] == [
        ("market", None)
    ]


def test_a_walk_is_due_an_interval_after_the_last_one_and_never_twice_at_a_time(vendor):
    assert [(each.family, each.asset_id) for each in due(vendor)] == [("market", None)]
    last = walked(hours_ago=19)
    assert due(vendor) == []
    RefreshRun.objects.filter(pk=last.pk).update(created_at=NOW - timedelta(hours=21))
    assert [each.family for each in due(vendor)] == ["market"]
    RefreshRun.objects.filter(pk=last.pk).update(state="running")
    assert due(vendor) == []


def test_a_refresh_of_a_few_assets_is_no_walk(vendor):
    run = walked(hours_ago=1)
    RefreshRun.objects.filter(pk=run.pk).update(is_walk=False)
    assert [each.family for each in due(vendor)] == ["market"]


def test_what_is_watched_comes_first_and_then_who_waited_longest(vendor, coins):
    walked(hours_ago=1)
    asked(coins[0], days_ago=200)
    asked(coins[1], days_ago=95)
    asked(coins[2], days_ago=4)
    asked(coins[3], days_ago=1)
    refreshes = due(vendor, {coins[2]: WATCHED, coins[3]: SCREENED})
    assert [(each.asset_id, each.tier) for each in refreshes] == [
        (coins[2], WATCHED),
        (coins[0], REST),
        (coins[1], REST),
    ]


def test_who_filed_something_is_due_at_once_where_somebody_is_interested(scores):
    class Filings(Vendor):
        families = ("filings",)
        per_asset = frozenset({"filings"})

    made = [Asset.objects.create(kind="equity", slug=f"company-{n}") for n in range(3)]
    for number, company in enumerate(made):
        company.identifiers.create(namespace="vendor", value=f"company-{number}")
        asked(company.pk, days_ago=0.5, family="filings")
    observation = Observation.objects.create(
        provider="vendor",
        family="filing_events",
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        as_of=NOW,
        known_at=NOW,
    )
    for company, hours_ago in ((made[0], 1), (made[1], 20), (made[2], 1)):
        FilingEvent.objects.create(
            asset=company,
            observation=observation,
            provider="vendor",
            as_of=NOW,
            known_at=NOW - timedelta(hours=hours_ago),
            accession="1",
            form="8-K",
            filed_on=NOW.date(),
            subject="document",
            event="indexed",
        )
    interest = {made[0].pk: SCREENED, made[1].pk: SCREENED}
    assert [each.asset_id for each in due(Filings(), interest)] == [made[0].pk]


def test_an_asset_that_was_never_asked_about_is_due(vendor, coins):
    walked(hours_ago=1)
    assert {each.asset_id for each in due(vendor)} == set(coins)


def test_what_waits_already_is_not_asked_for_again(vendor, coins):
    walked(hours_ago=1)
    run = schedule.schedule_runs(["vendor"], interest={coins[1]: WATCHED}, now=NOW)[0]
    assert run.priority == WATCHED
    assert [step.asked_ids for step in run.steps.all()] == [[coins[1]]]
    assert due(vendor) == []


def test_no_more_is_scheduled_than_the_rate_and_the_day_allow(vendor, coins, monkeypatch):
    walked(hours_ago=1)
    slow = Vendor(rate=Rate(calls=1, per_s=90))
    monkeypatch.setattr(schedule, "configured", lambda name: slow)
    assert schedule.calls_left(slow, now=NOW) == 2
    schedule.schedule_runs(["vendor"], interest={}, now=NOW)
    assert RefreshStep.objects.count() == 2
    assert schedule.schedule_runs(["vendor"], interest={}, now=NOW) == []


def test_where_somebody_looks_the_call_that_could_answer_most_comes_first(vendor, coins, monkeypatch):
    walked(hours_ago=1)
    slow = Vendor(rate=Rate(calls=1, per_s=180))
    monkeypatch.setattr(schedule, "configured", lambda name: slow)
    assert schedule.calls_left(slow, now=NOW) == 1
    looked_at = []

    def open_shares(asked, asset_ids):
        looked_at.append((asked, asset_ids))
        return {(asset_id, "holders"): place / 10 for place, asset_id in enumerate(sorted(asset_ids))}

    interest = dict.fromkeys(coins[:2], WATCHED)
    schedule.schedule_runs(["vendor"], interest=interest, now=NOW, open_shares=open_shares)
    assert looked_at == [(slow, {*coins[:2]})], "what nobody looks at is not worth a look at its scorecard"
    assert [step.asked_ids for step in RefreshStep.objects.all()] == [[max(coins[:2])]]


@pytest.mark.parametrize(("hour", "left"), [(0, 10), (12, 60), (23, 100)])
def test_a_days_calls_are_spread_over_the_day(vendor, hour, left):
    daily = Vendor(daily_calls=100)
    assert schedule.calls_left(daily, now=NOW.replace(hour=hour)) == pytest.approx(left, abs=1)


def test_what_waits_counts_against_the_day(vendor, coins, monkeypatch):
    walked(hours_ago=1)
    daily = Vendor(daily_calls=100)
    monkeypatch.setattr(schedule, "configured", lambda name: daily)
    before = schedule.calls_left(daily, now=NOW)
    schedule.schedule_runs(["vendor"], interest={}, now=NOW)
    assert RefreshStep.objects.count() == 4
    assert schedule.calls_left(daily, now=NOW) == before - 4


def test_the_forecast_counts_what_is_known_or_supposed(vendor, coins):
    known, calls = schedule.forecast(vendor, assets=None, watched=1, screened=0)
    assert calls == 864_000
    sizes = {(each.demand.family, each.demand.tier): each.demand.assets for each in known}
    assert sizes == {(families.MARKET, REST): 4, (families.HOLDERS, WATCHED): 1, (families.HOLDERS, REST): 3}
    supposed, _calls = schedule.forecast(vendor, assets=18_000, watched=50, screened=500)
    assert sum(each.demand.assets for each in supposed if each.demand.family == families.HOLDERS) == 18_000


OF_SHARES = {"sec_data", "sec_www", "fmp"}
INVENTED = {"sandbox", "analyst"}


def ages_within_free_calls(kind, *, assets=5_000, watched=50, screened=500):
    """By family and tier the least age that any provider reaches with the free calls of its key, in days."""
    ages = {}
    for vendor in (each() for each in PROVIDERS if each.name not in INVENTED):
        if (vendor.name in OF_SHARES) != (kind == families.EQUITY):
            continue
        allotments, _calls = schedule.forecast(vendor, assets=assets, watched=watched, screened=screened)
        for each in (one for one in allotments if one.age_days is not None):
            is_walk = each.demand.family not in vendor.per_asset and each.demand.assets == assets
            for tier in TIERS if is_walk else (each.demand.tier,):
                key = each.demand.family, tier
                ages[key] = min(ages.get(key, math.inf), each.age_days)
    return ages


@pytest.mark.parametrize("kind", families.KINDS)
def test_what_is_promised_to_stay_fresh_fits_into_free_calls_for_5000_assets(kind):
    ages, bad = ages_within_free_calls(kind), []
    for family in (each for each in families.FAMILIES if each.stale_after and kind in each.kinds):
        lag = family.lag_of_shares if kind == families.EQUITY else timedelta(0)
        for tier in (each for each in TIERS if family.is_kept_fresh(kind, each)):
            age = ages.get((family.comes_with.get(kind, family.name), tier), math.inf)
            if lag / timedelta(days=1) + age > family.limit(kind) / timedelta(days=1):
                bad.append((family.name, tier, age))
    assert bad == []


def test_only_providers_of_the_registry_are_asked():
    assert schedule.automatic(["none", "sandbox"]) == ("sandbox",)
