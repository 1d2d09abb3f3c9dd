"""Retention: what grows is packed, and thinned as it ages, but never what a replay or a label needs.

Payloads lose their bodies by `assets.services.refreshing.reparse.forget_payloads`. Facts are not pruned:
bars, reports and events are the history that measures are worked out from. What earlier versions stored of
them several times goes when somebody asks for it (`repeats`).
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, ForeignObjectRel, Max, OuterRef, QuerySet

from assets.models import Asset, Observation, Payload, RefreshRun, RefreshStep
from assets.services.importing import ANALYST
from screener.models import Scorecard, ScorecardBaseline
from screener.services.operation.undo_filling import runs_kept_for_undo
from screener.services.retention.pack import pack_scorecards, remove_baselines
from screener.services.retention.repeats import remove_repeats

BATCH: Final = 500
PACKED: Final = "packed"
DAILY_TIMES: Final = 4
"""Cards older than this many times the days of full history are kept one a week, younger ones one a day."""


class StoredCard(NamedTuple):
    """A scorecard as far as retention has to know it."""

    pk: int
    asset_id: int
    scored_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How many days each kind of row is kept in full; 0 for ever."""

    scorecard_days: int
    observation_days: int
    step_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """How many rows went of what, how many cards were packed, and whether all that was to be done is."""

    removed: dict[str, int]
    packed: int
    is_over: bool


def configured() -> Retention:
    """By the settings."""
    return Retention(
        scorecard_days=settings.ASSAY_SCORECARD_DAYS,
        observation_days=settings.ASSAY_OBSERVATION_DAYS,
        step_days=settings.ASSAY_STEP_DAYS,
    )


def prune(retention: Retention, *, now: datetime, seconds: float, repeats: bool = False) -> Pruned:
    """Remove what is over, for so long; of facts only what is stored several times, where `repeats` says so.

    Each batch is a transaction of its own, so that nobody waits long for a lock, and another call goes on.
    """
    ends_at = time.monotonic() + seconds
    kinds: dict[str, Callable[[], Iterator[int]]] = {
        "sessions": lambda: _all_of(Session.objects.filter(expire_date__lt=now)),
        "steps": lambda: _steps(days=retention.step_days, now=now),
        "scorecards": lambda: _scorecards(days=retention.scorecard_days, now=now),
        "baselines": _baselines,
        **({"repeated facts": lambda: _repeats(now=now)} if repeats else {}),
        "observations": lambda: _observations(days=retention.observation_days, now=now),
        "payloads": lambda: _all_of(Payload.objects.filter(observation=None, compressed=None)),
        PACKED: _packed,
    }
    counts = dict.fromkeys(kinds, 0)
    is_over = _counted(kinds, counts, ends_at=ends_at)
    return Pruned(packed=counts.pop(PACKED), removed=counts, is_over=is_over)


def _counted(
    kinds: dict[str, Callable[[], Iterator[int]]], counts: dict[str, int], *, ends_at: float
) -> bool:
    """Do one kind after the other and count; False where time was up first."""
    for kind, batches in kinds.items():
        for count in batches():
            counts[kind] += count
            if time.monotonic() >= ends_at:
                return False
    return True


def superfluous(cards: Iterable[StoredCard], *, days: int, now: datetime) -> Iterator[int]:
    """Of cards sorted by asset and time, those that the last of their day or week speaks for.

    Full for `days`; then the last of each UTC day; after `DAILY_TIMES` as many the last of each ISO week.
    """
    full, daily = now - timedelta(days=days), now - timedelta(days=DAILY_TIMES * days)

    def period(card: StoredCard) -> tuple[Any, ...]:
        if card.scored_at >= full:
            return (card.asset_id, card.pk)
        if card.scored_at >= daily:
            return (card.asset_id, card.scored_at.date())
        return (card.asset_id, *card.scored_at.isocalendar()[:2])

    for _period, group in groupby(cards, key=period):
        *earlier, _last = group
        yield from (card.pk for card in earlier)


def _scorecards(*, days: int, now: datetime) -> Iterator[int]:
    """Those that others speak for, but none that is a case or an asset's newest."""
    if not days:
        return
    for ids in _in_batches(Asset.objects.order_by("pk").values_list("pk", flat=True).iterator()):
        aged = Scorecard.objects.filter(asset__in=ids, scored_at__lt=now - timedelta(days=days))
        rows = aged.order_by("asset_id", "scored_at", "id").values_list("id", "asset_id", "scored_at")
        newest = Scorecard.objects.filter(asset__in=ids).order_by().values("asset_id")
        kept = set(newest.annotate(newest=Max("id")).values_list("newest", flat=True))
        over = set(superfluous((StoredCard(*row) for row in rows), days=days, now=now)) - kept
        for batch in _in_batches(sorted(over)):
            yield Scorecard.objects.filter(pk__in=batch, cases=None).delete()[0]


def _packed() -> Iterator[int]:
    for ids in _in_batches(Asset.objects.order_by("pk").values_list("pk", flat=True).iterator()):
        yield from pack_scorecards(ids)


def _baselines() -> Iterator[int]:
    """Those whose last card went, and those whose asset did while an earlier version ran."""
    gone = ScorecardBaseline.objects.filter(~Exists(Asset.objects.filter(pk=OuterRef("asset_id"))))
    yield from _all_of(gone)
    for ids in _in_batches(Asset.objects.order_by("pk").values_list("pk", flat=True).iterator()):
        if count := remove_baselines(ids):
            yield count


def _repeats(*, now: datetime) -> Iterator[int]:
    for ids in _in_batches(Asset.objects.order_by("pk").values_list("pk", flat=True).iterator()):
        yield from remove_repeats(ids, now=now)


def _observations(*, days: int, now: datetime) -> Iterator[int]:
    """Those that nothing refers to: no row was read from them, so that no card rests on them."""
    if not days:
        return
    over = Observation.objects.filter(known_at__lt=now - timedelta(days=days))
    for relation in Observation._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            referring = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            over = over.filter(~Exists(referring))
    yield from _all_of(over)


def _steps(*, days: int, now: datetime) -> Iterator[int]:
    """Of ended runs; those of imports, rulings and fillings of the market stay, which can be undone."""
    if not days:
        return iter(())
    ended = RefreshStep.objects.filter(run__finished_at__lt=now - timedelta(days=days), unscored=False)
    ended = ended.exclude(run__state=RefreshRun.State.RUNNING).exclude(run__provider=ANALYST)
    return _all_of(ended.exclude(run__in=runs_kept_for_undo()))


def _all_of(rows: "QuerySet[Any]") -> Iterator[int]:
    while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield rows.model._base_manager.filter(pk__in=batch).delete()[0]


def _in_batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    for _number, group in groupby(enumerate(numbers), key=lambda each: each[0] // BATCH):
        yield [number for _place, number in group]
