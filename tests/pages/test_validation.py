from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from screener.services.evidence.read_validation import read_validation
from screener.views.method import validation
from tests.factories.validation import make_cases, make_result, save_results
from tests.pages.widths import fits

pytestmark = pytest.mark.page

WAITING_UNTIL = datetime(2026, 12, 12, 10, 56, tzinfo=UTC)


@pytest.fixture
def results(live_server, monkeypatch, tmp_path):
    cache.clear()
    path = save_results(
        tmp_path / "results.json",
        make_result(),
        make_result("polish_1y", checklist_version="1999.1"),
        make_result("mine", idle_facts=["fundamentals_year_ago.selling_general_admin_ttm_usd"]),
    )
    monkeypatch.setattr(validation, "read_validation", lambda: read_validation(path))


@pytest.fixture
def followed(live_server):
    """Enough cases of one horizon, too few of another."""
    make_cases(
        [number % 3 == 0 for number in range(300)], totals=[20.0 + number % 5 for number in range(300)]
    )
    make_cases([True, False], horizon_days=90)
    make_cases([None], horizon_days=180, due_at=WAITING_UNTIL, labelled_at=None)


def test_a_set_leads_to_its_details(browser_page: Page, results):
    browser_page.goto("/validation/")
    browser_page.get_by_role("link", name="Uniswap v2 rug pulls").click()
    details = browser_page.locator("#uniswap_rugs")
    expect(details).to_be_in_viewport()
    fed = details.locator("details").last
    expect(fed.get_by_role("listitem")).to_be_hidden()
    fed.locator("summary").click()
    fed.get_by_role("link").first.click()
    expect(browser_page.locator(".criterion:target")).to_be_in_viewport()


def test_what_is_proven_and_what_is_not_stand_apart(browser_page: Page, results, followed):
    browser_page.goto("/validation/")
    expect(browser_page.locator("article").filter(has_text="After 14 days")).to_contain_text("95 % interval")
    unproven = browser_page.locator("article").filter(has_text="After 90 days")
    expect(unproven).to_contain_text("Not yet validated on live outcomes. 298 more assets")


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits(browser_page: Page, results, followed, accessible, width, scheme):
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.goto("/validation/")
    accessible(browser_page)
    fits(browser_page, width)


def test_nothing_to_show_is_accessible_too(browser_page: Page, live_server, monkeypatch, accessible):
    cache.clear()
    monkeypatch.setattr(validation, "read_validation", lambda: ())
    browser_page.goto("/validation/")
    expect(browser_page.get_by_text("No results are stored")).to_be_visible()
    accessible(browser_page)
