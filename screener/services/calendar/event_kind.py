"""Event kind: how the events of one kind are found by their days, and read by the rules of the score."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from assets.metrics.facts import Facts
from assets.metrics.families import FAMILY_OF
from assets.models import Asset
from assets.services.reading.answers import present_providers
from assets.services.reading.facts import facts_known
from assets.services.reading.known_by import KnownBy
from screener.services.calendar.dated_event import DatedEvent, EventSource, Span


class EventFacts:
    """What the readers of one kind read of a batch of assets, as score and page read it.

    `known_by` is the past moment as of which it is read; None for now. Nothing learnt later counts then.
    """

    def __init__(
        self, assets: Sequence[Asset], *, span: Span, now: datetime, known_by: datetime | None = None
    ) -> None:
        self.assets = {each.pk: each for each in assets}
        self.ids = sorted(self.assets)
        self.span, self.now, self.known_by = span, known_by or now, known_by
        self._columns: dict[tuple[str, ...], Facts] = {}

    @cached_property
    def present(self) -> set[str]:
        """The providers who were ever asked."""
        return present_providers()

    @cached_property
    def known(self) -> KnownBy:
        return KnownBy.of(self.ids, now=self.now, present=self.present, known_by=self.known_by)

    def columns(self, *families: str) -> Facts:
        """Two kinds that rest on the same families read them once."""
        if families not in self._columns:
            self._columns[families] = facts_known(
                self.ids, now=self.now, known=self.known, present=self.present, among=families
            )
        return self._columns[families]

    def source(self, row: Any, *, family: str, url: str = "") -> EventSource:
        """Of a row of this family: whatever has `asset_id`, `observation_id`, `provider` and `as_of`."""
        limit = FAMILY_OF[family].limit(self.assets[row.asset_id].kind)
        return EventSource(
            observation_id=row.observation_id,
            provider=row.provider,
            as_of=row.as_of,
            is_stale=limit is not None and self.now - row.as_of > limit,
            url=url,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """A kind of dated events.

    `dated` gives stored rows that may have an event in these days, with the first of them as `happens`;
    `asset` is the way from such a row to its asset. They bound what is read and may be superseded: `read`
    says what counts, of assets of these `kinds`. `of_watchlists`: it is worked out for the assets of a
    watchlist alone, because no stored day bounds it.
    """

    name: str
    kinds: Collection[str]
    dated: Callable[[Span], QuerySet[Any]]
    asset: str = "asset"
    read: Callable[[EventFacts], Iterable[DatedEvent]]
    of_watchlists: bool = False
