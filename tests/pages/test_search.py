import re
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from assets.identity.likeness import SAME
from assets.models import AssetIdentifier
from screener.models import Watchlist
from screener.services.desk.notes import write_note
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card
from tests.pages.widths import WIDTHS, fits

pytestmark = pytest.mark.page

ADDRESS = "0xaf88d065e77c8cc2239327c5edb3a432268e5831"


@pytest.fixture
def market(live_server):
    quokka = make_asset("Quokka", slug="quokka", symbol="QUO")
    make_card(quokka, figures={"market_cap_usd": 5e6})
    copy = make_asset("Quokka", slug="quokka-copy", symbol="QUO", likeness=SAME)
    make_card(copy, figures={"market_cap_usd": 9e9})
    AssetIdentifier.objects.create(asset=quokka, namespace="address:base", value=ADDRESS)
    UNIVERSE.forget()
    return quokka


@pytest.fixture
def finger() -> None:
    """The screen can be touched."""


@pytest.fixture
def browser_context_args(browser_context_args, request):
    return {**browser_context_args, "has_touch": "finger" in request.fixturenames}


def field(page: Page):
    return page.get_by_role("combobox", name="Search assets, screens, notes and pages")


def options(page: Page):
    return page.locator("#site-found [role=option]")


def search_for(page: Page, text: str, *, key: str = "/") -> None:
    page.keyboard.press(key)
    expect(field(page)).to_be_focused()
    with page.expect_response(lambda answer: f"q={quote_plus(text)}&" in answer.url):
        page.keyboard.type(text)
    expect(page.locator("#site-found-more")).to_be_visible()


@pytest.mark.parametrize("key", ["/", "Control+k"])
@pytest.mark.parametrize("address", ["/", "/checklist/", "/assets/quokka/", "/search/?q=x"])
def test_a_key_opens_the_search_on_every_page(browser_page: Page, market, address, key):
    browser_page.goto(address)
    browser_page.keyboard.press(key)
    expect(field(browser_page)).to_be_focused()


def test_a_slash_in_a_field_is_a_slash_and_control_k_still_searches(browser_page: Page, market):
    browser_page.goto("/")
    line = browser_page.get_by_label("Question", exact=True)
    line.press("/")
    expect(line).to_have_value("/")
    browser_page.keyboard.press("Control+k")
    expect(field(browser_page)).to_be_focused()


def test_escape_closes_and_returns_the_focus(browser_page: Page, market):
    browser_page.goto("/")
    link = browser_page.get_by_role("link", name="Watchlists")
    link.focus()
    search_for(browser_page, "quo")
    browser_page.keyboard.press("Escape")
    expect(options(browser_page).first).to_be_hidden()
    expect(link).to_be_focused()
    expect(field(browser_page)).to_have_value("")
    expect(field(browser_page)).to_have_attribute("aria-expanded", "false")


def test_an_asset_is_opened_by_keyboard_alone(browser_page: Page, market):
    browser_page.goto("/checklist/")
    search_for(browser_page, "quo")
    expect(options(browser_page).nth(0)).not_to_contain_text("⚠")
    expect(options(browser_page).nth(1)).to_contain_text("⚠ another")
    browser_page.keyboard.press("ArrowDown")
    first = options(browser_page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field(browser_page)).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    browser_page.keyboard.press("Enter")
    expect(browser_page).to_have_url(re.compile("/assets/quokka/$"))


def test_arrows_lead_around_through_the_field(browser_page: Page, market):
    browser_page.goto("/")
    search_for(browser_page, "quo")
    browser_page.keyboard.press("ArrowUp")
    expect(options(browser_page).last).to_have_attribute("aria-selected", "true")
    browser_page.keyboard.press("ArrowDown")
    expect(browser_page.locator("#site-found [aria-selected=true]")).to_have_count(0)


@pytest.mark.parametrize("typed", [ADDRESS, ADDRESS.upper(), ADDRESS[:8]])
def test_an_address_finds_its_asset(browser_page: Page, market, typed):
    browser_page.goto("/")
    search_for(browser_page, typed)
    expect(options(browser_page).first).to_contain_text(ADDRESS)


def test_groups_say_what_the_results_are(as_person, ana, market):
    Watchlist.objects.create(owner=ana, name="Quokkas")
    write_note(user=ana, asset=market, body="The quokka sleeps.")
    page = as_person(ana)
    page.goto("/")
    search_for(page, "quokka")
    for name in ("Assets", "Watchlists", "My notes"):
        expect(page.locator("#site-found").get_by_role("group", name=name)).to_be_visible()
    expect(page.locator("[data-found-count]")).to_have_text("4 results")


def test_keys_of_a_quick_typist_wait_for_the_results(browser_page: Page, market):
    browser_page.goto("/checklist/")
    browser_page.keyboard.press("/")
    expect(options(browser_page).first).to_contain_text("Screener")
    browser_page.keyboard.type("quo")
    browser_page.keyboard.press("ArrowDown")
    browser_page.keyboard.press("Enter")
    expect(browser_page).to_have_url(re.compile("/assets/quokka/$"))


def test_an_action_is_done_at_once(browser_page: Page, market):
    browser_page.goto("/")
    search_for(browser_page, "dark th")
    browser_page.keyboard.press("ArrowDown")
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("html")).to_have_attribute("data-theme", "dark")


def test_enter_opens_all_results(browser_page: Page, market):
    browser_page.goto("/")
    search_for(browser_page, "quo")
    browser_page.keyboard.press("Enter")
    expect(browser_page).to_have_url(re.compile(r"/search/\?q=quo"))
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("quo")


def test_without_or_with_scripts_the_form_leads_to_the_results(browser_page: Page, market, scripted):
    browser_page.goto("/")
    field(browser_page).fill("quokka")
    field(browser_page).press("Enter")
    browser_page.get_by_role("link", name="Quokka").first.click()
    expect(browser_page).to_have_url(re.compile("/assets/quokka/$"))


def test_by_touch(browser_page: Page, market, finger):
    browser_page.set_viewport_size({"width": 360, "height": 740})
    browser_page.goto("/")
    field(browser_page).tap()
    field(browser_page).fill("quo")
    expect(options(browser_page).first).to_contain_text("Quokka")
    options(browser_page).first.tap()
    expect(browser_page).to_have_url(re.compile("/assets/quokka/$"))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_open_list_and_the_results_are_accessible_and_fit(browser_page: Page, market, accessible, width):
    browser_page.set_viewport_size({"width": width, "height": 800})
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme)
        browser_page.goto("/search/?q=quo")
        accessible(browser_page)
        fits(browser_page, width)
        search_for(browser_page, "quo")
        browser_page.keyboard.press("ArrowDown")
        accessible(browser_page)
        fits(browser_page, width)
