import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assets.models import RefreshRun, RefreshStep

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


def test_what_failed_can_be_read_and_is_empty_when_nothing_did(browser_page, live_server, accessible):
    browser_page.goto("/data/failed/")
    expect(browser_page.get_by_text("Nothing failed")).to_be_visible()
    accessible(browser_page)
    now = timezone.now()
    run = RefreshRun.objects.create(
        provider="coingecko",
        family="market",
        state=RefreshRun.State.FAILED,
        steps_total=1,
        steps_failed=1,
        created_at=now,
        progressed_at=now,
    )
    RefreshStep.objects.create(
        run=run,
        key="k",
        request={"path": "/coins/markets", "params": {"page": "1"}},
        state=RefreshStep.State.FAILED,
        problem="CoinGecko did not answer in full within 20 seconds.",
        attempts=6,
    )
    browser_page.goto("/data/")
    browser_page.get_by_role("link", name="1 call could not be fetched").click()
    expect(browser_page.get_by_role("cell", name="CoinGecko did not answer in full")).to_be_visible()
    accessible(browser_page)
