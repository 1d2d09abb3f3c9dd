"""Liquidity locks: the days on which the lock of a pool's LP tokens ends."""

from collections.abc import Iterator
from datetime import UTC
from typing import Final

from django.db.models import F, QuerySet

from assets.metrics import families
from assets.metrics.families import FAMILY_OF
from assets.models import PoolSnapshot
from assets.services.reading.resolved import resolved_of
from screener.services.calendar.dated_event import LIQUIDITY_LOCK, DatedEvent, Span
from screener.services.calendar.event_kind import EventFacts, EventKind


def _dated(span: Span) -> QuerySet[PoolSnapshot]:
    begin, end = span.moments
    ending = PoolSnapshot.objects.filter(lp_locked_until__gte=begin, lp_locked_until__lt=end)
    return ending.annotate(happens=F("lp_locked_until"))


def _read(facts: EventFacts) -> Iterator[DatedEvent]:
    known = facts.known.of_places
    pools = resolved_of(
        FAMILY_OF[families.POOLS], facts.ids, now=facts.now, present=facts.present, known=known
    )
    for pool in (each.row for each in pools):
        if pool.lp_locked_until is None or not pool.lp_locked_share:
            continue
        on = pool.lp_locked_until.astimezone(UTC).date()
        if on in facts.span:
            telling = pool.filled_from.get("lp_locked_until", pool)
            yield DatedEvent(
                kind=LIQUIDITY_LOCK,
                asset=facts.assets[pool.asset_id],
                on=on,
                series=pool.address,
                words=(pool.pair, pool.dex),
                figures={"locked_share": pool.lp_locked_share},
                source=facts.source(telling, family=families.POOLS),
            )


LIQUIDITY_LOCKS: Final = EventKind(name=LIQUIDITY_LOCK, kinds=(families.TOKEN,), dated=_dated, read=_read)
