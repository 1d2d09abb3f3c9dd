"""Observations with their rows, and an invented market at one moment, scored."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from assets.models import Asset, Observation, Payload, RefreshRun
from assets.providers.sandbox import GENERATORS
from assets.sandbox.invented import invented
from assets.services.storing.store import store_rows
from assets.sourcing.rows import AssetRef, MarketRow, SupplyRow
from screener.models import Scorecard
from screener.services.scoring.score_assets import score_assets

NOW = datetime(2026, 1, 2, 12, 30, tzinfo=UTC)


def observe(*rows, family="market", at=NOW, provider="sandbox"):
    """Store these rows as one answer of a provider."""
    RefreshRun.objects.get_or_create(
        provider=provider,
        family="market",
        state="done",
        defaults={"created_at": at, "progressed_at": at},
    )
    observation = Observation.objects.create(
        provider=provider,
        family=family,
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=at,
        known_at=at,
    )
    store_rows(observation=observation, rows=rows)


def observe_market(numbers, *, at=NOW, provider="sandbox"):
    """Every family that each of these invented assets has, one observation per family."""
    for family, tellers in GENERATORS.items():
        present = [asset for asset in map(invented, numbers) if family in asset.archetype.families]
        rows = [row for _kind, teller in tellers for asset in present for row in teller(asset, at)]
        observe(*rows, family=family, at=at, provider=provider)


def score(*, now=NOW):
    score_assets(Asset.objects.values_list("pk", flat=True), now=now)


def score_one():
    """The scorecard of one asset of which the price and the supply are known."""
    asset = AssetRef(kind="token", identifiers=(("x", "example"),), name="Worked Example")
    observe(
        MarketRow(asset=asset, as_of=NOW, price_usd=Decimal("0.5"), volume_24h_usd=Decimal(9)),
        SupplyRow(asset=asset, as_of=NOW, circulating=Decimal(50_000_000)),
    )
    score()
    return Scorecard.objects.get()


def copies_of(card, count):
    """So many further scorecards like this one."""
    copies = []
    for _number in range(count):
        card.pk = None
        copies.append(Scorecard(**{f.attname: getattr(card, f.attname) for f in card._meta.fields}))
    return Scorecard.objects.bulk_create(copies)


def score_twice(numbers, *, apart=timedelta(days=40)):
    """The scorecards of a market on two days, in pairs of an asset's older and newer one."""
    for at in (NOW, NOW + apart):
        observe_market(numbers, at=at)
        score(now=at)
    cards = Scorecard.objects.order_by("asset_id", "id")
    return [(old, new) for old, new in pairwise(cards) if old.asset_id == new.asset_id]
