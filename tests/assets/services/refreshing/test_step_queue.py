from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from assets.models import RefreshStep
from assets.services.refreshing import runs, steps
from assets.services.refreshing.step_queue import due_steps, seconds_to_next_try
from assets.sourcing.contract import Request

pytestmark = pytest.mark.django_db(transaction=True)


def start(**changes):
    return runs.start_run(**{"provider": "vendor", "family": "market", **changes})


def due(now, most=5):
    return [each.step_id for each in due_steps("vendor", now=now, most=most)]


def test_what_is_rescheduled_does_not_hold_up_the_rest(scores):
    run = start()
    steps.add_steps(run, [(Request(family="market", path="/2"), ())])
    steps.reschedule(RefreshStep.objects.earliest("pk"), problem="later", wait_s=100)
    now = timezone.now()
    assert due(now) == [RefreshStep.objects.order_by("-pk")[0].pk]
    assert seconds_to_next_try("vendor", now=now) == 0
    RefreshStep.objects.update(next_try_at=now + timedelta(seconds=30))
    assert seconds_to_next_try("vendor", now=now) == pytest.approx(30)
    RefreshStep.objects.update(state="done")
    assert seconds_to_next_try("vendor", now=now) is None


def test_the_more_urgent_run_comes_first_then_the_older_one(scores):
    older, newer = start(), start(limit=2)
    urgent = start(priority=5, limit=1)
    steps.add_steps(older, [(Request(family="market", path="/2"), ())])
    first, second = older.steps.order_by("pk").values_list("pk", flat=True)
    assert due(timezone.now()) == [urgent.steps.get().pk, first, second, newer.steps.get().pk]
    assert due(timezone.now(), most=2) == [urgent.steps.get().pk, first]
    runs.stop_run(urgent)
    assert due(timezone.now(), most=1) == [first]


def test_the_next_steps_are_found_without_reading_all_that_wait(scores, django_assert_num_queries):
    run = start()
    steps.add_steps(run, ((Request(family="market", path=f"/{n}"), ()) for n in range(500)))
    with django_assert_num_queries(2) as captured:
        assert len(due(timezone.now(), most=3)) == 3
    if connection.vendor == "sqlite":
        plan = connection.cursor().execute(f"EXPLAIN QUERY PLAN {captured[1]['sql']}").fetchall()
        assert not any("TEMP B-TREE" in row[-1] for row in plan), plan


def test_a_wait_that_a_clock_noted_which_was_ahead_is_over(scores):
    start()
    now = timezone.now()
    RefreshStep.objects.update(next_try_at=now + timedelta(days=1))
    assert due(now) == [RefreshStep.objects.get().pk]
    assert seconds_to_next_try("vendor", now=now) == 0
