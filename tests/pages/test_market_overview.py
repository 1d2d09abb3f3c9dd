"""The Market page on every width and in both schemes; charts by the keyboard; the way to a screen."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from screener.universe.live import UNIVERSE
from tests.pages.widths import WIDTHS, fits
from tests.screener.services.market.traded import store_census, store_days

pytestmark = pytest.mark.page


@pytest.fixture
def market(live_server):
    UNIVERSE.forget()
    yesterday = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    store_days(500, last=yesterday)
    store_census(0, 10, 40, last=yesterday)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_and_is_accessible(browser_page: Page, market, accessible, width, scheme):
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto("/market/")
    expect(browser_page.get_by_role("heading", name="Small against large")).to_be_visible()
    fits(browser_page, width)
    accessible(browser_page)


def test_a_chart_is_read_with_the_arrow_keys(browser_page: Page, market):
    browser_page.goto("/market/")
    section = browser_page.locator("#correlation .card").first
    reading = section.locator("[data-reading]")
    newest = reading.text_content()
    section.locator(".chart-plot").focus()
    browser_page.keyboard.press("ArrowLeft")
    expect(reading).not_to_have_text(newest)
    expect(reading).to_contain_text("30 common days")
    browser_page.keyboard.press("End")
    expect(reading).to_have_text(newest)


def test_a_table_stands_behind_each_chart_and_a_count_leads_to_its_screen(
    browser_page: Page, market, scripted
):
    browser_page.goto("/market/")
    browser_page.locator("#breadth summary").first.click()
    expect(browser_page.get_by_role("region", name="Tokens above their own 50-day mean")).to_be_visible()
    browser_page.locator("#census").get_by_role("link", name="30", exact=True).first.click()
    expect(browser_page).to_have_url("/?q=kind%3Atoken+sector%3AGames+tier%3Amicro")
