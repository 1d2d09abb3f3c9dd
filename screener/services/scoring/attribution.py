"""Attribution: how much each changed answer moved an asset's total from one scorecard to the next."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from screener.checklist import CHECKLIST_VERSION, DIMENSIONS, State
from screener.checklist.states import STATES
from screener.checklist.totals import total
from screener.checklist.types import Answers
from screener.models import Scorecard

Answer = tuple[str, float | None, bool, bool, bool, bool]
"""State, points, whether it is stale, and what its gate says: open, unverified, would stop."""

NOT_ASKED: Final[Answer] = (State.NOT_APPLICABLE.value, None, False, False, False, False)


def attributed_effects(*, old: Scorecard, new: Scorecard) -> dict[str, float] | None:
    """By criterion and by dimension: the new total minus what it would be with the old answers there.

    Exact and one at a time: everything else stays as it is now, and a gate goes with its answer.
    Dimensions are multiplied and an open gate cuts the total, so effects need not add up to its change.
    None under other rules than today's, whose weights are not kept, and of a card that is not rated: it has
    no total.
    """
    if {old.checklist_version, new.checklist_version} != {CHECKLIST_VERSION}:
        return None
    if not (old.is_rated and new.is_rated):
        return None
    before, after = _answers(old), _answers(new)
    dimension_of = {each.id: dimension.id for dimension in DIMENSIONS for each in dimension.criteria}
    asked = [each for each in dimension_of if each in before or each in after]
    changed = [each for each in asked if before.get(each, NOT_ASKED) != after.get(each, NOT_ASKED)]
    moved = list(dict.fromkeys(dimension_of[each] for each in changed))
    # The first row is the new scorecard; each further one takes the old answers of one name.
    rows = [
        set(),
        *({each} for each in changed),
        *({each for each in asked if dimension_of[each] == one} for one in moved),
    ]
    answers = {each: _column(each, before, after, rows) for each in asked}
    totals = total(DIMENSIONS, answers, size=len(rows)).scores.score.tolist()
    return {name: totals[0] - other for name, other in zip([*changed, *moved], totals[1:], strict=True)}


def _answers(card: Scorecard) -> dict[str, Answer]:
    return {
        each["criterion"]: (
            each["state"],
            each["points"],
            each["stale"],
            each["criterion"] in card.gates_open,
            each["criterion"] in card.gates_unverified,
            each.get("would_stop", False),
        )
        for each in card.findings
    }


def _column(
    criterion: str, before: Mapping[str, Answer], after: Mapping[str, Answer], rows: Sequence[set[Any]]
) -> Answers:
    """The criterion's answer in every row: the old one in those that name it."""
    answers = [(before if criterion in row else after).get(criterion, NOT_ASKED) for row in rows]
    states, points, stale, is_open, unverified, would_stop = zip(*answers, strict=True)
    unknown = np.full(len(rows), np.nan)
    return Answers(
        state=np.array([STATES.index(each) for each in states], dtype=np.int8),
        points=np.array(points, dtype=np.float64),
        value=unknown,
        gate_open=np.array(is_open, dtype=np.bool_),
        gate_unverified=np.array(unverified, dtype=np.bool_),
        stale=np.array(stale, dtype=np.bool_),
        questioned=np.zeros(len(rows), dtype=np.bool_),
        would_stop=np.array(would_stop, dtype=np.bool_),
    )
