"""Reparse and retention: kept answers are parsed again with today's parsers, old ones are dropped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from assets.models import Observation, Payload
from assets.models.whole_json import DamagedRowError
from assets.providers import configured
from assets.services.refreshing.steps import keep_observation
from assets.services.storing.store import store_rows
from assets.sourcing.contract import Parsed, ProviderError, RawObservation, Request

FORGOTTEN_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReparsedAnswer:
    """The result of one answer: how many rows are new, of which assets; or why it can't be parsed."""

    observation: Observation
    rows: int = 0
    asset_ids: tuple[int, ...] = ()
    problem: str = ""


def kept_answers(*, provider: str, since: datetime, family: str = "") -> QuerySet[Observation]:
    """The provider's own answers since then that are still kept and count, the oldest first."""
    kept = Observation.objects.filter(
        provider=provider,
        known_at__gte=since,
        reparse_of=None,
        retraction=None,
        payload__compressed__isnull=False,
    )
    return (kept.filter(family=family) if family else kept).order_by("known_at", "pk")


def reparse_answers(answers: QuerySet[Observation], *, now: datetime) -> Iterator[ReparsedAnswer]:
    """Parse each again. Rows that differ from the stored ones are appended, known from now on.

    An answer that gives what is stored already leaves no trace, so it can be done again at any time.
    """
    for observation in answers.select_related("payload").iterator(chunk_size=50):
        try:
            raw = _as_it_came(observation)
            parsed = configured(observation.provider).parse(raw)
        except (ProviderError, DamagedRowError) as error:
            yield ReparsedAnswer(observation=observation, problem=str(error))
        else:
            yield _append(observation, raw, parsed, now=now)


def _as_it_came(observation: Observation) -> RawObservation:
    return RawObservation(
        provider=observation.provider,
        request=Request.from_json(observation.request),
        status_code=observation.http_status,
        body=observation.payload.body,
        fetched_at=observation.known_at,
    )


def _append(
    observation: Observation, raw: RawObservation, parsed: Parsed, *, now: datetime
) -> ReparsedAnswer:
    with transaction.atomic():
        reparsed = keep_observation(
            raw,
            as_of=max((row.as_of for row in parsed.rows), default=raw.fetched_at),
            remarks=list(parsed.remarks),
            reparse_of=observation,
            known_at=now,
        )
        rows, asset_ids = store_rows(observation=reparsed, rows=parsed.rows, said_at=raw.fetched_at)
        if not rows:
            transaction.set_rollback(True)
            return ReparsedAnswer(observation=observation)
    return ReparsedAnswer(observation=observation, rows=rows, asset_ids=tuple(asset_ids))


def forget_payloads(*, days: int, now: datetime) -> int:
    """Drop the bodies of answers older than so many days; what was read from them stays. Returns how many.

    A body that came again later is as old as its last coming. 0 days keeps everything.
    """
    if not days:
        return 0
    old = Payload.objects.filter(compressed__isnull=False).exclude(
        observation__known_at__gte=now - timedelta(days=days)
    )
    forgotten = 0
    while batch := list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]):
        forgotten += Payload.objects.filter(pk__in=batch).update(compressed=None)
    return forgotten
