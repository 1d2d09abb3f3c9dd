"""Peek: what is worth knowing of an asset at a glance: its score, its gates, the best and the worst of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from assets.models import Asset
from screener.checklist import DIMENSIONS, Criterion, State
from screener.checklist.scoring import STALE_WEIGHT
from screener.models import Scorecard
from screener.screens.position import PositionSize
from screener.services.desk.personal_score import card_at
from screener.services.dossier.findings import FindingView, finding_views, named
from screener.services.dossier.missing import NotRated, missing_of
from screener.services.dossier.provenance import rests_on_old_facts

WORST: Final = 3
BEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Peek:
    """`worst` leaves out what an open gate says already; without a card nothing is known yet.

    `unlock_at` was the next one when the card was scored, `unlock_is_past` that it has come since;
    `unlocks_steadily`: something comes free every day. `is_stale`: even the newest fact is older than a
    price may be. `missing` is None where it is rated. `position_usd` is the size of its exit figures.
    """

    asset: Asset
    card: Scorecard | None
    gates_open: tuple[FindingView, ...] = ()
    gates_unverified: tuple[FindingView, ...] = ()
    worst: tuple[FindingView, ...] = ()
    best: tuple[FindingView, ...] = ()
    unlock_at: datetime | None = None
    unlock_is_past: bool = False
    unlocks_steadily: bool = False
    is_stale: bool = False
    missing: NotRated | None = None
    position_usd: float | None = None


def peek(slug: str, *, now: datetime, position: PositionSize | None = None) -> Peek | None:
    """The asset of this slug in one query, or in two where it has no score; None where there is none.

    Answers are for this position; of another size than the judged one facts are read.
    """
    cards = Scorecard.objects.filter(asset__in=Asset.objects.at_address(slug)).select_related("asset")
    card = cards.defer("observations").order_by("-id").first()
    if card is None:
        asset = Asset.objects.at_address(slug).first()
        return Peek(asset=asset, card=None) if asset else None
    card = card_at(card, card.asset, position)
    findings = finding_views(card.findings, {})  # a glance names no sources
    gates_open = named(card.gates_open, findings)
    weights = weights_of([each.criterion for each in findings.values() if each.stored["state"] != "n-a"])
    unlock_at = next_unlock(card)
    return Peek(
        asset=card.asset,
        card=card,
        gates_open=gates_open,
        gates_unverified=named(card.gates_unverified, findings),
        worst=_worst([each for each in findings.values() if each not in gates_open], weights),
        best=_best(findings.values(), weights),
        unlock_at=unlock_at,
        unlock_is_past=unlock_at is not None and unlock_at <= now,
        unlocks_steadily=card.figures.get("next_unlock_days") == 0,
        is_stale=rests_on_old_facts(card, kind=card.asset.kind, now=now),
        missing=missing_of(card, card.asset),
        position_usd=card.figures.get("position_usd"),
    )


def weights_of(asked: Sequence[Criterion]) -> dict[str, float]:
    """What each criterion counts among all that are asked: its part of its dimension × the dimension's."""
    weights: dict[str, float] = {}
    for dimension in DIMENSIONS:
        inside = [each for each in asked if each.dimension == dimension.id]
        whole = sum(each.weight for each in inside)
        weights |= {each.id: dimension.weight * each.weight / whole for each in inside}
    return weights


def _worst(findings: Iterable[FindingView], weights: Mapping[str, float]) -> tuple[FindingView, ...]:
    """Where the most is lost. What is not known is not bad; nor is what is a pass."""

    def loss(each: FindingView) -> float:
        counted = STALE_WEIGHT if each.stored["stale"] else 1.0
        return float(1 - each.stored["points"]) * counted * weights[each.criterion.id]

    bad = [each for each in findings if each.stored["state"] in {State.CAUTION, State.FAIL}]
    return tuple(sorted(bad, key=loss, reverse=True)[:WORST])


def _best(findings: Iterable[FindingView], weights: Mapping[str, float]) -> tuple[FindingView, ...]:
    """The passes that count the most; one of old facts is none of the best that is known."""
    passed = [each for each in findings if each.stored["state"] == State.PASS and not each.stored["stale"]]
    return tuple(sorted(passed, key=lambda each: -weights[each.criterion.id])[:BEST])


def next_unlock(card: Scorecard) -> datetime | None:
    """The next one as the card knew it; a steady release (0 days) has no moment of its own."""
    days = card.figures.get("next_unlock_days")
    return card.scored_at + timedelta(days=days) if days else None
