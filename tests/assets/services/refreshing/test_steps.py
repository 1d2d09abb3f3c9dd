from datetime import timedelta

import pytest
from django.utils import timezone

from assets.models import Asset, MarketSnapshot, Observation, Payload, RefreshRun, RefreshStep, RequestLog
from assets.network.pacing import PacingError
from assets.services.refreshing import runs, steps
from assets.services.storing.store import store_rows
from assets.sourcing.causes import FailureCause
from assets.sourcing.contract import RefusedError, Request, TransientError
from tests.assets.services.vendor import NOW, Answers, Vendor, work_off

pytestmark = pytest.mark.django_db(transaction=True)


def start(**changes):
    return runs.start_run(**{"provider": "vendor", "family": "market", **changes})


def first_step():
    return RefreshStep.objects.order_by("pk")[0]


def test_a_run_follows_the_pages_counts_and_ends_when_everything_is_scored(scores):
    run = start()
    assert (run.state, run.steps_total) == ("running", 1)
    work_off(Answers(), scores)
    run.refresh_from_db()
    assert (run.state, run.steps_total, run.steps_done) == ("done", 2, 2)
    assert (run.rows_stored, run.assets_scored) == (3, 3)
    assert run.finished_at is not None
    assert Asset.objects.count() == 3
    assert Observation.objects.filter(status="parsed").count() == 2


def test_a_step_taken_twice_counts_once(scores):
    start()
    client = Answers()
    for _worker in range(2):
        steps.run_step(step_id=first_step().pk, client=client)
    assert client.asked == ["/1"]
    assert MarketSnapshot.objects.count() == 2


def test_two_workers_with_the_same_answer_store_it_once(scores):
    start()
    step = RefreshStep.objects.select_related("run").get()
    vendor = Vendor()
    raw = vendor.fetch(Request.from_json(step.request), Answers())
    for _worker in range(2):
        steps.end_done(step, raw, vendor.parse(raw))
    assert MarketSnapshot.objects.count() == 2
    assert RefreshRun.objects.get().steps_done == 1
    assert Observation.objects.count() == 1


def test_a_permanent_refusal_ends_the_step_with_its_reason_and_the_old_facts_stay(scores):
    start()
    work_off(Answers(), scores)
    run = start()
    work_off(Answers(**{"/2": RefusedError("Vendor does not know page 2.")}), scores)
    run.refresh_from_db()
    assert (run.state, run.steps_done, run.steps_failed) == ("failed", 1, 1)
    assert run.problem == "Vendor does not know page 2."
    assert run.steps.get(state="failed").cause == FailureCause.REFUSED
    assert MarketSnapshot.objects.count() == 3, "what was told again, word for word, is not stored twice"


def test_a_passing_failure_puts_the_step_off_each_time_for_longer(scores):
    start()
    for attempt in range(1, steps.MOST_ATTEMPTS):
        asked_at = timezone.now()
        steps.run_step(step_id=first_step().pk, client=Answers(**{"/1": TransientError("Vendor is slow.")}))
        step = first_step()
        assert (step.state, step.attempts, step.problem) == ("waiting", attempt, "Vendor is slow.")
        assert waited(step, asked_at, at_least=2**attempt, at_most=1.5 * 2**attempt)
    assert not Observation.objects.exists()
    steps.run_step(step_id=first_step().pk, client=Answers(**{"/1": TransientError("Vendor is slow.")}))
    assert (first_step().state, first_step().problem) == ("failed", "Vendor is slow.")
    assert first_step().cause == FailureCause.DOWN


def test_what_a_provider_wishes_is_waited(scores):
    start()
    client = Answers(**{"/1": TransientError("Fewer calls.", retry_after_s=40)})
    asked_at = timezone.now()
    steps.run_step(step_id=first_step().pk, client=client)
    assert waited(first_step(), asked_at, at_least=40, at_most=60)


def waited(step, asked_at, *, at_least, at_most):
    """Whether it is tried again in so many seconds, however long it took to say so."""
    earliest, latest = asked_at + timedelta(seconds=at_least), timezone.now() + timedelta(seconds=at_most)
    return earliest <= step.next_try_at <= latest


