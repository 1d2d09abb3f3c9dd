"""History subject: whose history is read, by whom, as of when, and what several of its streams share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from assets.models import Asset
from assets.services.reading.answers import present_providers
from assets.services.reading.known_by import KnownBy
from screener.models import Scorecard
from screener.services.dossier.history.place import HistoryPlace

CARDS_A_STRETCH: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class CardStep:
    """A scorecard and the one before it; None before the first."""

    old: Scorecard | None
    new: Scorecard

    @property
    def same_rules(self) -> bool:
        return self.old is not None and self.old.checklist_version == self.new.checklist_version


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSteps:
    """Steps behind a place, the newest first; `end` as in `HistoryStretch`."""

    steps: Sequence[CardStep]
    end: HistoryPlace | None


class HistorySubject:
    """`as_of` is the past moment as of which it is read; None for now. Nothing learnt later is in it."""

    def __init__(
        self,
        asset: Asset,
        *,
        user: AbstractBaseUser | AnonymousUser,
        now: datetime,
        as_of: datetime | None = None,
    ) -> None:
        self.asset = asset
        self.user = user
        self.now = as_of or now
        self.as_of = as_of
        self._steps: dict[HistoryPlace, CardSteps] = {}

    @cached_property
    def present(self) -> set[str]:
        return present_providers()

    @cached_property
    def known(self) -> KnownBy:
        """Which rows of facts count."""
        return KnownBy.of([self.asset.pk], now=self.now, present=self.present, known_by=self.as_of)

    def steps(self, place: HistoryPlace) -> CardSteps:
        """From card to card, read once for all streams that ask."""
        if place not in self._steps:
            self._steps[place] = self._read_steps(place)
        return self._steps[place]

    def _read_steps(self, place: HistoryPlace) -> CardSteps:
        stored = self.asset.scorecards.with_baselines().filter(place.reaches(at="scored_at"))
        cards = list(stored.order_by("-scored_at", "-pk")[: CARDS_A_STRETCH + 1])
        steps = [CardStep(old=old, new=new) for new, old in pairwise(cards)]
        if len(cards) > CARDS_A_STRETCH:
            last = steps[-1].new
            return CardSteps(steps=steps, end=HistoryPlace(last.scored_at, last.pk))
        if cards:
            steps.append(CardStep(old=None, new=cards[-1]))
        return CardSteps(steps=steps, end=None)
