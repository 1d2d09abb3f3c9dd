"""The unlock what-if: chosen and read on the page of an asset, with scripts and without them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assets.models import Asset
from assets.sourcing import rows
from screener.services.scoring.score_assets import score_assets
from screener.universe.live import UNIVERSE
from tests.factories.example import make_ref
from tests.factories.market import observe
from tests.pages.widths import WIDTHS, fits

pytestmark = pytest.mark.page


@pytest.fixture
def scheduled(live_server) -> Asset:
    """$25 M in 50 M units: 20 M more in a fortnight, a steady release that runs, and another cliff."""
    UNIVERSE.forget()
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)

    def unlock(begins: int, amount: int, category: str, ends: int | None = None) -> rows.Unlock:
        ends_at = None if ends is None else midnight + timedelta(days=ends)
        return rows.Unlock(
            unlock_at=midnight + timedelta(days=begins),
            ends_at=ends_at,
            amount=Decimal(amount),
            category=category,
        )

    today = {"asset": make_ref(), "as_of": timezone.now()}
    observe(
        rows.MarketRow(**today, price_usd=Decimal("0.50"), volume_24h_usd=Decimal(500_000)),
        rows.SupplyRow(**today, circulating=Decimal(50_000_000), maximum=Decimal(100_000_000)),
        rows.PoolRow(**today, address="p1", pool_type="constant_product", reserve_usd=Decimal(900_000)),
        rows.UnlockRow(
            **today,
            events=(
                unlock(-40, 5_000_000, "public"),
                unlock(14, 14_000_000, "team"),
                unlock(14, 6_000_000, "investors"),
                unlock(60, 10_000_000, "treasury", ends=160),
                unlock(200, 5_000_000, "team"),
            ),
            source_url="https://docs.example.org/vesting",
            precision="day",
            complete=True,
        ),
        at=timezone.now(),
    )
    asset = Asset.objects.get()
    score_assets([asset.pk])
    return asset


def test_an_unlock_or_a_day_is_chosen_and_answered(browser_page: Page, scheduled: Asset, scripted: bool):
    page = browser_page
    page.goto(f"{scheduled.get_absolute_url()}tokenomics/#what-if")
    what_if = page.locator("#what-if")
    rows_of = what_if.get_by_role("row")
    expect(rows_of.filter(has_text="Market cap at the same price")).to_contain_text("$35.0")
    expect(rows_of.filter(has_text="Price at the same market cap")).to_contain_text("−28.6")
    expect(rows_of.filter(has_text="In days of volume")).to_contain_text("20.0")
    page.get_by_label("This unlock").select_option(index=2)
    what_if.get_by_role("button", name="Show").first.click()
    unlocked = rows_of.filter(has_text="Units unlocked")
    expect(unlocked.locator("data").nth(0)).to_have_attribute("value", "5000000.0")
    expect(unlocked.locator("data").nth(2)).to_have_attribute("value", "35000000.0")
    expect(page.get_by_label("This unlock")).to_have_value(
        f"{timezone.now() + timedelta(days=200):%Y-%m-%d}T00:00:00Z"
    )
    page.get_by_label("or all unlocks until").fill(f"{timezone.now() + timedelta(days=110):%Y-%m-%d}")
    what_if.get_by_role("button", name="Show").last.click()
    expect(unlocked.locator("data")).to_have_count(2)
    units = float(unlocked.locator("data").first.get_attribute("value") or 0)
    assert units == pytest.approx(25_000_000, rel=0.005), "half of the steady one, to the end of that day"
    page.reload()
    expect(unlocked.locator("data").first).to_have_attribute("value", repr(units))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_has_no_fault_for_a_screen_reader(
    browser_page: Page, scheduled: Asset, width: int, scheme, accessible
):
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.goto(f"{scheduled.get_absolute_url()}tokenomics/?until=2001-01-01#what-if")
    expect(browser_page.get_by_role("alert").filter(has_text="This day is past")).to_be_visible()
    browser_page.goto(f"{scheduled.get_absolute_url()}tokenomics/#what-if")
    fits(browser_page, width)
    accessible(browser_page)