def test_a_call_that_was_not_made_is_no_attempt(scores):
    start()
    for _turn in range(2 * steps.MOST_ATTEMPTS):
        steps.run_step(step_id=first_step().pk, client=Answers(**{"/1": PacingError("Not its turn.")}))
    assert (first_step().state, first_step().attempts) == ("waiting", 0)


def test_a_damaged_body_is_asked_for_again_and_at_last_kept_and_marked(scores):
    run = start()
    client = Answers(**{"/1": b"<html>"})
    work_off(client, scores)
    run.refresh_from_db()
    observation = Observation.objects.get()
    assert client.asked == ["/1"] * steps.MOST_READINGS
    assert (observation.status, observation.payload.body) == ("unreadable", b"<html>")
    assert "not JSON" in observation.problem
    assert RefreshStep.objects.get().observation == observation
    assert RefreshStep.objects.get().cause == FailureCause.UNREADABLE
    assert run.state == "failed"


def test_a_body_that_came_to_harm_once_is_read_from_the_next_answer(scores):
    run = start()
    steps.run_step(step_id=first_step().pk, client=Answers(**{"/1": b"<html>"}))
    work_off(Answers(), scores)
    run.refresh_from_db()
    assert (run.state, run.rows_stored) == ("done", 3)
    assert Observation.objects.filter(status="unreadable").count() == 0


def test_a_body_of_another_shape_came_whole_and_is_asked_for_once(scores):
    start()
    client = Answers(**{"/1": b"[]"})
    work_off(client, scores)
    assert client.asked == ["/1"]
    assert Observation.objects.get().status == "unreadable"


def test_a_strange_value_in_a_sound_body_is_asked_for_once_and_remarked(scores):
    run = start()
    strange = b'{"coins": ["a"], "next": "", "remarks": ["b: price is negative."]}'
    client = Answers(**{"/1": strange})
    work_off(client, scores)
    run.refresh_from_db()
    assert client.asked == ["/1"]
    assert (run.state, run.rows_stored) == ("done", 1)
    assert Observation.objects.get().remarks == ["b: price is negative."]


def test_an_answer_that_breaks_half_way_leaves_nothing_behind(scores, monkeypatch):
    start()

    def store_and_break(**told_rows):
        store_rows(**told_rows)
        raise RuntimeError("disk full")

    monkeypatch.setattr(steps, "store_rows", store_and_break)
    with pytest.raises(RuntimeError):
        steps.run_step(step_id=first_step().pk, client=Answers())
    assert not Asset.objects.exists()
    assert not Observation.objects.exists()
    assert not Payload.objects.exists()
    assert first_step().state == "waiting"


def test_the_same_body_is_kept_once(scores):
    for _ in range(2):
        start()
        work_off(Answers(), scores)
    assert Observation.objects.count() == 4
    assert Payload.objects.count() == 2


def test_every_asset_remembers_when_it_was_asked_about_and_what_came_of_it(scores):
    start()
    work_off(Answers(), scores)
    start(family="holders")
    work_off(
        Answers(
            **{
                "/a": b'{"coins": ["a"], "next": ""}',
                "/b": b'{"coins": [], "next": "", "remarks": ["Vendor does not know b."]}',
                "/c": RefusedError("Vendor refused c."),
            }
        ),
        scores,
    )
    market = RequestLog.objects.filter(family="market")
    assert {each.answered_at for each in market} == {NOW}
    holders = {each.asset.name: each for each in RequestLog.objects.filter(family="holders")}
    assert (holders["a"].answered_at, holders["a"].problem) == (NOW, "")
    assert (holders["b"].answered_at, holders["b"].problem) == (None, "Vendor does not know b.")
    assert (holders["c"].answered_at, holders["c"].problem) == (None, "Vendor refused c.")
    run = RefreshRun.objects.latest("pk")
    steps.log_requests(run, [holders["a"].asset_id], asked_at=NOW, problem="Not today.")
    again = RequestLog.objects.get(pk=holders["a"].pk)
    assert (again.answered_at, again.problem) == (NOW, "Not today."), "an earlier answer is not forgotten"
