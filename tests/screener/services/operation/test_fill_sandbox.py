from datetime import timedelta

import pytest
from django.utils import timezone

from assets.models import Observation, Payload, RefreshRun
from screener.services.operation import fill_sandbox as module
from screener.services.operation.fill_sandbox import fill_sandbox, sandbox_filling

pytestmark = pytest.mark.django_db


class Sandbox:
    name = "sandbox"
    families = ("market", "listing")


@pytest.fixture(autouse=True)
def started(monkeypatch) -> list[str]:
    """The runs that are started; no worker takes them, the test ends them itself."""
    families: list[str] = []

    def start_run(*, provider, family):
        families.append(family)
        return make_run(family)

    monkeypatch.setattr(module, "PROVIDERS", (Sandbox,))
    monkeypatch.setattr(module, "start_run", start_run)
    return families


def make_run(family: str, *, is_walk: bool = True) -> RefreshRun:
    now = timezone.now()
    return RefreshRun.objects.create(
        provider="sandbox", family=family, is_walk=is_walk, base_url="", created_at=now, progressed_at=now
    )


def end(run: RefreshRun) -> None:
    RefreshRun.objects.filter(pk=run.pk).update(state=RefreshRun.State.DONE)


def observe(family: str, *, hours_ago: float) -> None:
    known_at = timezone.now() - timedelta(hours=hours_ago)
    Observation.objects.create(
        provider="sandbox",
        family=family,
        request={},
        payload=Payload.keep(b"{}"),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=known_at,
        known_at=known_at,
    )


def test_families_are_filled_one_after_the_other(started):
    filling = fill_sandbox()
    first = next(filling)
    assert (first.run.family, first.step, first.steps) == ("listing", 1, 2)
    assert next(filling).run == first.run
    assert started == ["listing"]
    end(first.run)
    assert not next(filling).is_moving
    second = next(filling)
    assert (second.run.family, second.step) == ("market", 2)
    assert started == ["listing", "market"]
    end(second.run)
    assert [each.is_moving for each in filling] == [False]


def test_what_is_fresh_is_left_alone(started):
    observe("listing", hours_ago=1)
    observe("market", hours_ago=25)
    assert next(fill_sandbox()).run.family == "market"
    assert started == ["market"]


def test_an_open_run_goes_on(started):
    observe("listing", hours_ago=1)
    run = make_run("listing")
    assert next(fill_sandbox()).run == run
    assert started == []


def test_a_full_sandbox_costs_nothing(started):
    for family in Sandbox.families:
        observe(family, hours_ago=1)
    assert list(fill_sandbox()) == []
    assert started == []


def test_a_sandbox_of_no_assets_is_full(started, settings):
    settings.ASSAY_SANDBOX_ASSETS = 0
    assert list(fill_sandbox()) == []
    assert started == []


def test_pages_see_how_far_it_is(started):
    assert sandbox_filling() is None
    run = make_run("market")
    filling = sandbox_filling()
    assert (filling.run, filling.step, filling.steps) == (run, 2, 2)
    end(run)
    assert sandbox_filling() is None


def test_between_two_steps_it_is_still_being_filled(started):
    run = make_run("listing")
    RefreshRun.objects.update(state=RefreshRun.State.DONE, finished_at=timezone.now())
    assert sandbox_filling().run == run
    RefreshRun.objects.update(finished_at=timezone.now() - timedelta(minutes=1))
    assert sandbox_filling() is None, "nobody went on"


def test_one_asset_of_the_sandbox_is_no_filling(started):
    make_run("market", is_walk=False)
    assert sandbox_filling() is None
