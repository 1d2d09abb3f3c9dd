"""What changed of some assets since a moment: rating, gates, answers, key figures, from stored scorecards.

Two scorecards an asset are read, whatever lies between them: the newest one and the one of that moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Max

from screener.checklist import CRITERIA, Criterion
from screener.checklist.states import shown_as
from screener.models import Scorecard
from screener.screens.columns import COLUMN_OF, ScreenColumn

MOST_ASSETS: Final = 100
"""Of so many assets it is worked out at once: two cards with all findings each."""

FIGURES: Final = tuple(
    COLUMN_OF[key]
    for key in (
        *("price", "market_cap", "volume", "liquidity", "depth", "round_trip", "holders", "top10_adj"),
        *("circulating", "unlock_30d", "runway"),
    )
)
"""What an analyst follows from day to day."""
LEAST_SHARE: Final = 0.01
LEAST_MOVE: Final = 0.05
"""A share that moves by a hundredth of the whole, and any other figure by a twentieth of itself, is news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMove:
    """A key figure before and now, None where it is not known; `move` is relative, of shares none."""

    column: ScreenColumn
    old: float | None
    new: float | None
    move: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMove:
    """What a criterion was shown as, and is; None where it was not asked."""

    criterion: Criterion
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetChange:
    """`old` is None where the asset was scored first since. `stops` are gates that say stop now and did not,
    `cleared` those that no longer do."""

    old: Scorecard | None
    new: Scorecard
    stops: tuple[Criterion, ...] = ()
    cleared: tuple[Criterion, ...] = ()
    answers: tuple[AnswerMove, ...] = ()
    figures: tuple[FigureMove, ...] = ()

    @property
    def points(self) -> float | None:
        """By how much the score moved; None where it was or is not rated."""
        if self.old is None or self.old.total is None or self.new.total is None:
            return None
        return self.new.total - self.old.total

    @property
    def is_other_grade(self) -> bool:
        return self.old is not None and self.old.grade != self.new.grade

    @property
    def says_anything(self) -> bool:
        """Whether more than the time of the score is another one."""
        moved = self.points is not None and abs(self.points) >= 1
        return self.old is None or bool(
            self.is_other_grade or moved or self.stops or self.cleared or self.answers or self.figures
        )


def what_changed(asset_ids: Sequence[int], *, since: datetime) -> list[AssetChange]:
    """Of the first `MOST_ASSETS` of these assets those of which anything changed, the newest score first."""
    among = Scorecard.objects.filter(asset__in=asset_ids[:MOST_ASSETS]).order_by()
    newest = dict(among.values_list("asset").annotate(newest=Max("pk")))
    before = dict(among.filter(scored_at__lte=since).values_list("asset").annotate(newest=Max("pk")))
    moved = [asset_id for asset_id, pk in newest.items() if before.get(asset_id) != pk]
    wanted = [cards[asset_id] for cards in (newest, before) for asset_id in moved if asset_id in cards]
    cards = Scorecard.objects.with_baselines().select_related("asset").in_bulk(wanted)
    changes = (
        asset_change(cards.get(before.get(asset_id, 0)), cards[newest[asset_id]])
        for asset_id in moved
        if newest[asset_id] in cards
    )
    told = [each for each in changes if each.says_anything]
    return sorted(told, key=lambda each: (each.new.scored_at, each.new.pk), reverse=True)


def asset_change(old: Scorecard | None, new: Scorecard) -> AssetChange:
    """From one scorecard to a later one of the same asset."""
    if old is None:
        return AssetChange(old=None, new=new)
    before, now = set(old.gates_open), set(new.gates_open)
    return AssetChange(
        old=old,
        new=new,
        stops=_criteria(now - before),
        cleared=_criteria(before - now),
        answers=tuple(answer_moves(old, new)),
        figures=tuple(
            move for column in FIGURES if (move := figure_move(column, old.figures, new.figures)) is not None
        ),
    )


def answer_moves(old: Scorecard, new: Scorecard) -> list[AnswerMove]:
    """The criteria that are shown as something else than before, in the order of the checklist."""
    before, now = _shown(old), _shown(new)
    return [
        AnswerMove(criterion=criterion, old=before.get(name), new=now.get(name))
        for name, criterion in CRITERIA.items()
        if before.get(name) != now.get(name)
    ]


def figure_move(
    column: ScreenColumn,
    old: Mapping[str, float],
    new: Mapping[str, float],
    *,
    least_move: float = LEAST_MOVE,
) -> FigureMove | None:
    """None where it is no news; `least_move` is relative, and not asked of shares."""
    before, now = old.get(column.source), new.get(column.source)
    if before is None and now is None:
        return None
    if before is None or now is None:
        return FigureMove(column=column, old=before, new=now, move=None)
    is_share = column.unit == "share"
    move = None if is_share or not before else now / before - 1
    if is_share:
        is_news = abs(now - before) >= LEAST_SHARE
    else:
        is_news = before != now if move is None else abs(move) >= least_move
    return FigureMove(column=column, old=before, new=now, move=move) if is_news else None


def _criteria(names: set[str]) -> tuple[Criterion, ...]:
    return tuple(criterion for name, criterion in CRITERIA.items() if name in names)


def _shown(card: Scorecard) -> dict[str, str]:
    return {each["criterion"]: shown_as(each["state"], stale=each["stale"]) for each in card.findings}
