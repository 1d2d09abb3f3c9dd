"""Ratings in an asset's history: score, grade and coverage that moved, each with the facts that did it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from django.db.models import F, Window
from django.db.models.functions import Lag

from screener.models import Scorecard
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import Event, HistoryStretch
from screener.services.dossier.history.subject import CardStep, HistorySubject
from screener.services.scoring.compare_scorecards import AnswerChange, ScorecardComparison, compare_pairs

LEAST_POINTS: Final = 1.0
LEAST_COVERAGE_SHARE: Final = 0.05
MOVERS: Final = 3
"""So many answers are named with the effect that they had."""
GRADE_COLUMNS: Final = ("scored_at", "pk", "grade", "checklist_version", "old_id", "old_grade", "old_version")


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingMove:
    """From one rating to the next. `comparison` says what moved it; it is made for those that are shown."""

    step: CardStep
    comparison: ScorecardComparison | None = None

    @property
    def points(self) -> float | None:
        """By how much the score moved; None where it was or is not rated."""
        old, new = self.step.old, self.step.new
        if old is None or old.total is None or new.total is None:
            return None
        return new.total - old.total

    @property
    def moved_coverage(self) -> bool:
        old = self.step.old
        return old is not None and abs(self.step.new.coverage - old.coverage) >= LEAST_COVERAGE_SHARE

    @property
    def movers(self) -> Sequence[AnswerChange]:
        """The answers that moved it most; none under other rules, whose effects nobody can tell."""
        if self.comparison is None or not self.comparison.same_rules:
            return ()
        return tuple(islice((each for each in self.comparison.moving if each.effect), MOVERS))


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeChange:
    """From one scorecard to the next another grade; "" where that is not rated."""

    at: datetime
    old_id: int
    new_id: int
    old_grade: str
    new_grade: str
    same_rules: bool


def grade_changes(subject: HistorySubject, *, since: datetime, most: int) -> list[GradeChange]:
    """The newest ones since a moment, the newest first."""
    in_order = (F("scored_at"), F("pk"))
    stored = subject.asset.scorecards.filter(scored_at__lte=subject.now).order_by()
    before = stored.annotate(
        old_id=Window(Lag("pk"), order_by=in_order),
        old_grade=Window(Lag("grade"), order_by=in_order),
        old_version=Window(Lag("checklist_version"), order_by=in_order),
    )
    changed = before.filter(old_id__isnull=False, scored_at__gte=since).exclude(old_grade=F("grade"))
    newest = changed.order_by("-scored_at", "-pk")[:most]
    return [
        GradeChange(
            at=each["scored_at"],
            old_id=each["old_id"],
            new_id=each["pk"],
            old_grade=each["old_grade"],
            new_grade=each["grade"],
            same_rules=each["old_version"] == each["checklist_version"],
        )
        for each in newest.values(*GRADE_COLUMNS)
    ]


def rating_moves(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    read = subject.steps(place)
    moves = (RatingMove(step=each) for each in read.steps)
    events = tuple(
        Event(at=each.step.new.scored_at, row=each.step.new.pk, shown=each)
        for each in moves
        if _is_news(each)
    )
    return HistoryStretch(events=events, end=read.end)


def with_comparisons(moves: Sequence[RatingMove]) -> Sequence[RatingMove]:
    """The same, each with what moved it; of all of them at once."""
    pairs = [(each.step.old, each.step.new) for each in moves if each.step.old is not None]
    by_card = {each.new.pk: each for each in compare_pairs(pairs)}
    return [RatingMove(step=each.step, comparison=by_card.get(each.step.new.pk)) for each in moves]


def _is_news(move: RatingMove) -> bool:
    old: Scorecard | None = move.step.old
    if old is None:
        return True
    is_other = (old.grade, old.is_rated) != (move.step.new.grade, move.step.new.is_rated)
    return is_other or move.moved_coverage or (move.points is not None and abs(move.points) >= LEAST_POINTS)
