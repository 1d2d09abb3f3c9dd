from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assets.models import Observation, Payload, RefreshRun, RefreshStep

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def run(live_server):
    now = timezone.now()
    return RefreshRun.objects.create(
        provider="coingecko", family="market", steps_total=4, steps_done=1, created_at=now, progressed_at=now
    )


def test_a_run_is_watched_until_it_is_over(browser_page, run, accessible):
    browser_page.goto("/data/")
    row = browser_page.locator("#runs").get_by_role("row").filter(has_text="CoinGecko")
    expect(row).to_contain_text("1 of 4")
    accessible(browser_page)
    RefreshRun.objects.update(steps_done=3)
    expect(row).to_contain_text("3 of 4")
    RefreshRun.objects.update(steps_done=4, state=RefreshRun.State.DONE)
    expect(row).to_contain_text("done")
    expect(browser_page.locator("#runs")).not_to_have_attribute("hx-trigger", "every 1s")


def test_a_run_that_fails_says_why_and_offers_another_try(django_user_model, as_person, run, accessible):
    RefreshStep.objects.create(run=run, key="k", request={"path": "/markets"})
    page = as_person(django_user_model.objects.create_user("root", is_staff=True))
    page.goto(f"/data/runs/{run.pk}/")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    RefreshStep.objects.update(state=RefreshStep.State.FAILED, problem="CoinGecko did not answer.")
    RefreshRun.objects.update(state=RefreshRun.State.FAILED, steps_failed=1, finished_at=timezone.now())
    expect(page.get_by_role("heading", name="What went wrong")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="CoinGecko did not answer.")).to_be_visible()
    expect(page.get_by_role("button", name="Try what is left again")).to_be_visible()
    accessible(page)


def test_an_answer_is_read_and_downloaded(ana, as_person, accessible):
    observation = Observation.objects.create(
        provider="coingecko",
        family="market",
        request={"path": "/markets", "params": {}},
        payload=Payload.keep(b'{"price":1.10}'),
        http_status=200,
        status=Observation.Status.PARSED,
        as_of=timezone.now() - timedelta(hours=1),
        known_at=timezone.now(),
    )
    page = as_person(ana)
    page.goto(f"/data/observations/{observation.pk}/")
    expect(page.locator("pre")).to_have_text('{\n  "price": 1.10\n}')
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the answer").click()
    assert download.value.suggested_filename == f"observation-{observation.pk}.txt"
    assert download.value.path().read_bytes() == b'{"price":1.10}'
