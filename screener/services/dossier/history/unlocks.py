"""Unlocks in an asset's history: schedules that became known or changed, and dates that came."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Min

from assets.metrics import families
from assets.metrics.families import FAMILY_OF
from assets.metrics.family import Family
from assets.models import UnlockEvent, UnlockSchedule
from assets.services.reading.resolved import resolved_rows
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import ROWS_A_STRETCH, Event, HistoryStretch, stretch_of
from screener.services.dossier.history.subject import HistorySubject
from screener.services.dossier.history.successions import Succession, successions

MOST_NAMED: Final = 5
UNLOCKS: Final[Family] = FAMILY_OF[families.UNLOCKS]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedUnlock:
    """An unlock of the same amount and category on another day than before."""

    old: UnlockEvent
    new: UnlockEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChange:
    """What a schedule says otherwise of what was ahead when it came; `is_first` of its provider.

    The lists have the first `MOST_NAMED` each, `further` is how many more there are.
    """

    schedule: UnlockSchedule
    is_first: bool
    added: Sequence[UnlockEvent]
    moved: Sequence[MovedUnlock]
    removed: Sequence[UnlockEvent]
    further: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueUnlock:
    """An unlock whose date has come, by the schedule that counts; whether it took place nobody has told."""

    event: UnlockEvent
    schedule: UnlockSchedule


def schedule_changes(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    found = successions(UnlockSchedule, subject, place, "events")
    changes = (change for each in found if (change := _change(each)) is not None)
    events = (Event(at=each.schedule.known_at, row=each.schedule.pk, shown=each) for each in changes)
    return stretch_of([each.new for each in found], events, at="known_at")


def due_unlocks(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    """Of the schedule that counts now, what has come since the first one was known: before that it was past
    when we learnt of it."""
    stored = UnlockSchedule.objects.filter(subject.known.rows(), asset=subject.asset)
    since = stored.aggregate(first=Min("known_at"))["first"]
    counting = resolved_rows(
        UNLOCKS, subject.asset, now=subject.now, present=subject.present, known=subject.known
    )
    schedule = next((each.owner for each in counting), None)
    if since is None or schedule is None:
        return HistoryStretch(events=())
    come = schedule.events.filter(
        place.reaches(at="unlock_at"), unlock_at__gt=since, unlock_at__lte=subject.now
    )
    rows = list(come.order_by("-unlock_at", "-pk")[:ROWS_A_STRETCH])
    events = (
        Event(at=each.unlock_at, row=each.pk, shown=DueUnlock(event=each, schedule=schedule)) for each in rows
    )
    return stretch_of(rows, events, at="unlock_at")


def _change(pair: Succession) -> ScheduleChange | None:
    since = pair.new.known_at
    before = _ahead(pair.old.events.all(), since) if pair.old else []
    now = _ahead(pair.new.events.all(), since)
    kept = {_what(each) for each in before} & {_what(each) for each in now}
    gone = [each for each in before if _what(each) not in kept]
    come = [each for each in now if _what(each) not in kept]
    moved = _moved(gone, come)
    of_moved = {each.old.pk for each in moved} | {each.new.pk for each in moved}
    added, removed = (_without(each, of_moved) for each in (come, gone))
    if not (added or moved or removed):
        return None
    return ScheduleChange(
        schedule=pair.new,
        is_first=pair.old is None,
        added=added[:MOST_NAMED],
        moved=moved[:MOST_NAMED],
        removed=removed[:MOST_NAMED],
        further=sum(max(len(each) - MOST_NAMED, 0) for each in (added, moved, removed)),
    )


def _ahead(events: Iterable[UnlockEvent], moment: datetime) -> list[UnlockEvent]:
    return [each for each in events if each.unlock_at > moment]


def _what(event: UnlockEvent) -> tuple[object, ...]:
    return event.unlock_at, event.amount, event.category


def _moved(gone: Iterable[UnlockEvent], come: Iterable[UnlockEvent]) -> list[MovedUnlock]:
    """Pairs of the same amount and category, in the order of their days."""
    left = list(gone)
    found = []
    for new in come:
        old = next(
            (each for each in left if (each.amount, each.category) == (new.amount, new.category)), None
        )
        if old is not None:
            left.remove(old)
            found.append(MovedUnlock(old=old, new=new))
    return found


def _without(events: Sequence[UnlockEvent], rows: Collection[int]) -> list[UnlockEvent]:
    return [each for each in events if each.pk not in rows]
