from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from assets.models import Asset, Observation, Payload, RefreshRun, RefreshStep
from assets.services.refreshing import activity
from assets.sourcing.contract import Provider, Rate, RefusedError

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


class Wire(Provider):
    name = "wire"
    title = "Wire"
    website = "https://wire.example"
    default_url = "https://ana:secret@api.wire.example:8443/v1?key=secret"
    rate = Rate(calls=1, per_s=1)
    families = ("market", "pools")
    namespaces = ()

    def _requests(self, need, known):
        return ()

    def parse(self, raw):
        raise NotImplementedError


@pytest.fixture(autouse=True)
def _only_wire(monkeypatch):
    monkeypatch.setattr(activity, "PROVIDERS", (Wire,))
    monkeypatch.setattr(activity, "configured", lambda name: Wire())


def observe(family="market", *, known_at=NOW, status="parsed"):
    return Observation.objects.create(
        provider="wire",
        family=family,
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status=status,
        as_of=known_at,
        known_at=known_at,
    )


def make_run(**changes):
    fields = {
        "provider": "wire",
        "family": "market",
        "created_at": NOW,
        "progressed_at": NOW,
        "steps_total": 10,
    }
    return RefreshRun.objects.create(**{**fields, **changes})


def make_step(run, key, **changes):
    return RefreshStep.objects.create(**{"run": run, "key": key, "request": {}, **changes})


def test_a_provider_that_was_never_asked():
    [found] = activity.activity_of_providers()
    assert (found.observations, found.last_read_at, found.last_run, found.problem) == (
        0,
        None,
        None,
        "",
    )
    assert [each.family for each in found.families] == ["market", "pools"]


def test_the_host_is_told_without_names_paths_and_keys():
    [found] = activity.activity_of_providers()
    assert found.host == "api.wire.example:8443"


def test_a_provider_that_is_not_set_up_says_what_to_do(monkeypatch):
    def refuse(_name):
        raise RefusedError("ASSAY_WIRE_URL is not an address.")

    monkeypatch.setattr(activity, "configured", refuse)
    [found] = activity.activity_of_providers()
    assert (found.host, found.problem) == ("", "ASSAY_WIRE_URL is not an address.")


def test_answers_are_counted_and_only_readable_ones_are_a_success():
    earlier = NOW - timedelta(hours=2)
    observe(known_at=earlier)
    observe(known_at=NOW, status="unreadable")
    observe("pools", known_at=NOW - timedelta(hours=1), status="unreadable")
    [found] = activity.activity_of_providers()
    market, pools = found.families
    assert (market.observations, market.last_read_at) == (2, earlier)
    assert (pools.observations, pools.last_read_at) == (1, None)
    assert (found.observations, found.last_read_at) == (3, earlier)


def test_the_last_run_is_the_newest():
    make_run(state="failed")
    newest = make_run(state="done")
    assert activity.activity_of_providers()[0].last_run == newest


def test_providers_are_read_in_two_queries(django_assert_num_queries):
    observe()
    make_run()
    with django_assert_num_queries(2):
        activity.activity_of_providers()


def test_the_pace_is_that_of_the_latest_steps_until_now():
    run = make_run(steps_total=50, steps_done=30, created_at=NOW - timedelta(days=1))
    for number in range(30):
        make_step(
            run, str(number), state="done", observation=observe(known_at=NOW + timedelta(seconds=number))
        )
    with time_machine.travel(NOW + timedelta(seconds=30), tick=False):
        progress = activity.progress_of(run)
    assert progress.steps_a_minute == pytest.approx(60 * 20 / 20)
    assert progress.seconds_left == pytest.approx(20)


@pytest.mark.parametrize("changes", [{}, {"state": "done"}])
def test_a_run_that_has_just_begun_or_is_over_has_no_pace(changes):
    run = make_run(**changes)
    progress = activity.progress_of(run)
    assert (progress.steps_a_minute, progress.seconds_left) == (None, None)


def test_problems_are_told_once_each_the_commonest_first():
    run = make_run()
    make_step(run, "a", state="failed", problem="No answer.", cause="down")
    for key in "bc":
        make_step(run, key, state="failed", problem="Too large.", cause="refused")
    make_step(run, "d", state="done")
    assert list(activity.problems_of(run)) == [
        {"problem": "Too large.", "cause": "refused", "count": 2},
        {"problem": "No answer.", "cause": "down", "count": 1},
    ]


def test_failed_steps_come_first():
    run = make_run()
    for key, state in (("a", "done"), ("b", "failed"), ("c", "waiting"), ("d", "failed")):
        make_step(run, key, state=state)
    assert [step.key for step in activity.steps_of(run)] == ["b", "d", "a", "c"]


def test_whether_its_terms_are_accepted(monkeypatch):
    monkeypatch.setattr(activity, "configured", lambda name: Wire(accepted=True))
    (wire,) = activity.activity_of_providers()
    assert wire.accepted


def test_runs_under_way_come_before_newer_ones_that_are_over(db):
    said = {"provider": "sandbox", "family": "market", "created_at": NOW, "progressed_at": NOW}
    older = RefreshRun.objects.create(**said)
    over = RefreshRun.objects.create(**said, state=RefreshRun.State.DONE)
    newer = RefreshRun.objects.create(**said)
    assert list(activity.runs_under_way_first()) == [newer, older, over]


@pytest.mark.django_db
def test_the_first_assets_that_a_step_asks_about_are_named(django_assert_num_queries):
    assets = [Asset.objects.create(kind="token", slug=f"a{n}", name=f"A{n}") for n in range(4)]
    steps = [RefreshStep(asked_ids=[each.pk for each in assets]), RefreshStep(asked_ids=[0])]
    with django_assert_num_queries(1):
        activity.name_assets(steps)
    assert [each.name for each in steps[0].asked_about] == ["A0", "A1"]
    assert [each.asked_beyond for each in steps] == [2, 0]
    assert steps[1].asked_about == []
