"""Part of a judgement: the total that an asset would have if only some of its criteria were known."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import numpy as np

from screener.checklist.dimensions import DIMENSIONS
from screener.checklist.states import NOT_APPLICABLE, STATES, UNKNOWN, State
from screener.checklist.totals import total
from screener.checklist.types import Answers

NOTHING: Final = np.zeros(1, dtype=np.bool_)


def total_of_part(
    findings: Iterable[Mapping[str, Any]], criteria: Collection[str], *, gates_open: Collection[str] = ()
) -> tuple[float, float]:
    """(total 0–100, answered share 0–1 of the weight of `criteria`) by these criteria's findings alone.

    All others count as unknown, as they are for the rows of a table that tells nothing of them: so the
    total stands on the scale of that table's rows.
    """
    stored = {each["criterion"]: each for each in findings}
    answers = {
        name: _answer(each, is_part=name in criteria, is_open=name in gates_open)
        for name, each in stored.items()
    }
    weights = {each.id: each.weight for dimension in DIMENSIONS for each in dimension.criteria}
    asked = {
        name: weights.get(name, 0)
        for name in criteria
        if name in answers and answers[name].state[0] != NOT_APPLICABLE
    }
    answered = sum(weight for name, weight in asked.items() if answers[name].state[0] != UNKNOWN)
    score = total(DIMENSIONS, answers, size=1).scores.score[0]
    return float(score), answered / (sum(asked.values()) or 1)


def _answer(finding: Mapping[str, Any], *, is_part: bool, is_open: bool) -> Answers:
    code = STATES.index(State(finding["state"]))
    if not is_part and code != NOT_APPLICABLE:
        code = UNKNOWN
    points = finding["points"] if is_part and finding["points"] is not None else np.nan
    return Answers(
        state=np.array([code], dtype=np.int8),
        points=np.array([points], dtype=np.float64),
        value=np.array([np.nan]),
        gate_open=NOTHING | (is_part and is_open),
        gate_unverified=NOTHING,
        stale=NOTHING | (is_part and bool(finding["stale"]) and code < UNKNOWN),
        questioned=NOTHING,
        would_stop=NOTHING,
    )
