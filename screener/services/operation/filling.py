"""Progress of filling a market: which step of how many is under way, and how long it will take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from assets.models import RefreshRun
from screener.words.findings import family_name
from screener.words.numbers import time_left

FEWEST_CALLS_FOR_A_PACE: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """Step `step` of `steps` is under way: `run`. `seconds_left` are those of all steps, None until a pace
    can be told; `done_share` is of all calls."""

    run: RefreshRun
    step: int
    steps: int
    done_share: float
    seconds_left: float | None

    @property
    def is_moving(self) -> bool:
        return not self.run.is_over


def filling_of(
    run: RefreshRun, *, steps: Sequence[str], runs: Mapping[str, RefreshRun], calls: Mapping[str, int]
) -> Filling:
    """`steps` are the families in their order, `runs` the newest run of each that was started.

    `calls` are expected of a family that is not under way yet. The pace is that of the runs so far.
    """
    now, seconds, ended, total = timezone.now(), 0.0, 0, 0
    for family in steps:
        started = runs.get(family)
        if started is None:
            total += calls.get(family, 1)
            continue
        total += started.steps_total
        ended += started.steps_ended
        seconds += ((started.finished_at or now) - started.created_at).total_seconds()
    left = seconds / ended * (total - ended) if ended >= FEWEST_CALLS_FOR_A_PACE else None
    return Filling(
        run=run,
        step=1 + steps.index(run.family),
        steps=len(steps),
        done_share=ended / total if total else 0.0,
        seconds_left=left,
    )


def filling_in_words(filling: Filling) -> str:
    """The same words in a shell and on a page: "step 3 of 16: Pools, about a minute"."""
    place = _("step %(step)d of %(steps)d: %(family)s") % {
        "step": filling.step,
        "steps": filling.steps,
        "family": family_name(filling.run.family),
    }
    return place if filling.seconds_left is None else f"{place}, {time_left(filling.seconds_left)}"
