"""Judge assets by what is known now and append a scorecard where the judgement changed."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime

import pandas as pd
from django.conf import settings
from django.utils import timezone

from assets.metrics.facts import Facts
from assets.metrics.market import tiers
from assets.metrics.measure import measure
from assets.services.facts import facts_of
from screener.checklist import CHECKLIST_VERSION, Judgement, judge
from screener.models import Scorecard

BATCH = 1_000


def score_assets(asset_ids: Iterable[int], *, now: datetime | None = None) -> int:
    """Score these assets; returns how many were judged, which may be more than changed."""
    ids = sorted(set(asset_ids))
    moment = now or timezone.now()
    for start in range(0, len(ids), BATCH):
        _score_batch(ids[start : start + BATCH], now=moment)
    return len(ids)


def _score_batch(ids: Sequence[int], *, now: datetime) -> None:
    facts = facts_of(ids, now=now)
    measures = measure(facts, position_usd=settings.ASSAY_POSITION_USD)
    newest = facts.sources.groupby("asset_id")["as_of"].max()
    told = zip(judge(measures, facts), _figures(measures), _tiers(facts, measures), strict=True)
    cards = [
        _scorecard(judgement, figures, tier, newest.get(judgement.asset_id), now)
        for judgement, figures, tier in told
    ]
    known = dict(
        Scorecard.objects.filter(asset_id__in=ids).latest_of_each_asset().values_list("asset_id", "digest")
    )
    Scorecard.objects.bulk_create(
        (card for card in cards if known.get(card.asset_id) != card.digest), batch_size=200
    )


def _figures(measures: pd.DataFrame) -> list[dict[str, float]]:
    """The known measures of each asset, in order."""
    columns = {name: measures[name].tolist() for name in measures.columns}
    return [
        {name: column[row] for name, column in columns.items() if column[row] == column[row]}
        for row in range(len(measures))
    ]


def _tiers(facts: Facts, measures: pd.DataFrame) -> list[str]:
    caps = (measures[name].to_numpy() for name in ("market_cap_usd", "fully_diluted_usd"))
    return [str(tier) for tier in tiers(facts.assets["kind"].to_numpy(), *caps)]


def _scorecard(
    judgement: Judgement, figures: dict[str, float], tier: str, as_of: pd.Timestamp | None, now: datetime
) -> Scorecard:
    told = {
        "total": judgement.total,
        "total_low": judgement.low,
        "total_high": judgement.high,
        "coverage": judgement.coverage,
        "grade": judgement.grade,
        "tier": tier,
        "gates_open": list(judgement.gates_open),
        "gates_unverified": list(judgement.gates_unverified),
        "dimensions": {name: scores.to_json() for name, scores in judgement.dimensions.items()},
        "findings": [finding.to_json() for finding in judgement.findings],
        "figures": figures,
    }
    words = json.dumps([CHECKLIST_VERSION, told], sort_keys=True)
    return Scorecard(
        asset_id=judgement.asset_id,
        checklist_version=CHECKLIST_VERSION,
        as_of=None if as_of is None else as_of.to_pydatetime(),
        scored_at=now,
        digest=hashlib.sha256(words.encode()).hexdigest(),
        **told,
    )
