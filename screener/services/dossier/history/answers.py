"""Findings and gates in an asset's history: the answers that became other ones from card to card."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from screener.checklist import CRITERIA, Criterion
from screener.models import Scorecard
from screener.services.dossier.history.place import HistoryPlace
from screener.services.dossier.history.stream import Event, HistoryStretch
from screener.services.dossier.history.subject import CardStep, HistorySubject
from screener.services.screening.what_changed import AnswerMove, answer_moves


class GateState(StrEnum):
    """What a gate said: an open one stops, an unverified one waits for an answer."""

    OPEN = "open"
    UNVERIFIED = "unverified"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateMove:
    criterion: Criterion
    old: GateState
    new: GateState


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMoves:
    """The answers that moved in one step."""

    step: CardStep
    moves: Sequence[AnswerMove]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateMoves:
    """The gates that moved in one step."""

    step: CardStep
    moves: Sequence[GateMove]


def finding_moves(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    """A gate that moved is an entry of its own kind and not told twice."""
    read, events = subject.steps(place), list[Event]()
    for step in read.steps:
        if step.old is None:
            continue
        gates = {each.criterion.id for each in _gate_moves(step.old, step.new)}
        moves = [each for each in answer_moves(step.old, step.new) if each.criterion.id not in gates]
        if moves:
            shown = AnswerMoves(step=step, moves=moves)
            events.append(Event(at=step.new.scored_at, row=step.new.pk, shown=shown))
    return HistoryStretch(events=events, end=read.end)


def gate_moves(subject: HistorySubject, place: HistoryPlace) -> HistoryStretch:
    read, events = subject.steps(place), list[Event]()
    for step in read.steps:
        if step.old is not None and (moves := _gate_moves(step.old, step.new)):
            shown = GateMoves(step=step, moves=moves)
            events.append(Event(at=step.new.scored_at, row=step.new.pk, shown=shown))
    return HistoryStretch(events=events, end=read.end)


def _gate_moves(old: Scorecard, new: Scorecard) -> list[GateMove]:
    before, after = _gates(old), _gates(new)
    moves = {each: (_state(each, before), _state(each, after)) for each in {**after, **before}}
    return [
        GateMove(criterion=CRITERIA[name], old=states[0], new=states[1])
        for name, states in moves.items()
        if name in CRITERIA and states[0] != states[1]
    ]


def _gates(card: Scorecard) -> dict[str, GateState]:
    return dict.fromkeys(card.gates_open, GateState.OPEN) | dict.fromkeys(
        card.gates_unverified, GateState.UNVERIFIED
    )


def _state(gate: str, said: dict[str, GateState]) -> GateState:
    return said.get(gate, GateState.CLEAR)
