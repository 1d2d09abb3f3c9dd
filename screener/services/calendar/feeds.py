"""Calendar feeds: a watchlist's events for whoever has the address, beside what the feed told before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, override

from screener.models import CalendarFeed, CalendarFeedEntry, Watchlist
from screener.services.calendar.dated_event import DatedEvent, Span
from screener.services.calendar.event_lines import EventLines, lines_of, withdrawn_lines
from screener.services.calendar.read_calendar import CalendarFilter, read_calendar
from screener.services.calendar.told_events import Notice, tell

BACK_DAYS: Final = 31
"""Days before today whose events a feed still has."""
AHEAD_DAYS: Final = 366
BEYOND_DAYS: Final = 200
"""So far behind the horizon an event is looked for that was told for a day before it."""
MOST_EVENTS: Final = 1_000
"""The soonest; the horizon is then the day before the first that is left out."""
CALLED_OFF_DAYS: Final = 90
"""So long a feed says that an event is cancelled; a program that hasn't asked since keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAnswer:
    name: str
    lines: tuple[EventLines, ...]


def change_feed(*, watchlist: Watchlist, wanted: str) -> CalendarFeed:
    """ "1" for an address, "new" for another one, anything else for none; as links of screens."""
    feed, _made = CalendarFeed.objects.get_or_create(
        watchlist=watchlist, defaults={"language": get_language() or ""}
    )
    feed.change_link(wanted)
    return feed


def read_feed(feed: CalendarFeed, *, now: datetime, site: str) -> FeedAnswer:
    """What the feed tells now, and remember it."""
    today = now.date()
    span = Span(today - timedelta(days=BACK_DAYS), today + timedelta(days=AHEAD_DAYS + BEYOND_DAYS))
    calendar = read_calendar(span, CalendarFilter(), now=now, watchlist=feed.watchlist)
    with override(feed.language or settings.LANGUAGE_CODE):
        lines = _told(feed, calendar.events, now=now, site=site)
    return FeedAnswer(name=feed.watchlist.name, lines=lines)


def _horizon(events: Sequence[DatedEvent], today: date) -> date:
    horizon = today + timedelta(days=AHEAD_DAYS)
    if len(events) > MOST_EVENTS:
        horizon = min(horizon, events[MOST_EVENTS].on - timedelta(days=1))
    return horizon


@transaction.atomic
def _told(
    feed: CalendarFeed, events: Sequence[DatedEvent], *, now: datetime, site: str
) -> tuple[EventLines, ...]:
    """Whoever asks at the same moment waits for what this one writes, and finds it told."""
    CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    _forget(feed, now=now)
    notices = [Notice.of(each) for each in events]
    told = tell(
        list(feed.entries.all()), notices, feed_id=feed.pk, horizon=_horizon(events, now.date()), now=now
    )
    _keep(told.changed)
    current = [lines_of(notice, site=site, entry=entry) for entry, notice in told.current]
    return (*current, *(withdrawn_lines(each, site=site) for each in told.withdrawn))


def _forget(feed: CalendarFeed, *, now: datetime) -> None:
    """What is past and no longer told, and what has been called off for long enough."""
    feed.entries.filter(withdrawn_at__lt=now - timedelta(days=CALLED_OFF_DAYS)).delete()
    feed.entries.filter(on__lt=now.date() - timedelta(days=BACK_DAYS), withdrawn_at=None).delete()


def _keep(changed: Sequence[CalendarFeedEntry]) -> None:
    fields = [
        "asset_id", "kind", "series", "on", "fingerprint", "sequence", "told", "changed_at", "withdrawn_at",
    ]  # fmt: skip
    CalendarFeedEntry.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["feed", "uid"], update_fields=fields
    )
