import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from kombu.exceptions import OperationalError as QueueError

from assets.models import Asset, Observation, Payload, RefreshRun, RefreshStep
from assets.services.refreshing import runs
from screener.services.scoring.failures import set_aside
from screener.services.scoring.replay_scorecards import KEPT_REPORT, Report
from screener.universe.live import UNIVERSE
from screener.views.data.refreshes import STOP_POLLING
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}
NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("root", is_staff=True)


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


def make_run(**changes):
    fields = {
        "provider": "sandbox",
        "family": "market",
        "created_at": NOW,
        "progressed_at": NOW,
        "steps_total": 4,
    }
    return RefreshRun.objects.create(**{**fields, **changes})


def make_step(run, key="k", **changes):
    request = {"family": run.family, "path": "/markets", "params": {"page": "2"}, "context": {}}
    return RefreshStep.objects.create(**{"run": run, "key": key, "request": request, **changes})


def make_observation(body=b'{"price":1.10}', **changes):
    fields = {
        "provider": "sandbox",
        "family": "market",
        "request": {"family": "market", "path": "/markets", "params": {"ids": "a,b"}, "context": {}},
        "payload": Payload.keep(body),
        "http_status": 200,
        "status": Observation.Status.PARSED,
        "as_of": NOW,
        "known_at": NOW,
    }
    return Observation.objects.create(**{**fields, **changes})


@pytest.fixture
def replayed():
    """Keeps a report of replayed scorecards, as the task leaves it."""

    def keep(**counts):
        nothing = {"same": 0, "different": 0, "not_replayable": 0, "differing": ()}
        moment = timezone.now() - timedelta(hours=3)
        KEPT_REPORT.keep(Report(replayed_at=moment, **{**nothing, **counts}), seconds=None)

    cache.delete(KEPT_REPORT.key)
    yield keep
    cache.delete(KEPT_REPORT.key)


# Looking ----------------------------------------------------------------------------


def test_everybody_may_look(client):
    page = client.get("/data/")
    assert page.status_code == 200
    assert "Nothing was fetched yet" in page.text
    assert "Staff can start a refresh here." in page.text
    assert "/data/refresh/" not in page.text


def test_every_provider_is_shown_with_what_it_gave(client):
    make_observation(known_at=timezone.now() - timedelta(hours=3))
    make_run(state="failed", problem="Sandbox answered 503. Try again later.")
    page = client.get("/data/").text
    assert "Sandbox answered 503. Try again later." in page
    assert "3 hours" in page


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"same": 100}, "100 scorecards were computed again from their sources, and all came out the same."),
        ({"same": 1}, "1 scorecard was computed again from its sources and came out the same."),
        (
            {"same": 98, "different": 2, "differing": (12, 15)},
            "2 of 100 scorecards come out otherwise when they are computed again from their sources. "
            "To see how, run on the server: manage.py replay-score 12 15",
        ),
        ({"same": 9, "different": 1, "differing": (7,)}, "1 of 10 scorecards comes out otherwise"),
    ],
)
def test_the_page_says_whether_scorecards_come_out_the_same_again(client, replayed, counts, sentence):
    replayed(**counts)
    page = client.get("/data/").text
    assert sentence in page
    assert "3 hours" in page


@pytest.mark.parametrize("kept", [False, True], ids=["no report", "a report of nothing"])
def test_nothing_is_told_before_a_scorecard_was_computed_again(client, replayed, kept):
    if kept:
        replayed()
    assert "computed again" not in client.get("/data/").text


def test_an_asset_that_could_not_be_judged_is_named_with_its_reason(client):
    assert "Could not be judged" not in client.get("/data/").content.decode()
    asset = Asset.objects.create(kind="token", slug="alpha", name="Alpha")
    set_aside(asset.pk, ValueError("<no supply>"), now=timezone.now())
    page = client.get("/data/").content.decode()
    assert "1 asset could not be judged" in page
    assert "ValueError: &lt;no supply&gt;" in page
    assert 'href="/assets/alpha/"' in page


