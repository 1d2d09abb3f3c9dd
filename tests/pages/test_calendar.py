"""The calendar: walked by month, filtered and kept, as a grid and as a list of days, and its feed."""

from datetime import UTC, datetime, timedelta

import pytest
import vobject
from django.test import Client
from playwright.sync_api import Page, expect

from assets.sourcing import rows
from screener.models import Watchlist
from screener.universe.live import UNIVERSE
from tests.factories.example import make_ref
from tests.factories.market import observe
from tests.pages.widths import WIDTHS, fits

pytestmark = pytest.mark.page


@pytest.fixture
def dated(live_server):
    """Of this month: six unlocks and the end of a lock on the 15th, a split on the 20th."""
    UNIVERSE.forget()
    now = datetime.now(UTC)
    middle = now.replace(day=15, hour=0, minute=0, second=0, microsecond=0)
    for number in range(6):
        asset = make_ref(
            identifiers=(("x", f"token-{number}"),), name=f"Example Token {number}", symbol=f"EX{number}"
        )
        observe(
            rows.SupplyRow(asset=asset, as_of=now, circulating=50_000_000, maximum=100_000_000),
            rows.UnlockRow(
                asset=asset,
                as_of=now,
                events=(rows.Unlock(unlock_at=middle, amount=1_000_000 * (number + 1), category="team"),),
                source_url="https://docs.example.org/vesting",
            ),
            rows.PoolRow(
                asset=asset,
                as_of=now,
                address=f"pool-{number}",
                pair=f"EX{number}/WETH",
                lp_locked_share=0.9 if number == 0 else None,
                lp_locked_until=middle if number == 0 else None,
            ),
            at=now,
        )
    company = make_ref(kind="equity", identifiers=(("x", "inc"),), name="Example Inc.", symbol="INC")
    observe(
        rows.CapitalRow(
            asset=company,
            as_of=now,
            event="reverse_split",
            happened_on=middle.date() + timedelta(days=5),
            ratio=0.05,
            evidence="reported",
        ),
        family="capital",
        at=now,
    )
    return middle.date()


def test_a_month_leads_to_the_next_and_back_and_a_day_to_its_list(browser_page: Page, dated):
    browser_page.goto("/calendar/")
    grid = browser_page.get_by_role("table")
    expect(grid.get_by_role("columnheader")).to_have_count(7)
    expect(grid.get_by_role("link", name="EX0").first).to_be_visible()
    browser_page.get_by_role("link", name="Next month").click()
    expect(browser_page.get_by_text("No event in this month")).to_be_visible()
    browser_page.get_by_role("link", name="This month").click()
    browser_page.get_by_role("link", name="3 more on 15").click()
    expect(browser_page.locator(".days .event")).to_have_count(7)


def test_the_filter_is_in_the_address_and_can_be_kept(as_person, ana, dated, scripted):
    page = as_person(ana)
    page.goto("/calendar/")
    for name in ("Unlocks", "Lock-ups", "Liquidity locks", "Filings due"):
        page.get_by_label(name, exact=True).uncheck()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("1 event", exact=False).first).to_be_visible()
    assert "kind=split" in page.url
    page.get_by_role("button", name="Open like this from now on").click()
    page.goto("/calendar/")
    expect(page.get_by_text("The calendar opens like this.")).to_be_visible()
    expect(page.get_by_label("Splits", exact=True)).to_be_checked()
    expect(page.get_by_label("Unlocks", exact=True)).not_to_be_checked()


def test_a_feed_is_made_and_read_by_a_program(as_person, ana, dated):
    watchlist = Watchlist.objects.create(owner=ana, name="Mine")
    page = as_person(ana)
    page.goto(f"/calendar/?view=list&watchlist={watchlist.pk}")
    page.get_by_role("button", name="Make a feed address").click()
    address = page.locator(".dated-feed .hash a").inner_text()
    path = "/shared/" + address.split("/shared/")[1]
    assert vobject.readOne(Client().get(path).text).x_wr_calname.value == "Mine"
    page.get_by_role("button", name="Stop the feed").click()
    expect(page.get_by_role("button", name="Make a feed address")).to_be_visible()
    assert Client().get(path).status_code == 404


def test_narrow_the_days_stand_below_each_other_and_stay_a_table(browser_page: Page, dated):
    browser_page.set_viewport_size({"width": 360, "height": 800})
    browser_page.goto("/calendar/")
    days = browser_page.get_by_role("cell").filter(has=browser_page.locator(".event"))
    expect(days).to_have_count(2)
    expect(days.first.locator(".weekday")).to_be_visible()
    first, second = (days.nth(which).bounding_box() for which in (0, 1))
    assert first
    assert second
    assert first["x"] == second["x"]
    assert first["y"] + first["height"] <= second["y"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["month", "list"])
def test_it_is_accessible_and_fits(as_person, ana, dated, accessible, width, scheme, view):
    Watchlist.objects.create(owner=ana, name="A watchlist with a name that is rather long for a field")
    page = as_person(ana)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/calendar/?view={view}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Calendar")
    accessible(page)
    fits(page, width)
