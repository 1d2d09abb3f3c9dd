from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, Observation, Payload, RefreshRun
from assets.services.store import store_rows
from assets.sourcing import rows as told
from screener.models import Scorecard
from screener.services.score_assets import score_assets

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
EXAMPLE = told.AssetRef(kind="token", identifiers=(("x", "example"),), name="Worked Example")


def store(*rows):
    RefreshRun.objects.get_or_create(
        provider="sandbox",
        family="market",
        state="done",
        defaults={"created_at": NOW, "progressed_at": NOW},
    )
    observation = Observation.objects.create(
        provider="sandbox",
        family="market",
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=NOW,
        known_at=NOW,
    )
    store_rows(observation=observation, rows=rows)
    return observation


def market(price="0.50", **changes):
    return told.MarketRow(**{"asset": EXAMPLE, "as_of": NOW, "price_usd": Decimal(price), **changes})


def supply(circulating, **changes):
    return told.SupplyRow(
        **{
            "asset": EXAMPLE,
            "as_of": NOW,
            "circulating": Decimal(circulating),
            "maximum": Decimal(100_000_000),
        }
        | changes
    )


def score(now=NOW):
    score_assets(Asset.objects.values_list("pk", flat=True), now=now)
    return Scorecard.objects.latest_of_each_asset().get()


def test_fifty_million_at_half_a_dollar_is_25_million_and_35_after_the_unlock_to_70():
    store(market(), supply(50_000_000))
    assert score().figures["market_cap_usd"] == 25_000_000
    store(supply(70_000_000, as_of=NOW + timedelta(days=14)))
    after = score(NOW + timedelta(days=14))
    assert after.figures["market_cap_usd"] == 35_000_000
    assert after.tier == "micro"


def test_a_scorecard_is_appended_only_when_something_changed():
    store(market(), supply(50_000_000))
    score()
    score(NOW + timedelta(minutes=1))
    assert Scorecard.objects.count() == 1
    store(market("0.51", as_of=NOW + timedelta(minutes=2)))
    score(NOW + timedelta(minutes=3))
    assert Scorecard.objects.count() == 2


def test_growing_stale_is_a_change():
    store(market(volume_24h_usd=Decimal(1_000_000)), supply(50_000_000))
    score()
    later = score(NOW + timedelta(hours=25))
    exit_finding = next(each for each in later.findings if each["criterion"].endswith("days_to_exit"))
    assert (exit_finding["state"], exit_finding["stale"]) == ("caution", True)
    assert Scorecard.objects.count() == 2


def test_findings_name_the_observation_they_rest_on():
    observation = store(market(volume_24h_usd=Decimal(1_000_000)), supply(50_000_000))
    finding = next(each for each in score().findings if each["criterion"] == "tokenomics.float_share")
    assert finding["observations"] == [observation.pk]
    assert finding["as_of"] == NOW.isoformat()
    assert finding["value"] == 0.5


def test_an_asset_of_which_nothing_is_known_gets_a_scorecard_that_says_so():
    store(told.ListingRow(asset=EXAMPLE, as_of=NOW))
    card = score()
    assert card.coverage == 0
    assert card.grade in {"C", "D", "E"}
    assert (card.total_low, card.tier) == (5.0, "")
    assert set(card.figures) == {"position_usd"}, "what is ours is known, nothing else"
    assert card.as_of is None


def test_scoring_costs_the_same_queries_for_many(django_assert_max_num_queries):
    refs = [told.AssetRef(kind="token", identifiers=(("x", str(n)),), name=f"Coin {n}") for n in range(60)]
    store(*(market(asset=ref) for ref in refs))
    with django_assert_max_num_queries(20):
        score_assets(Asset.objects.values_list("pk", flat=True), now=NOW)
    assert Scorecard.objects.count() == 60
