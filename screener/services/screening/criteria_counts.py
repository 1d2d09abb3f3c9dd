"""Criteria of a screen: how many of its assets have each answer to each criterion."""

from collections.abc import Mapping

from django.utils import timezone

from screener.screens.answer_counts import answer_counts
from screener.screens.position import PositionSize
from screener.screens.screen import Screen
from screener.screens.tier_limits import TierLimits
from screener.services.desk.preferences import default_position
from screener.services.desk.size_tiers import tiers_of
from screener.services.desk.watchlists import Person
from screener.services.screening.prepared import prepared
from screener.services.screening.run_screen import selection_of


def criteria_counts(
    screen: Screen, *, user: Person, position: PositionSize | None = None, tiers: TierLimits | None = None
) -> dict[str, Mapping[str, int]]:
    """By criterion and answer; one that the screen asks for is counted under its other conditions."""
    sized = prepared(screen.position or position or default_position(), tiers or tiers_of(user))
    selection = selection_of(sized, screen.condition, user=user, now_s=timezone.now().timestamp())
    states = sized.table.states
    return {
        criterion: selection.answers.get(criterion) or answer_counts(states[criterion], selection.rows)
        for criterion in states
    }
