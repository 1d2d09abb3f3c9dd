import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import Asset, MarketSnapshot, Observation, Payload, RefreshRun, RefreshStep
from assets.services import refresh
from assets.services.store import store_rows
from assets.sourcing import rows as told
from assets.sourcing.contract import (
    Parsed,
    Provider,
    Rate,
    RawObservation,
    RefusedError,
    Request,
    TransientError,
    UnreadableError,
    UnsupportedError,
)

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
PAGES = {"/1": {"coins": ["a", "b"], "next": "/2"}, "/2": {"coins": ["c"], "next": ""}}


class Vendor(Provider):
    """A small provider of two pages; the door below decides what goes wrong."""

    name = "vendor"
    title = "Vendor"
    website = "https://example.org"
    default_url = "https://example.org"
    rate = Rate(calls=10, per_s=1)
    families = ("market", "holders")
    per_asset = frozenset({"holders"})
    namespaces = ("vendor",)

    def requests(self, need):
        if need.family == "holders" and not need.identifiers:
            raise UnsupportedError("Ask for one asset.")
        return (Request(family=need.family, path=f"/{need.identifiers[0][1]}" if need.identifiers else "/1"),)

    def parse(self, raw):
        try:
            page = json.loads(raw.body)
        except ValueError as error:
            raise UnreadableError("Vendor sent something that is not JSON.") from error
        rows = tuple(
            told.MarketRow(
                asset=told.AssetRef(kind="token", identifiers=(("vendor", coin),), name=coin),
                as_of=NOW,
                price_usd=Decimal(1),
            )
            for coin in page["coins"]
        )
        follow = (Request(family=raw.request.family, path=page["next"]),) if page["next"] else ()
        return Parsed(rows=rows, follow=follow, rejected=page.get("rejected", 0))


class Answers:
    """A door that answers from a table; an exception in the table is raised."""

    def __init__(self, **changes):
        self.answers = {path: json.dumps(page).encode() for path, page in PAGES.items()} | changes
        self.asked = []

    def get(self, provider, request):
        self.asked.append(request.path)
        answer = self.answers[request.path]
        if isinstance(answer, Exception):
            raise answer
        return RawObservation(
            provider=provider.name, request=request, status_code=200, body=answer, fetched_at=NOW
        )


@pytest.fixture
def lined_up(monkeypatch):
    """Steps and scores that wait, in the order in which they were announced, instead of a broker."""
    queue = []
    monkeypatch.setattr(refresh, "configured", lambda name, base_url="": Vendor(base_url=base_url))

    def step_waits(*, step_ids, **_):
        queue.extend(("take", each) for each in step_ids)

    def score_waits(*, step_ids, **_):
        queue.extend(("score", each) for each in step_ids)

    receivers = refresh.steps_ready.receivers, refresh.facts_stored.receivers
    refresh.steps_ready.receivers, refresh.facts_stored.receivers = [], []
    refresh.steps_ready.connect(step_waits)
    refresh.facts_stored.connect(score_waits)
    yield queue
    refresh.steps_ready.receivers, refresh.facts_stored.receivers = receivers
    refresh.steps_ready.sender_receivers_cache.clear()
    refresh.facts_stored.sender_receivers_cache.clear()


def work_off(queue, door):
    while queue:
        what, step_id = queue.pop(0)
        if what == "take":
            refresh.take_step(step_id=step_id, door=door)
        else:
            refresh.mark_scored(step_id=step_id, assets_scored=len(step_assets(step_id)))


def step_assets(step_id):
    return RefreshStep.objects.get(pk=step_id).asset_ids


def start(**changes):
    return refresh.start_run(**{"provider": "vendor", "family": "market", **changes})


def test_a_run_follows_the_pages_counts_and_ends_when_everything_is_scored(lined_up):
    run = start()
    assert (run.state, run.steps_total) == ("running", 1)
    work_off(lined_up, Answers())
    run.refresh_from_db()
    assert (run.state, run.steps_total, run.steps_done) == ("done", 2, 2)
    assert (run.rows_stored, run.assets_scored) == (3, 3)
    assert run.finished_at is not None
    assert Asset.objects.count() == 3
    assert Observation.objects.filter(status="parsed").count() == 2


def test_a_step_taken_twice_counts_once(lined_up):
    start()
    (_, step_id), *_ = lined_up
    door = Answers()
    refresh.take_step(step_id=step_id, door=door)
    refresh.take_step(step_id=step_id, door=door)
    assert door.asked == ["/1"]
    assert MarketSnapshot.objects.count() == 2