def test_a_run_under_way_is_polled_until_it_is_over(client):
    run = make_run(steps_done=1)
    for address in ("/data/", f"/data/runs/{run.pk}/"):
        assert 'hx-trigger="every 1s"' in client.get(address).text
        fragment = client.get(address, headers=FRAGMENT)
        assert fragment.status_code == 200
        assert "1 of 4" in fragment.text
        assert "<html" not in fragment.text
    RefreshRun.objects.update(state="done", steps_done=4)
    for address in ("/data/", f"/data/runs/{run.pk}/"):
        fragment = client.get(address, headers=FRAGMENT)
        assert fragment.status_code == STOP_POLLING
        assert "4 of 4" in fragment.text
        assert "every 1s" not in fragment.text


def test_a_run_says_what_went_wrong_the_failed_steps_first(client):
    run = make_run(state="failed", steps_failed=2, steps_done=1)
    make_step(run, "a", state="done")
    for key in "bc":
        make_step(run, key, state="failed", problem="The answer <b> was not JSON.", cause="unreadable")
    page = client.get(f"/data/runs/{run.pk}/").text
    assert "The answer &lt;b&gt; was not JSON." in page
    assert "2 calls · The answer is kept" in page
    assert "<summary>markets, page 2</summary>" in page
    assert "<code>/markets?page=2</code>" in page
    assert page.index(">failed<") < page.index(">done<")


def test_an_unknown_run_is_not_found(client):
    assert client.get("/data/runs/999/").status_code == 404


def test_polling_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    for _number in range(20):
        make_run(state="done")
    UNIVERSE.forget()  # Whether it looks again would hang on the second of the day.
    with django_assert_max_num_queries(3):
        client.get("/data/", headers=FRAGMENT)


# Starting, stopping, trying again ------------------------------------------------------


@pytest.mark.parametrize("address", ["/data/refresh/", "/data/runs/1/stop/", "/data/runs/1/retry/"])
def test_only_staff_may_change_runs(client, ana, address):
    make_run(pk=1)
    assert client.post(address, {"provider": "sandbox", "family": "market"}).status_code == 302
    client.force_login(ana)
    assert client.post(address, {"provider": "sandbox", "family": "market"}).status_code == 403
    assert client.get(address).status_code == 405
    assert RefreshRun.objects.get().state == "running"


def test_a_refresh_is_started_by_staff(client, staff):
    client.force_login(staff)
    answer = client.post("/data/refresh/", {"provider": "sandbox", "family": "market", "limit": "10"})
    run = RefreshRun.objects.get()
    assert answer.url == f"/data/runs/{run.pk}/"
    assert (run.provider, run.family, run.limit, run.started_by) == ("sandbox", "market", 10, staff)


@pytest.mark.parametrize(
    ("order", "problem"),
    [
        ({"provider": "nobody", "family": "market"}, "nobody"),
        ({"provider": "sandbox", "family": "weather"}, "weather"),
        ({"family": "market"}, "Choose a provider"),
        ({"provider": "sandbox"}, "Choose what to refresh"),
        ({"provider": "sandbox", "family": "market", "limit": "0"}, "whole number from 1"),
        ({"provider": "sandbox", "family": "market", "limit": "many"}, "whole number from 1"),
    ],
)
def test_a_refresh_that_makes_no_sense_is_refused_in_words(client, staff, order, problem):
    client.force_login(staff)
    assert problem in client.post("/data/refresh/", order, follow=True).text
    assert not RefreshRun.objects.exists()


def test_a_queue_that_is_gone_is_told(client, staff, monkeypatch):
    def gone(**_told):
        raise QueueError("connection refused")

    client.force_login(staff)
    monkeypatch.setattr(runs, "start_run", gone)
    page = client.post("/data/refresh/", {"provider": "sandbox", "family": "market"}, follow=True).text
    assert "does not answer. Start it again; nothing that was stored is lost." in page
    assert "The refresh is saved and starts by itself when the broker takes it." in page


def test_a_run_is_stopped_and_tried_again(client, staff):
    client.force_login(staff)
    run = make_run()
    make_step(run, state="failed", problem="No answer.")
    client.post(f"/data/runs/{run.pk}/stop/")
    run.refresh_from_db()
    assert run.state == "stopped"
    page = client.post(f"/data/runs/{run.pk}/retry/", follow=True).text
    assert "1 step is tried again." in page
    run.refresh_from_db()
    assert run.state == "running"


def test_a_run_with_nothing_left_is_not_tried_again(client, staff):
    client.force_login(staff)
    run = make_run(state="done")
    page = client.post(f"/data/runs/{run.pk}/retry/", follow=True).text
    assert "there is nothing to try again" in page


