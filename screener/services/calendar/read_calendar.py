"""Calendar: the dated events of a span of days over all assets, or over those of a watchlist.

What is read of is found by stored days, at most so many assets of a kind; then those assets are read as the
score reads them, so that what a newer answer says counts.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Min, QuerySet

from assets.models import Asset
from screener.models import Watchlist
from screener.services.calendar.dated_event import DatedEvent, Span
from screener.services.calendar.event_kind import EventFacts, EventKind
from screener.services.calendar.event_kinds import EVENT_KINDS
from screener.universe.live import UNIVERSE

MOST_ASSETS: Final = 300
"""Assets of one kind that are read for one answer; the earliest first."""
MOST_WATCHED: Final = 500
"""Assets of a watchlist that are read, those that were added last."""
LONGEST_DAYS: Final = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFilter:
    """What a calendar shows: the names of kinds (none: all), one kind of asset ("": both), the invented
    assets beside real ones or not."""

    kinds: tuple[str, ...] = ()
    asset_kind: str = ""
    with_sandbox: bool = False

    def wants(self, kind: EventKind) -> bool:
        return (not self.kinds or kind.name in self.kinds) and (
            not self.asset_kind or self.asset_kind in kind.kinds
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The events in the order of their days.

    `cut`: by kind the day from which on events are missing, because so many assets have some. `left_out`:
    kinds that are only worked out for a watchlist. `of_assets`: of a watchlist, how many assets were read;
    `not_read`: how many more are on it. `without_sandbox`: invented assets were left out.
    """

    span: Span
    events: tuple[DatedEvent, ...]
    cut: dict[str, date]
    left_out: tuple[str, ...]
    of_assets: int | None = None
    not_read: int = 0
    without_sandbox: bool = False


def read_calendar(
    span: Span, shown: CalendarFilter, *, now: datetime, watchlist: Watchlist | None = None
) -> Calendar:
    """Of a watchlist its invented assets as well."""
    if (span.last - span.first).days > LONGEST_DAYS:
        raise ValueError("too many days for one answer")
    asset_ids = watched_ids(watchlist) if watchlist else None
    without_sandbox = watchlist is None and not shown.with_sandbox and UNIVERSE.table().is_mixed
    wanted = [each for each in EVENT_KINDS if shown.wants(each)]
    events: list[DatedEvent] = []
    cut: dict[str, date] = {}
    for kind in wanted:
        if kind.of_watchlists and watchlist is None:
            continue
        rows = dated_rows(kind, span, shown.asset_kind, asset_ids=asset_ids, without_sandbox=without_sandbox)
        most = MOST_ASSETS if asset_ids is None else MOST_WATCHED
        assets, cut_on = _first_assets(kind, rows, span, most=most)
        found = kind.read(EventFacts(assets, span=span, now=now)) if assets else ()
        events += [each for each in found if cut_on is None or each.on < cut_on]
        if cut_on is not None:
            cut[kind.name] = cut_on
    return Calendar(
        span=span,
        events=tuple(sorted(events, key=_in_order)),
        cut=cut,
        left_out=tuple(each.name for each in wanted if each.of_watchlists and watchlist is None),
        of_assets=None if asset_ids is None else len(asset_ids),
        not_read=_not_read(watchlist, asset_ids),
        without_sandbox=without_sandbox,
    )


def _in_order(event: DatedEvent) -> tuple[object, ...]:
    places = [each.name for each in EVENT_KINDS]
    return (
        event.on,
        places.index(event.kind),
        event.asset.shown_name.casefold(),
        event.asset.pk,
        event.series,
    )


def watched_ids(watchlist: Watchlist) -> list[int]:
    """The assets of a list that a calendar reads."""
    entries = watchlist.entries.order_by("-added_at", "-pk")
    return list(entries.values_list("asset_id", flat=True)[:MOST_WATCHED])


def _not_read(watchlist: Watchlist | None, asset_ids: Sequence[int] | None) -> int:
    if watchlist is None or asset_ids is None or len(asset_ids) < MOST_WATCHED:
        return 0
    return watchlist.entries.count() - len(asset_ids)


def dated_rows(
    kind: EventKind,
    span: Span,
    asset_kind: str,
    *,
    asset_ids: Collection[int] | None,
    without_sandbox: bool,
) -> QuerySet[Any]:
    """Stored rows that may have such an event in these days; `happens` is their first."""
    kinds = [each for each in kind.kinds if not asset_kind or each == asset_kind]
    rows = kind.dated(span).filter(**{f"{kind.asset}__kind__in": kinds}).order_by()
    if asset_ids is not None:
        rows = rows.filter(**{f"{kind.asset}__pk__among": list(asset_ids)})
    return rows.filter(**{f"{kind.asset}__fictional": False}) if without_sandbox else rows


def first_day(rows: QuerySet[Any]) -> date | None:
    """The first day of these rows; None where there are none."""
    first = rows.aggregate(first=Min("happens"))["first"]
    return None if first is None else _day(first)


def _first_assets(
    kind: EventKind, rows: QuerySet[Any], span: Span, *, most: int
) -> tuple[list[Asset], date | None]:
    """Their assets, the earliest first; and the day from which on there are too many."""
    by_asset = rows.values(kind.asset).annotate(first=Min("happens")).order_by("first", kind.asset)
    found = [(each[kind.asset], each["first"]) for each in by_asset[: most + 1]]
    cut_on = None
    if len(found) > most:
        *found, (_asset_id, first) = found
        cut_on = max(_day(first), span.first + timedelta(days=1))
    assets = Asset.objects.filter(pk__among=[asset_id for asset_id, _first in found])
    return list(assets), cut_on


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