def test_two_workers_with_the_same_answer_store_it_once(lined_up, monkeypatch):
    start()
    (_, step_id), *_ = lined_up
    door = Answers()
    step = RefreshStep.objects.select_related("run").get(pk=step_id)
    vendor = Vendor()
    raw = vendor.fetch(Request.from_json(step.request), door)
    for _worker in range(2):
        refresh._end_done(step, raw, vendor.parse(raw))
    assert MarketSnapshot.objects.count() == 2
    assert RefreshRun.objects.get().steps_done == 1
    assert Observation.objects.count() == 1


def test_what_a_dead_worker_left_is_handed_out_again(lined_up):
    run = start()
    door = Answers()
    _, first = lined_up.pop(0)
    refresh.take_step(step_id=first, door=door)
    lined_up.clear()  # the broker lost the follow-up and the scores
    assert refresh.resume_runs(idle_s=3600) == 0
    assert refresh.resume_runs(idle_s=0) == 2
    work_off(lined_up, door)
    run.refresh_from_db()
    assert (run.state, run.rows_stored, run.assets_scored) == ("done", 3, 3)


def test_a_permanent_refusal_ends_the_step_with_its_reason_and_the_old_facts_stay(lined_up):
    start()
    work_off(lined_up, Answers())
    run = start()
    work_off(lined_up, Answers(**{"/2": RefusedError("Vendor does not know page 2.")}))
    run.refresh_from_db()
    assert (run.state, run.steps_done, run.steps_failed) == ("failed", 1, 1)
    assert run.problem == "Vendor does not know page 2."
    assert MarketSnapshot.objects.count() == 5


def test_a_passing_failure_leaves_the_step_waiting_for_another_try(lined_up):
    start()
    (_, step_id), *_ = lined_up
    with pytest.raises(TransientError):
        refresh.take_step(step_id=step_id, door=Answers(**{"/1": TransientError("Vendor is slow.")}))
    step = RefreshStep.objects.get(pk=step_id)
    assert (step.state, step.attempts) == ("waiting", 1)
    assert Observation.objects.count() == 0


def test_an_unreadable_body_is_kept_and_marked(lined_up):
    run = start()
    work_off(lined_up, Answers(**{"/1": b"<html>"}))
    run.refresh_from_db()
    observation = Observation.objects.get()
    assert (observation.status, observation.payload.body) == ("unreadable", b"<html>")
    assert "not JSON" in observation.problem
    assert RefreshStep.objects.get().observation == observation
    assert run.state == "failed"


def test_an_answer_that_breaks_half_way_leaves_nothing_behind(lined_up, monkeypatch):
    start()
    (_, step_id), *_ = lined_up

    def store_and_break(**told_rows):
        store_rows(**told_rows)
        raise RuntimeError("disk full")

    monkeypatch.setattr(refresh, "store_rows", store_and_break)
    with pytest.raises(RuntimeError):
        refresh.take_step(step_id=step_id, door=Answers())
    assert not Asset.objects.exists()
    assert not Observation.objects.exists()
    assert not Payload.objects.exists()
    assert RefreshStep.objects.get(pk=step_id).state == "waiting"


def test_a_stopped_run_takes_no_further_step(lined_up):
    run = start()
    refresh.stop_run(run)
    door = Answers()
    work_off(lined_up, door)
    run.refresh_from_db()
    assert (run.state, door.asked) == ("stopped", [])


def test_failed_steps_can_be_tried_again(lined_up):
    run = start()
    work_off(lined_up, Answers(**{"/2": RefusedError("Not today.")}))
    assert refresh.retry_failed(run) == 1
    work_off(lined_up, Answers())
    run.refresh_from_db()
    assert (run.state, run.steps_done, run.steps_failed, run.problem) == ("done", 2, 0, "")


def test_the_same_body_is_kept_once(lined_up):
    for _ in range(2):
        start()
        work_off(lined_up, Answers())
    assert Observation.objects.count() == 4
    assert Payload.objects.count() == 2


def test_a_per_asset_family_asks_for_each_asset_the_provider_knows(lined_up):
    start()
    work_off(lined_up, Answers())
    run = start(family="holders", limit=2)
    assert sorted(step.request["path"] for step in run.steps.all()) == ["/a", "/b"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"family": "filings"}, "Vendor has no filings; it has: market, holders."),
        ({"family": "holders"}, "no known asset"),
    ],
)
def test_a_refresh_that_makes_no_sense_is_refused_with_the_reason(lined_up, changes, why):
    with pytest.raises(refresh.RefreshRefusedError, match=why):
        start(**changes)
    assert not RefreshRun.objects.exists()


def test_resuming_looks_only_at_runs_that_stalled(lined_up):
    run = start()
    lined_up.clear()
    RefreshRun.objects.filter(pk=run.pk).update(progressed_at=datetime.now(UTC) - timedelta(seconds=100))
    assert refresh.resume_runs(idle_s=120) == 0
    assert refresh.resume_runs(idle_s=60) == 1
