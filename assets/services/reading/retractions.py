"""Retractions: the observations that a person has taken back, and from when on they no longer count."""

from collections.abc import Collection
from datetime import datetime

from assets.models import Retraction
from assets.providers import in_parts


def retracted_by(moment: datetime, *, present: Collection[str]) -> tuple[int, ...]:
    """The observations that had been taken back by then. Only a person's own answers ever are.

    `present` are the providers who were ever asked: without a person among them nothing is asked.
    """
    if not in_parts() & {*present}:
        return ()
    taken_back = Retraction.objects.filter(retracted_at__lte=moment).order_by("observation")
    return tuple(taken_back.values_list("observation", flat=True))
