"""Questioned answers: criteria that nobody can answer because other figures contradict what they rest on.

A scorecard keeps them among its findings, which are long: they are read of those few cards alone of which
anything is questioned.
"""

from collections.abc import Sequence
from typing import Any, Final

from assets.services.reading.rows import read_rows
from screener.models import Scorecard
from screener.universe.rows import FIELDS

CARD: Final = FIELDS.index("id")
QUESTIONED: Final = FIELDS.index("questioned")


def questioned_answers(rows: Sequence[tuple[Any, ...]]) -> dict[int, frozenset[str]]:
    """By scorecard the criteria; `rows` are tuples of `FIELDS`. No query where nothing is questioned."""
    cards = [row[CARD] for row in rows if row[QUESTIONED]]
    if not cards:
        return {}
    kept = read_rows(Scorecard.objects.filter(pk__among=cards), ("id", "findings"))
    return {
        card: frozenset(each["criterion"] for each in findings if each.get("questioned"))
        for card, findings in kept
    }
