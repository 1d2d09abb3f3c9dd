import re

import pytest
from playwright.sync_api import expect

from assets.models import Asset
from screener.models import Watchlist
from screener.services.desk.watchlists import create_watchlist, set_star

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def alpha(live_server):
    return Asset.objects.create(kind="token", slug="alpha", name="Alpha", symbol="ALP")


def test_a_list_from_its_making_to_its_return(ana, as_person, accessible):
    page = as_person(ana)
    page.goto("/watchlists/")
    accessible(page)
    page.get_by_label("New watchlist").fill("Gems")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="Gems")).to_be_visible()
    page.goto("/watchlists/")
    page.get_by_role("button", name="Delete Gems").click()
    expect(page.get_by_text("No watchlists yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Gems")).to_be_visible()


def test_an_asset_is_found_added_and_removed_with_a_way_back(ana, as_person, alpha, accessible):
    gems = create_watchlist(user=ana, name="Gems")
    page = as_person(ana)
    page.goto(gems.get_absolute_url())
    page.get_by_label("Add an asset").fill("alp")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Add Alpha").click()
    expect(page.get_by_role("row").filter(has_text="Alpha")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Remove Alpha").click()
    expect(page.get_by_text("This watchlist is empty")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row").filter(has_text="Alpha")).to_be_visible()


def test_the_star_changes_in_place_and_keeps_the_focus(ana, as_person, alpha):
    page = as_person(ana)
    page.goto("/assets/alpha/")
    star = page.locator("[data-page-star] button")
    expect(star).to_have_attribute("aria-pressed", "false")
    star.press("Enter")
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()
    assert Watchlist.objects.get().entries.get().asset == alpha


def test_lists_are_chosen_on_the_asset_page_and_the_star_follows(ana, as_person, alpha, accessible):
    set_star(user=ana, asset=alpha)
    page = as_person(ana)
    page.goto("/assets/alpha/")
    page.get_by_text("Choose lists").click()
    box = page.get_by_role("checkbox", name="Watchlist")
    expect(box).to_be_checked()
    accessible(page)
    box.uncheck()
    page.get_by_label("And in a new one named").fill("Gems")
    page.locator(".chooser").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator("[data-page-star] button")).to_have_attribute("aria-pressed", "false")
    assert [each.name for each in Watchlist.objects.filter(entries__asset=alpha)] == ["Gems"]


def test_a_stranger_is_led_to_log_in(browser_page, alpha):
    browser_page.goto("/assets/alpha/")
    browser_page.get_by_role("link", name="Log in to watch alpha").click()
    expect(browser_page).to_have_url(re.compile(r"next=%2Fassets%2Falpha%2F$"))
