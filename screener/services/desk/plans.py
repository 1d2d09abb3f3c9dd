"""Plans of a person: those that were kept, and the money that they are about."""

from collections.abc import Sequence
from typing import Final

from django.db.models import QuerySet

from screener.models import Plan
from screener.models.owned import Person

MOST_MIXED: Final = 500
"""Plans that count in a mix, the newest first."""


def plans_of(user: Person) -> QuerySet[Plan]:
    """This person's plans that were not thrown away, the newest first."""
    return Plan.objects.of(user).select_related("asset")


def planned_money(user: Person) -> Sequence[tuple[int, float, float]]:
    """Of each plan the asset, the size of the position and what is at risk, in US dollars."""
    return [*Plan.objects.of(user).values_list("asset_id", "size_usd", "loss_usd")[:MOST_MIXED]]
