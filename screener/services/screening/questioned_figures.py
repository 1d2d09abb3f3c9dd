"""Questioned figures of a screen: how many assets have one, and what contradicts those of a page."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from assets.metrics.facts import MEASURES_FRAME
from screener.models import Scorecard
from screener.screens.columns import NO_YES
from screener.services.screening.run_screen import ScreenRow
from screener.universe.live import UNIVERSE

Questions = Sequence[Mapping[str, Any]]
"""As a scorecard keeps them: frame, place, field, value, witness, against."""


def count_questioned() -> int:
    """How many assets `questioned:yes` finds."""
    column = UNIVERSE.table().categories["questioned"]
    yes = [code for code, label in enumerate(column.labels) if label == NO_YES[True]]
    return int(np.isin(column.codes, yes).sum())


def questions_of(rows: Sequence[ScreenRow], *, shown: Collection[str]) -> Mapping[int, Questions]:
    """By asset what is asked of it, of those rows in which one of the shown columns is questioned."""
    cards = [row.card_id for row in rows if not row.questioned.isdisjoint(shown)]
    if not cards:
        return {}
    kept = Scorecard.objects.filter(pk__in=cards).values_list("asset_id", "questioned")
    return {asset_id: questioned.get("facts", ()) for asset_id, questioned in kept}


def about(questions: Questions, measure: str) -> Questions:
    """Those that are about this measure itself; all of them where it rests on facts that are questioned."""
    itself = [each for each in questions if (each["frame"], each["field"]) == (MEASURES_FRAME, measure)]
    return itself or questions
