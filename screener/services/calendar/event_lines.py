"""Event lines: what an iCalendar file says of one event, in the words of the reader's language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from screener.models import CalendarFeedEntry
from screener.services.calendar.dated_event import DatedEvent
from screener.services.calendar.told_events import Notice, free_uid
from screener.words.calendar import kind_title
from screener.words.sources import provider_title

CONFIRMED: Final = "CONFIRMED"
TENTATIVE: Final = "TENTATIVE"
CANCELLED: Final = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLines:
    uid: str
    on: date
    summary: str
    description: str
    url: str
    category: str
    status: str
    sequence: int
    changed_at: datetime


def lines_of(notice: Notice, *, site: str, entry: CalendarFeedEntry) -> EventLines:
    """`entry` is what a feed keeps of it. What only an old answer tells is tentative."""
    event = notice.event
    return EventLines(
        uid=entry.uid,
        on=event.on,
        summary=notice.summary,
        description="\n".join(_description(notice, site)),
        url=site + reverse("asset", args=[event.asset.slug]),
        category=kind_title(event.kind),
        status=TENTATIVE if event.source.is_stale else CONFIRMED,
        sequence=entry.sequence,
        changed_at=entry.changed_at,
    )


def single_lines(events: Iterable[DatedEvent], *, site: str) -> Iterator[EventLines]:
    """Of a file that is read once; the same event has the same identifier in each of them."""
    uids: set[str] = set()
    for event in events:
        notice = Notice.of(event)
        entry = CalendarFeedEntry(uid=free_uid(notice, uids), sequence=0, changed_at=event.source.as_of)
        uids.add(entry.uid)
        yield lines_of(notice, site=site, entry=entry)


def _description(notice: Notice, site: str) -> Iterator[str]:
    if notice.sentence:
        yield notice.sentence
    yield _source(notice.event)
    yield site + reverse("observation", args=[notice.event.source.observation_id])
    if notice.event.asset.fictional:
        yield _("Sandbox: this asset and its events are invented.")
    yield _("Not financial advice.")


def _source(event: DatedEvent) -> str:
    told = _("Source: %(provider)s, as of %(day)s.") % {
        "provider": provider_title(event.source.provider),
        "day": date_format(event.source.as_of, "j M Y"),
    }
    return f"{told} {_('This is old: the event may have changed since.')}" if event.source.is_stale else told


def withdrawn_lines(entry: CalendarFeedEntry, *, site: str) -> EventLines:
    """Of an event that is no longer told: by the words in which it was told last."""
    return EventLines(
        uid=entry.uid,
        on=entry.on,
        summary=str(entry.told["summary"]),
        description="\n".join(
            [
                *filter(None, [str(entry.told["sentence"])]),
                _("Newer facts do not have this event any more, or the asset has left the list."),
                _("Not financial advice."),
            ]
        ),
        url=site + reverse("asset", args=[str(entry.told["slug"])]),
        category=kind_title(entry.kind),
        status=CANCELLED,
        sequence=entry.sequence,
        changed_at=entry.changed_at,
    )
