"""Limits of a question: what it may hold, so that its cost is bounded whatever it asks.

A condition is a walk over a column; a search walks over every name; a percentile sorts a column; a change
reads scorecards of the past, all columns of one moment at once.
"""

from collections.abc import Iterator
from typing import Final

from screener.checklist.types import phrase
from screener.screens.conditions import (
    All,
    Answered,
    Between,
    Comparison,
    Condition,
    Contains,
    Either,
    Gated,
    Not,
    OneOf,
    Tagged,
    Transform,
    changes_in,
    walk,
)
from screener.screens.problems import Problem

MOST_CONDITIONS: Final = 150
"""Every filter of the panel, both ends of each, is fewer."""
MOST_LABELS: Final = 200
MOST_SEARCHES: Final = 16
MOST_PERCENTILES: Final = 10
MOST_CHANGES: Final = 6
MOST_MOMENTS: Final = 3

LIMITS: Final = (
    (MOST_CONDITIONS, phrase("A screen has at most {most} conditions; this one has {count}.")),
    (MOST_LABELS, phrase("A screen names at most {most} words in lists; this one names {count}.")),
    (MOST_SEARCHES, phrase("A screen searches for at most {most} words and tags; this one for {count}.")),
    (MOST_PERCENTILES, phrase("A screen has at most {most} percentiles; this one has {count}.")),
    (MOST_CHANGES, phrase("A screen compares at most {most} columns with the past; this one {count}.")),
    (MOST_MOMENTS, phrase("A screen looks back over at most {most} spans of days; this one over {count}.")),
)


def problem_of_size(condition: Condition) -> Problem | None:
    """What the question has too much of, with the limit; None for one that may be asked."""
    for (most, text), found in zip(LIMITS, _sizes(condition), strict=True):
        if found > most:
            return Problem(key="q", text=text, counts={"most": most, "count": found})
    return None


def _sizes(condition: Condition) -> Iterator[int]:
    """How many of each, in the order of `LIMITS`."""
    parts = [each for each in walk(condition) if not isinstance(each, All | Either | Not)]
    labels = [len(_labels(each)) for each in parts]
    yield len(parts)
    yield sum(labels)
    yield sum(len(each.tags) if isinstance(each, Tagged) else isinstance(each, Contains) for each in parts)
    yield sum(
        isinstance(each, Comparison | Between) and each.number.transform is Transform.PERCENTILE
        for each in parts
    )
    changes = changes_in([condition])
    yield len(changes)
    yield len({days for _key, days in changes})


def _labels(part: Condition) -> tuple[str, ...]:
    match part:
        case OneOf(_category, labels):
            return labels
        case Tagged(tags):
            return tags
        case Gated(gates):
            return gates
        case Answered(_criterion, states):
            return tuple(states)
    return ()
