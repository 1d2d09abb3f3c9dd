from datetime import timedelta

import pytest
from django.utils import timezone

from assets.models import RefreshRun
from screener.services.operation.filling import filling_in_words, filling_of


def run_of(family, *, total, done, seconds, over=False):
    started = timezone.now() - timedelta(seconds=seconds)
    return RefreshRun(
        provider="sandbox",
        family=family,
        steps_total=total,
        steps_done=done,
        created_at=started,
        finished_at=started + timedelta(seconds=seconds) if over else None,
        state=RefreshRun.State.DONE if over else RefreshRun.State.RUNNING,
    )


def test_the_pace_is_that_of_the_runs_so_far():
    runs = {
        "listing": run_of("listing", total=6, done=6, seconds=12, over=True),
        "market": run_of("market", total=6, done=2, seconds=4),
    }
    filling = filling_of(runs["market"], steps=("listing", "market", "pools"), runs=runs, calls={"pools": 10})
    assert (filling.step, filling.steps, filling.is_moving) == (2, 3, True)
    assert filling.done_share == pytest.approx(8 / 22)
    assert filling.seconds_left == pytest.approx(2 * 14, rel=0.05), "14 calls at 2 s each"
    assert filling_in_words(filling) == "step 2 of 3: Price and volume, under a minute"


def test_nothing_is_said_of_the_time_before_there_is_a_pace():
    run = run_of("market", total=6, done=1, seconds=3)
    filling = filling_of(run, steps=("market",), runs={"market": run}, calls={})
    assert filling.seconds_left is None
    assert filling_in_words(filling) == "step 1 of 1: Price and volume"