# Answers --------------------------------------------------------------------------------


def test_an_observation_is_shown_word_for_word_and_escaped(client, ana):
    observation = make_observation(b'{"name":"<script>alert(1)</script>","price":1.10}')
    assert client.get(f"/data/observations/{observation.pk}/").status_code == 302
    client.force_login(ana)
    page = client.get(f"/data/observations/{observation.pk}/").text
    assert "<script>alert" not in page
    assert "&quot;price&quot;: 1.10" in page
    assert observation.payload.sha256 in page
    assert "/markets?ids=a,b" in page


def test_an_answer_is_opened_at_the_asset_and_escaped(client, ana):
    asset = make_asset("Beta")
    asset.identifiers.create(namespace="sandbox", value="beta-2")
    rows = [{"id": f"coin-{each}", "note": "x" * 200} for each in range(2_000)]
    body = json.dumps([*rows, {"id": "beta-2", "name": "<script>alert(1)</script>"}, *rows]).encode()
    observation = make_observation(body)
    client.force_login(ana)
    page = client.get(f"/data/observations/{observation.pk}/?asset=beta").text
    mark = page[page.index('<mark id="here"') : page.index("</mark>")]
    assert "$[2000]" in page
    assert "beta-2" in mark
    assert "coin-" not in mark
    assert "&lt;script&gt;alert(1)" in mark
    assert "<script>alert" not in page
    assert len(page) < 60_000, "what is beside it, not the whole answer"


def test_an_answer_that_names_the_asset_again_leads_on(client, ana):
    make_asset("Beta", symbol="BET")
    observation = make_observation(b'[{"symbol": "BET", "n": 1}, {}, {"symbol": "BET", "n": 2}]')
    client.force_login(ana)
    address = f"/data/observations/{observation.pk}/"
    assert 'href="?asset=beta&amp;at=2#here"' in client.get(f"{address}?asset=beta").text
    second = client.get(f"{address}?asset=beta&at=2").text
    assert "$[2]" in second
    assert 'href="?asset=beta&amp;at=1#here"' in second


@pytest.mark.parametrize("words", ["asset=beta", "asset=beta&at=9", "asset=beta&at=x", "asset=nobody"])
def test_an_answer_that_does_not_name_the_asset_is_shown_as_a_whole(client, ana, words):
    make_asset("Beta", symbol="BET")
    observation = make_observation()
    client.force_login(ana)
    page = client.get(f"/data/observations/{observation.pk}/?{words}")
    assert page.status_code == 200
    assert "1.10" in page.text
    assert ("Nothing in it names Beta" in page.text) == ("beta" in words)


def test_an_unreadable_observation_says_why(client, ana):
    client.force_login(ana)
    observation = make_observation(
        b"<html>", status="unreadable", problem="This is not JSON.", remarks=["Odd."]
    )
    page = client.get(f"/data/observations/{observation.pk}/").text
    assert "This is not JSON." in page
    assert "Odd." in page


def test_a_body_is_downloaded_as_a_file_and_never_shown(client, ana):
    body = b"<html><script>alert(1)</script>"
    observation = make_observation(body)
    address = f"/data/observations/{observation.pk}/payload/"
    assert client.get(address).status_code == 302
    client.force_login(ana)
    answer = client.get(address)
    assert answer.content == body
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_observation_names_its_run(client, ana):
    client.force_login(ana)
    observation = make_observation()
    run = make_run(state="done")
    make_step(run, observation=observation, state="done")
    assert f"/data/runs/{run.pk}/" in client.get(f"/data/observations/{observation.pk}/").text


def test_assets_with_questioned_figures_are_counted_and_led_to(client):
    UNIVERSE.forget()
    assert "questioned:yes" not in client.get("/data/").content.decode()
    make_card(make_asset("Odd"), figures={}, questioned={"figures": {"market_cap_usd": 7.0}, "facts": []})
    UNIVERSE.forget()
    page = client.get("/data/").content.decode()
    assert '<a href="/?q=questioned:yes">1 asset with questioned figures</a>' in page


def test_runs_under_way_come_first(client):
    under_way = make_run()
    for _ in range(9):
        make_run(state=RefreshRun.State.DONE)
    shown = client.get("/data/").context["runs"]
    assert shown[0].run == under_way
    assert [each.run.pk for each in shown[1:]] == sorted((each.run.pk for each in shown[1:]), reverse=True)
