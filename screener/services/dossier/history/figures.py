"""Key figures in an asset's history: supply, depth, holders and the like that moved from card to card."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from screener.screens.columns import COLUMN_OF
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import Event, HistoryStretch
from screener.services.dossier.history.subject import CardStep, HistorySubject
from screener.services.screening.what_changed import FigureMove, figure_move

LEAST_MOVE: Final = 0.05
LEAST_MOVE_OF_MONEY: Final = 0.2
"""What is counted in dollars moves with the price; only more than its daily swing is a fact of its own (our
judgement)."""

KEY_FIGURES: Final = tuple(
    COLUMN_OF[key]
    for key in (
        *("circulating", "float", "market_cap", "liquidity", "depth", "lp_pullable_30d", "tax"),
        *("holders", "top10_adj", "largest_wallet", "unlock_30d", "unlock_12m", "tvl", "revenue"),
        *("audits", "cash", "runway", "insider_share", "public_float"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMoves:
    """The figures that moved in one step."""

    step: CardStep
    moves: Sequence[FigureMove]


def figure_moves(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    read, events = subject.steps(place), list[Event]()
    for step in read.steps:
        if moves := _moves(step):
            shown = FigureMoves(step=step, moves=moves)
            events.append(Event(at=step.new.scored_at, row=step.new.pk, shown=shown))
    return HistoryStretch(events=events, end=read.end)


def _moves(step: CardStep) -> list[FigureMove]:
    if step.old is None:
        return []
    found = (
        figure_move(
            column,
            step.old.figures,
            step.new.figures,
            least_move=LEAST_MOVE_OF_MONEY if column.unit == "usd" else LEAST_MOVE,
        )
        for column in KEY_FIGURES
    )
    return [each for each in found if each is not None]
