"""Saved screens, column sets and what an export refuses, as people see them."""

import pytest
from playwright.sync_api import Page, expect

from screener.screens.query import parse
from screener.screens.screen import Screen
from screener.services.screening.screens import save_columns, save_screen
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.page

WIDTHS = (1440, 360)


@pytest.fixture
def saved(ana):
    for number in range(3):
        make_card(make_asset(f"Coin{number}", kind="equity" if number else "token"), float(number))
    UNIVERSE.forget()
    made = save_screen(
        user=ana,
        name="Shares that can be left again",
        description="The long list of every month",
        screen=Screen(condition=parse("kind:equity exit_days(10k) < 3d or missing:volume"), sort="-volume"),
    )
    save_columns(user=ana, name="Exit", columns=("spread", "depth", "round_trip"))
    made.share()
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_screens_is_accessible_and_fits(as_person, ana, saved, accessible, width, scheme):
    page = as_person(ana)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for address in (
        "/screens/",
        "/screens/new/?q=kind:token&sort=price",
        f"/screens/{saved.pk}/edit/",
        "/screens/columns/",
        f"/shared/screens/{saved.share_token}/",
        "/screen/export/?format=doc&q=mcap<5",
        f"/screens/{saved.pk}/",
    ):
        page.goto(address)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_screen_is_deleted_and_brought_back(as_person, ana, saved):
    page = as_person(ana)
    page.goto("/screens/")
    page.get_by_role("button", name="Delete").first.click()
    expect(page.get_by_role("link", name=saved.name)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name=saved.name).first).to_be_visible()


def test_columns_are_kept_under_a_name_from_the_table(as_person, ana, saved):
    page: Page = as_person(ana)
    page.goto("/?q=kind:equity&columns=price,tvl")
    page.locator(".columns-menu > summary").click()
    page.get_by_label("Keep the columns of the table as").fill("Two")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("The columns are saved as “Two”.")).to_be_visible()
    page.goto("/?q=kind:equity")
    page.locator(".columns-menu > summary").click()
    page.get_by_role("link", name="Two", exact=True).click()
    expect(page.get_by_role("columnheader", name="Total value locked")).to_be_attached()
