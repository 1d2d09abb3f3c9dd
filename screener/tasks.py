"""Celery tasks of the judgement."""

import uuid
from datetime import datetime
from typing import Final

import structlog
from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from assets.network.locks import Locks
from screener.postgres import stalled
from screener.services.evidence import label_cases as labelling
from screener.services.market import due_days as market_days
from screener.services.market import work_out_market as market_history
from screener.services.operation import fill_market as filling
from screener.services.operation import remove_sandbox as removing
from screener.services.operation import schedule_refreshes as scheduling
from screener.services.operation import undo_filling as undoing
from screener.services.retention import prune as pruning
from screener.services.scoring import score_waiting as judging
from screener.services.scoring.replay_scorecards import replay_sample
from screener.services.scoring.sector_medians import work_out_sector_medians

log = structlog.get_logger(__name__)

HEARTBEAT_KEY: Final = "worker-heartbeat"
REPLAYED: Final = 100
"""So many past scorecards are computed again every night."""

SCHEDULING: Final = "scheduling"
SCORING: Final = "scoring"
MARKET: Final = "market"
SCORING_SLICE_S: Final = 4.0
"""Who judges lets others into the process after so long."""

GATHERING_S: Final = 2.0
"""Facts that come in one by one are judged together: a batch of one costs a tenth of a batch of thousands."""

PRUNING_SLICE_S: Final = settings.CELERY_TASK_TIME_LIMIT / 4

FILLING_LOOK_S: Final = 3.0
REMOVING_SLICE_S: Final = settings.CELERY_TASK_TIME_LIMIT / 4

LABELLING_SLICE_S: Final = settings.CELERY_TASK_TIME_LIMIT / 2
"""A worker is kept from other work for so long, well within the time that any task may take."""


@shared_task
def heartbeat(**_ignored: object) -> None:
    """Leave the time at which a worker took a task: proof that scheduler, broker and worker all work."""
    cache.set(HEARTBEAT_KEY, timezone.now().isoformat(), timeout=None)


@shared_task
def end_stalled_sessions(**_ignored: object) -> None:
    """Free what a process that stands still has locked in PostgreSQL."""
    stalled.end_stalled_sessions()


@shared_task
def score_waiting(*, owner: str = "", **_ignored: object) -> None:
    """Score the assets of which refreshes brought facts. One worker does, and comes back for more."""
    locks = Locks(settings.BROKER_URL, owner=owner or uuid.uuid4().hex)
    if not locks.acquire(SCORING):
        return
    with locks.kept_alive():
        steps = judging.score_waiting(seconds=SCORING_SLICE_S)
    if steps:
        locks.extend(SCORING, GATHERING_S)
        score_waiting.apply_async(kwargs={"owner": locks.owner}, countdown=GATHERING_S)
        return
    locks.release(SCORING)
    if judging.next_steps():
        score_waiting.delay()  # It was stored after the last look.
    elif market_days.is_outgrown():
        market_figures.delay()  # A market that comes in is not kept waiting for hours.


@shared_task
def schedule_refreshes(**_ignored: object) -> None:
    """Start what is worth asking now. Of two at once, as two schedulers send them, one does."""
    locks = Locks(settings.BROKER_URL, owner=uuid.uuid4().hex)
    if not locks.acquire(SCHEDULING):
        return
    with locks.kept_alive():
        scheduling.schedule_refreshes()
    locks.release(SCHEDULING)


@shared_task
def advance_filling(**_ignored: object) -> None:
    """Ask the next source of a real market that somebody ordered, and look again until the last is over."""
    if filling.advance_filling():
        advance_filling.apply_async(countdown=FILLING_LOOK_S)


@shared_task
def remove_sandbox(**_ignored: object) -> None:
    """Go on with a removal of the sandbox that somebody asked for."""
    if not removing.continue_removal(seconds=REMOVING_SLICE_S):
        remove_sandbox.delay()


@shared_task
def undo_filling(**_ignored: object) -> None:
    """Go on with taking back a market that somebody had brought in."""
    if not undoing.continue_undo(seconds=REMOVING_SLICE_S):
        undo_filling.delay()


@shared_task
def label_cases(*, due_at: str = "", case: int = 0, **_ignored: object) -> None:
    """Label the prospective cases that are due; what a slice of time is too short for, the next takes up."""
    after = labelling.Cursor(datetime.fromisoformat(due_at), case) if due_at else labelling.FIRST
    place = labelling.label_cases(after=after, seconds=LABELLING_SLICE_S)
    if place is not None:
        label_cases.delay(due_at=place.due_at.isoformat(), case=place.case)


@shared_task
def prune(**_ignored: object) -> None:
    """Retention: remove what is over; what a slice of time is too short for, the next takes up."""
    pruned = pruning.prune(pruning.configured(), now=timezone.now(), seconds=PRUNING_SLICE_S)
    log.info("pruned", **pruned.removed, packed=pruned.packed)
    if not pruned.is_over:
        prune.delay()


@shared_task
def sector_medians(**_ignored: object) -> None:
    """Work out anew what is usual in each sector, and how the market as a whole has done."""
    work_out_sector_medians(now=timezone.now())
    market_figures.delay()


@shared_task
def market_figures(*, since: str = "", owner: str = "", **_ignored: object) -> None:
    """Work out the days of the market that are due, a step a message. Of two runs at once, one goes on."""
    locks = Locks(settings.BROKER_URL, owner=owner or uuid.uuid4().hex)
    if not locks.acquire(MARKET):
        return
    began_at = datetime.fromisoformat(since) if since else timezone.now()
    with locks.kept_alive():
        is_over = not market_history.work_out_market(since=began_at, now=timezone.now())
    if is_over:
        locks.release(MARKET)
    else:
        market_figures.delay(since=began_at.isoformat(), owner=locks.owner)


@shared_task
def replay_scorecards(*, size: int = REPLAYED, **_ignored: object) -> None:
    """Compute a sample of past scorecards again; a difference is an error in the log."""
    replay_sample(size)
