from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.models import Asset
from assets.sourcing.rows import AssetRef, HolderRow, MarketRow, PoolRow, SupplyRow, Unlock, UnlockRow
from screener.models import Scorecard, Watchlist
from screener.services.operation import audit as auditing
from screener.services.operation.audit import as_json, audit, lines
from tests.factories.market import NOW, observe

pytestmark = pytest.mark.django_db


def ref(name):
    return AssetRef(kind="token", identifiers=(("x", name.lower()),), name=name)


def tell(name, *, days=0):
    """A price, and a list of holders as old as this."""
    observe(MarketRow(asset=ref(name), as_of=NOW, price_usd=Decimal(2)))
    observe(
        HolderRow(asset=ref(name), as_of=NOW - timedelta(days=days), holder_count=5_000), family="holders"
    )


def test_of_nothing_there_is_nothing_to_count():
    found = audit(now=NOW)
    assert as_json(found)["assets"] == {}
    assert "Assets: none" in next(lines(found))


def test_stale_facts_are_counted_by_family_and_tier(django_user_model):
    tell("Fresh")
    tell("Old", days=90)
    tell("Watched", days=90)
    owner = django_user_model.objects.create_user("ana")
    watchlist = Watchlist.objects.create(owner=owner, name="Mine")
    watchlist.entries.create(asset=Asset.objects.get(name="Watched"))
    told = as_json(audit(now=NOW))
    assert told["assets"] == {"token": 3}
    assert told["stale"]["holders"] == [
        {"kind": "token", "tier": "watched", "known": 1, "stale": 1},
        {"kind": "token", "tier": "rest", "known": 2, "stale": 1},
    ]
    assert [each["stale"] for each in told["stale"]["market"]] == [0, 0]
    assert told["answers"]["holder_concentration.holder_count"] == {"asked": 3, "answered": 3, "stale": 2}
    assert "holder_concentration.holder_count" not in told["never_answered"]
    assert "transparency.team" in told["never_answered"]
    assert "transparency.auditor" not in told["never_answered"], "nobody is asked"


def test_providers_that_contradict_each_other_are_counted():
    for provider, circulating in (("coingecko", 50_000_000), ("blockscout", 60_000_000)):
        row = SupplyRow(asset=ref("Two"), as_of=NOW, circulating=Decimal(circulating))
        observe(row, family="supply", provider=provider)
    tell("One")
    assert as_json(audit(now=NOW))["contradictions"]["supply"] == {"circulating": 1, "assets": 1}


def test_questioned_figures_open_schedules_and_pools_are_counted():
    supply = SupplyRow(asset=ref("Odd"), as_of=NOW, circulating=Decimal(50), maximum=Decimal(100))
    price = MarketRow(asset=ref("Odd"), as_of=NOW, price_usd=Decimal(1), market_cap_usd=Decimal(5_000))
    observe(price)
    observe(supply, family="supply")
    event = Unlock(unlock_at=NOW + timedelta(days=9), amount=Decimal(1), category="team")
    observe(UnlockRow(asset=ref("Odd"), as_of=NOW, events=(event,)), family="unlocks")
    observe(PoolRow(asset=ref("Odd"), as_of=NOW, address="p", reserve_usd=Decimal(9_000)), family="pools")
    found = audit(now=NOW)
    told = as_json(found)
    assert told["questioned"]["reported_cap"]["assets"] == 1
    assert told["schedules"] == {"whole": 0, "open": 1}
    assert sum(count for name, count in told["pools"].items() if ":" not in name) == 1
    text = "\n".join(lines(found))
    assert "Unlock schedules: 0 whole, 1 left open." in text
    assert "reported_cap" in text


def test_it_goes_batch_by_batch_with_the_same_queries_each_and_changes_nothing(monkeypatch):
    monkeypatch.setattr(auditing, "BATCH", 2)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as taken:
            found = audit(now=NOW)
        return len(taken), found.assets["token"]

    counts = []
    for number in range(6):
        tell(f"Coin {number}")
        if number % 2:
            counts.append(queries())
    assert [assets for _queries, assets in counts] == [2, 4, 6]
    (one, _), (two, _), (three, _) = counts
    assert two - one == three - two
    assert one < 80
    assert not Scorecard.objects.exists()


def test_an_asset_that_cannot_be_judged_is_counted(monkeypatch):
    tell("Broken")
    tell("Sound")
    broken, judge = Asset.objects.get(name="Broken").pk, auditing._judged

    def breaking(ids, **settings):
        if broken in ids:
            raise ZeroDivisionError
        return judge(ids, **settings)

    monkeypatch.setattr(auditing, "_judged", breaking)
    found = audit(now=NOW)
    assert (found.unjudged, found.assets["token"]) == (1, 1)
