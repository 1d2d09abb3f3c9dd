"""A real market of two assets that a filling has brought in."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from assets.models import Asset, AssetIdentifier, Observation, Payload, RefreshRun, RefreshStep
from screener.models import MarketFilling
from tests.factories.scorecards import make_asset


def fill_market(person: User, **filling: Any) -> tuple[MarketFilling, list[Asset]]:
    """One run with one answer, ordered by this person, two steps into the plan; and what came in."""
    assets = [make_asset("One"), make_asset("Two")]
    at: datetime = min(each.created_at for each in assets)
    answer = Observation.objects.create(
        provider="coingecko",
        family="market",
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=at,
        known_at=at,
    )
    run = RefreshRun.objects.create(
        provider="coingecko", family="market", base_url="", created_at=at, progressed_at=at, state="done"
    )
    RefreshStep.objects.create(run=run, key="a", request={}, state="done", observation=answer)
    for asset in assets:
        asset.identifiers.all().delete()
        AssetIdentifier.objects.create(
            asset=asset, namespace="coingecko", value=asset.slug, provider="coingecko", valid_from=at
        )
    order = MarketFilling.objects.create(ordered_by=person, ordered_at=at, step=2, run=run, **filling)
    order.runs.add(run)
    return order, assets
