"""Told events: what a feed says of each event, as it follows from what it said before (RFC 5545, 3.8.7.4).

A calendar program knows an event by its identifier alone. An event keeps it when its day is corrected: what a
feed told and what it has to tell now are matched by asset, kind and series, first on the same day, then the
nearest of those that are left. What is told again unchanged keeps its sequence.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import orjson

from screener.models import CalendarFeedEntry
from screener.services.calendar.dated_event import DatedEvent
from screener.words.calendar import event_sentence, event_title

MOVED_DAYS: Final = 200
"""An event that is told for a day so far from the old one is another event (our judgement)."""

Identity = tuple[int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An event in the words of a feed, and the mark by which a change of them is seen.

    The mark leaves out the source and its age, which change with each answer that says the same again.
    """

    event: DatedEvent
    summary: str
    sentence: str

    @classmethod
    def of(cls, event: DatedEvent) -> "Notice":
        return cls(
            event=event,
            summary=_one_line(f"{event.asset}: {event_title(event)}"),
            sentence=_one_line(event_sentence(event)),
        )

    @property
    def identity(self) -> Identity:
        return (self.event.asset.pk, self.event.kind, self.event.series[:128])

    @property
    def first_uid(self) -> str:
        """An identifier that anybody makes of the event who has not told of it before."""
        asset_id, kind, series = self.identity
        mark = hashlib.sha256(f"{series}/{self.event.on:%Y-%m-%d}".encode()).hexdigest()[:16]
        return f"{kind}-{asset_id}-{mark}"

    @property
    def fingerprint(self) -> str:
        told = (self.event.on.isoformat(), self.event.source.is_stale, self.summary, self.sentence)
        return hashlib.sha256(orjson.dumps(told)).hexdigest()

    @property
    def told(self) -> dict[str, Any]:
        """What has to be said again where the event is called off."""
        return {"summary": self.summary, "sentence": self.sentence, "slug": self.event.asset.slug}


def _one_line(text: str) -> str:
    """Names of assets and pools come from anybody."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What becomes of a feed's entries: those to be told with what they say, those that are called off, and
    which of all these are new or differ from what is stored."""

    current: tuple[tuple[CalendarFeedEntry, Notice], ...]
    withdrawn: tuple[CalendarFeedEntry, ...]
    changed: tuple[CalendarFeedEntry, ...]


def tell(
    entries: Sequence[CalendarFeedEntry],
    notices: Iterable[Notice],
    *,
    feed_id: int,
    horizon: date,
    now: datetime,
) -> Told:
    """Match what a feed told with what it has to tell now.

    From today to `horizon` all was looked at: what is gone from these days is called off. What is past stays
    as it was told. What lies beyond is neither called off nor told, unless it was told before.
    """
    today = now.date()
    pairs = _matched(entries, notices, today=today)
    uids = {each.uid for each in entries}
    current, changed = [], []
    for entry, notice in pairs:
        if entry is None and notice.event.on > horizon:
            continue
        if entry is None:
            entry = CalendarFeedEntry(feed_id=feed_id, uid=free_uid(notice, uids))
            uids.add(entry.uid)
            _write(entry, notice, now=now)
            changed.append(entry)
        elif entry.fingerprint != notice.fingerprint or entry.withdrawn_at is not None:
            entry.sequence += 1
            _write(entry, notice, now=now)
            changed.append(entry)
        current.append((entry, notice))
    kept = {id(entry) for entry, _notice in current}
    gone = [each for each in entries if id(each) not in kept]
    for each in gone:
        if each.withdrawn_at is None and today <= each.on <= horizon:
            each.withdrawn_at = each.changed_at = now
            each.sequence += 1
            changed.append(each)
    withdrawn = tuple(each for each in gone if each.withdrawn_at is not None)
    return Told(current=tuple(current), withdrawn=withdrawn, changed=tuple(changed))


def _write(entry: CalendarFeedEntry, notice: Notice, *, now: datetime) -> None:
    entry.asset_id, entry.kind, entry.series = notice.identity
    entry.on, entry.fingerprint, entry.told = notice.event.on, notice.fingerprint, notice.told
    entry.changed_at, entry.withdrawn_at = now, None


def free_uid(notice: Notice, uids: Collection[str]) -> str:
    """An identifier that is none of these: an event that moved away keeps that of its first day."""
    number, free = 1, notice.first_uid
    while free in uids:
        number += 1
        free = f"{notice.first_uid}-{number}"
    return free


def _matched(
    entries: Sequence[CalendarFeedEntry], notices: Iterable[Notice], *, today: date
) -> list[tuple[CalendarFeedEntry | None, Notice]]:
    """Each notice with the entry that told of it; none for what is new."""
    known: dict[Identity, list[CalendarFeedEntry]] = defaultdict(list)
    for entry in entries:
        known[entry.asset_id, entry.kind, entry.series].append(entry)
    said: dict[Identity, list[Notice]] = defaultdict(list)
    for notice in notices:
        said[notice.identity].append(notice)
    return [
        pair for identity, some in said.items() for pair in _of_series(known[identity], some, today=today)
    ]


def _of_series(
    entries: Sequence[CalendarFeedEntry], notices: Sequence[Notice], *, today: date
) -> list[tuple[CalendarFeedEntry | None, Notice]]:
    """On the same day first, those that stand before those that were called off; then in their order."""
    pairs: list[tuple[CalendarFeedEntry | None, Notice]] = []
    left = sorted(entries, key=lambda each: (each.withdrawn_at is not None, each.on, each.uid))
    moved = []
    for notice in sorted(notices, key=lambda each: each.event.on):
        same = next((each for each in left if each.on == notice.event.on), None)
        if same is None:
            moved.append(notice)
        else:
            left.remove(same)
            pairs.append((same, notice))
    for notice in moved:
        near = next((each for each in left if _may_have_moved(each, notice, today=today)), None)
        if near is not None:
            left.remove(near)
        pairs.append((near, notice))
    return pairs


def _may_have_moved(entry: CalendarFeedEntry, notice: Notice, *, today: date) -> bool:
    """What is past has happened: another event of its series is not it."""
    return entry.on >= today and abs((entry.on - notice.event.on).days) <= MOVED_DAYS
