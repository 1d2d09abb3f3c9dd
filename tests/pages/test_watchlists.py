import re

import pytest
from playwright.sync_api import expect

from assets.models import Asset
from screener.models import Watchlist
from screener.services.desk.watchlists import create_watchlist, set_star, watch
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = [pytest.mark.page, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def alpha(live_server):
    made = Asset.objects.create(kind="token", slug="alpha", name="Alpha", symbol="ALP")
    make_card(made, figures={"market_cap_usd": 1e6, "price_usd": 2.0})
    UNIVERSE.forget()
    return made


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
    page.get_by_label("Symbols, addresses or CIKs").fill("alpha")
    page.get_by_role("button", name="Add", exact=True).click()
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
    browser_page.get_by_role("button", name="Log in to watch alpha").click()
    expect(browser_page).to_have_url(re.compile(r"next=%2Fassets%2Falpha%2F$"))


def test_five_symbols_are_pasted_in_three_actions(ana, as_person, alpha, accessible, scripted):
    names = ["Bravo", "Carol", "Delta", "Echo"]
    for name in names:
        make_card(make_asset(name, symbol=f"{name[:3].upper()}X"))
    UNIVERSE.forget()
    gems = create_watchlist(user=ana, name="Gems")
    page = as_person(ana)
    page.goto(gems.get_absolute_url())
    page.get_by_label("Symbols, addresses or CIKs").fill("ALP, BRAX\nCARX DELX\nECHX")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("5 assets were added.")).to_be_visible()
    assert gems.entries.count() == 5
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("This watchlist is empty")).to_be_visible()


def test_a_choice_is_made_before_it_is_added(ana, as_person, alpha, accessible, scripted):
    for name, cap in (("Twin", 1e6), ("Twain", 2e6)):
        make_card(make_asset(name, symbol="TW"), figures={"market_cap_usd": cap})
    UNIVERSE.forget()
    gems = create_watchlist(user=ana, name="Gems")
    page = as_person(ana)
    page.goto(gems.get_absolute_url())
    page.get_by_label("Symbols, addresses or CIKs").fill("TW, nobody-knows, LSE:ABCD")
    if not scripted:
        page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("3 lines need you")).to_be_visible()
    if scripted:
        accessible(page)
    page.get_by_role("radio", name="Twin").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("1 asset was added.")).to_be_visible()
    expect(page.get_by_label("Symbols, addresses or CIKs")).to_have_value("TW, nobody-knows, LSE:ABCD")
    assert gems.entries.get().asset.slug == "twin"


def test_a_target_is_set_in_place_and_the_distance_follows(ana, as_person, alpha, accessible, scripted):
    gems = create_watchlist(user=ana, name="Gems")
    watch(watchlist=gems, asset=alpha)
    page = as_person(ana)
    page.goto(gems.get_absolute_url())
    target = page.get_by_label("Target of Alpha in US dollars")
    target.fill("much")
    target.press("Tab") if scripted else page.get_by_role("button", name="Save targets").click()
    expect(page.get_by_text("Write a price in US dollars").first).to_be_visible()
    expect(target).to_have_value("much")
    target.fill("$3")
    target.press("Tab") if scripted else page.get_by_role("button", name="Save targets").click()
    expect(page.locator(f"#to_target-{alpha.pk}")).to_contain_text("+50")
    assert gems.entries.get().target_usd == 3
    if scripted:
        accessible(page)


def test_the_columns_of_a_list_are_kept_with_it(ana, as_person, alpha, scripted):
    gems = create_watchlist(user=ana, name="Gems")
    watch(watchlist=gems, asset=alpha)
    page = as_person(ana)
    page.goto(gems.get_absolute_url())
    page.locator(".columns-menu summary").click()
    page.get_by_role("checkbox", name="On the list for").check()
    page.locator("#columns-form").get_by_role("button", name="Show").last.click()
    expect(page.locator("thead").get_by_text("On the list for")).to_be_visible()
    page.goto(gems.get_absolute_url())
    expect(page.locator("thead").get_by_text("On the list for")).to_be_visible()
