"""Saved screens, column sets and what an export refuses, as people see them."""

import re

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


def test_a_screen_is_saved_changed_renamed_and_shared_without_leaving_it(as_person, ana, saved):
    page: Page = as_person(ana)
    page.set_viewport_size({"width": 1440, "height": 500})
    page.goto("/?q=kind:token,equity&sort=price&columns=price,tvl")
    menu = page.locator("#saved-summary")
    menu.click()
    page.get_by_label("Name", exact=True).fill(saved.name)
    page.get_by_role("button", name="Save the screen").click()
    expect(page.get_by_role("button", name="Replace it")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Prices")
    page.get_by_role("button", name="Save the screen").click()
    expect(menu).to_contain_text("Prices")
    expect(page.get_by_role("link", name="★ Prices")).to_be_visible()
    expect(page).to_have_url(re.compile("sort=price&columns=price%2Ctvl&screen="))
    expect(menu).to_be_focused()
    page.get_by_role("columnheader", name="Rating").get_by_role("link").click()
    expect(page.get_by_text("changed since saved")).to_be_visible()
    page.evaluate("scrollTo(0, 60)")
    page.get_by_role("button", name="Update Prices").click()
    expect(page.get_by_text("changed since saved")).to_have_count(0)
    assert page.evaluate("scrollY") == 60
    menu.click()
    page.get_by_label("Name", exact=True).fill("By rating")
    page.get_by_role("button", name="Rename").click()
    expect(menu).to_contain_text("By rating")
    menu.click()
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_text("/shared/screens/")).to_be_visible()
    page.reload()
    expect(menu).to_contain_text("By rating")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_menu_of_a_saved_screen_is_accessible_and_fits(as_person, ana, saved, accessible, width):
    page: Page = as_person(ana)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/?q=kind:equity&screen={saved.pk}")
    expect(page.get_by_text("changed since saved")).to_be_visible()
    page.locator("#saved-summary").click()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
