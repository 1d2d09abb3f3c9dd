"""Unlocks and lock-ups: the days on which units come free by the schedule that counts."""

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
from django.db.models import Case, F, Q, QuerySet, When

from assets.metrics import families
from assets.metrics.columns import Groups, known
from assets.metrics.facts import Facts
from assets.metrics.supply import measures as supply_measures
from assets.metrics.unit_changes import UnitChanges
from assets.metrics.unlock_days import UnlockDay, UnlockRelease, unlock_days
from assets.metrics.unlocks import in_units_of_today
from assets.models import UnlockEvent
from screener.services.calendar.dated_event import LOCK_UP, UNLOCK, DatedEvent, EventSource, Span
from screener.services.calendar.event_kind import EventFacts, EventKind

HELD_BACK: Final = "lockup"
"""The category of what a lock-up holds back."""

READ: Final = (families.UNLOCKS, families.SUPPLY, families.MARKET, families.CONTRACT, families.CAPITAL)
"""The schedule, what its units follow from, and what contradicts it."""


def _dated(span: Span, *, kind: str) -> QuerySet[UnlockEvent]:
    begin, end = span.moments
    of_kind = Q(category=HELD_BACK) if kind == LOCK_UP else ~Q(category=HELD_BACK)
    in_span = Q(unlock_at__gte=begin, unlock_at__lt=end) | Q(ends_at__gte=begin, ends_at__lt=end)
    first = Case(When(unlock_at__gte=begin, then=F("unlock_at")), default=F("ends_at"))
    return UnlockEvent.objects.filter(of_kind, in_span).annotate(happens=first)


def _read(facts: EventFacts, *, kind: str) -> Iterator[DatedEvent]:
    columns = facts.columns(*READ)
    sources = _sources(facts, columns)
    circulating = supply_measures(columns)["circulating_supply"].to_dict()
    for asset_id, releases in _releases(columns, kind=kind).items():
        for day in unlock_days(releases):
            if day.on in facts.span:
                yield _event(facts, kind, asset_id, day, circulating[asset_id], sources[asset_id])


def _sources(facts: EventFacts, columns: Facts) -> dict[int, EventSource]:
    """Whose word the schedule of each asset is, with where that was read."""
    told = columns.sources[columns.sources["family"] == families.UNLOCKS].drop_duplicates("asset_id")
    urls = columns.schedules["source_url"]
    return {
        row.asset_id: facts.source(  # type: ignore[misc]
            row, family=families.UNLOCKS, url=_text(urls.get(row.asset_id))
        )
        for row in told.itertuples()
    }


def _text(value: object) -> str:
    """ "" for a text that is not known."""
    return value if isinstance(value, str) else ""


def _releases(columns: Facts, *, kind: str) -> dict[int, list[UnlockRelease]]:
    """Of each asset, in units of today; NaN where they are questioned, or nobody knows in which they are."""
    events = Groups.of(columns.unlocks, columns.asset_ids)
    amount = known(events["amount"])
    unit = in_units_of_today(events, amount, supply_measures(columns), UnitChanges.of(columns))
    found: dict[int, list[UnlockRelease]] = defaultdict(list)
    for row, units in zip(events.rows.itertuples(), amount * unit[events.owner], strict=True):
        if (row.category == HELD_BACK) == (kind == LOCK_UP) and (begins_on := _day(row.unlock_at)):
            found[row.asset_id].append(  # type: ignore[index]
                UnlockRelease(
                    begins_on=begins_on,
                    ends_on=_day(row.ends_at),
                    amount=float(units),
                    category=_text(row.category),
                )
            )
    return found


def _day(moment: object) -> date | None:
    """In UTC; None where it is not known."""
    return moment.date() if isinstance(moment, pd.Timestamp) and not pd.isna(moment) else None


def _event(
    facts: EventFacts, kind: str, asset_id: int, day: UnlockDay, circulating: float, source: EventSource
) -> DatedEvent:
    is_known = not np.isnan(day.amount)
    share = day.amount / circulating if circulating > 0 else math.nan
    return DatedEvent(
        kind=kind,
        asset=facts.assets[asset_id],
        on=day.on,
        series=day.phase,
        words=(day.phase, *day.categories),
        figures={
            "units": day.amount if is_known else None,
            "of_circulating_share": None if math.isnan(share) else share,
        },
        days={"from_on": day.from_on, "until_on": day.until_on},
        source=source,
    )


UNLOCKS: Final = EventKind(
    name=UNLOCK,
    kinds=families.KINDS,
    dated=partial(_dated, kind=UNLOCK),
    asset="schedule__asset",
    read=partial(_read, kind=UNLOCK),
)
LOCK_UPS: Final = EventKind(
    name=LOCK_UP,
    kinds=families.KINDS,
    dated=partial(_dated, kind=LOCK_UP),
    asset="schedule__asset",
    read=partial(_read, kind=LOCK_UP),
)
