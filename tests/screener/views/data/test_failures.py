import pytest

from assets.models import RefreshRun, RefreshStep
from assets.services.refreshing.runs import timezone

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed():
    now = timezone.now()
    run = RefreshRun.objects.create(
        provider="sandbox",
        family="market",
        base_url="sandbox:",
        state="failed",
        steps_total=2,
        steps_failed=1,
        created_at=now,
        progressed_at=now,
    )
    request = {"family": "market", "path": "/market", "params": {"from": "0", "to": "1"}, "context": {}}
    RefreshStep.objects.create(run=run, key="1", request=request, state="done")
    return RefreshStep.objects.create(
        run=run, key="2", request=request, state="failed", problem="<b>No</b> answer."
    )


def test_what_failed_is_listed_with_its_reason_and_a_way_back(client, failed):
    page = client.get("/data/failed/").text
    assert "&lt;b&gt;No&lt;/b&gt; answer." in page
    assert f"/data/runs/{failed.run_id}/" in page
    assert "Try all of them again" not in page, "only staff can"
    assert "Nothing failed" in client.get("/data/failed/?provider=coingecko").text
    assert "1 call could not be fetched" in client.get("/data/").text
    assert "/data/import/" not in client.get("/data/").text


def test_staff_tries_all_again(admin_client, failed, monkeypatch, django_capture_on_commit_callbacks):
    woken = []
    monkeypatch.setattr("assets.tasks.run_steps.delay", lambda **kwargs: woken.append(kwargs))
    with django_capture_on_commit_callbacks(execute=True):
        page = admin_client.post("/data/failed/retry/", {"provider": ""}, follow=True)
    failed.refresh_from_db()
    assert (failed.state, failed.run.state) == ("waiting", "running")
    assert woken == [{"provider": "sandbox"}]
    assert "1 step is tried again." in page.text
    assert "Nothing failed" in page.text


def test_nobody_else_does(client, django_user_model, failed):
    client.force_login(django_user_model.objects.create_user("ana"))
    assert client.post("/data/failed/retry/").status_code in {403, 404}
    failed.refresh_from_db()
    assert failed.state == "failed"
