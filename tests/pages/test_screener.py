import re

import pytest
from playwright.sync_api import Page, expect

from screener.universe import UNIVERSE
from tests.screener.test_universe import asset, card

pytestmark = pytest.mark.page

WIDTHS = (1440, 360)


@pytest.fixture
def market(live_server):
    for number in range(60):
        told = {"total": float(number), "figures": {"market_cap_usd": 1e6 * number, "price_usd": 0.5}}
        kind = "equity" if number % 3 == 0 else "token"
        card(asset(f"Coin{number:02}", kind=kind, sector="DeFi"), **told)
    UNIVERSE.forget()


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def scripted(request) -> bool:
    return request.param


@pytest.fixture
def browser_context_args(browser_context_args, request):
    scripted = request.getfixturevalue("scripted") if "scripted" in request.fixturenames else True
    return {**browser_context_args, "java_script_enabled": scripted}


def test_filtering_swaps_the_results_and_the_address(browser_page: Page, market):
    browser_page.goto("/")
    expect(browser_page.locator(".count")).to_contain_text("60 of 60")
    browser_page.get_by_label("Equity").check()
    expect(browser_page.locator(".count")).to_contain_text("20 of 60")
    expect(browser_page).to_have_url(re.compile(r"kind=equity"))
    browser_page.go_back()
    expect(browser_page.locator(".count")).to_contain_text("60 of 60")


def test_typing_searches_without_a_button(browser_page: Page, market):
    browser_page.goto("/")
    browser_page.get_by_label("Name or symbol").fill("coin07")
    expect(browser_page.locator("[data-row]")).to_have_count(1)
    expect(browser_page.get_by_label("Name or symbol")).to_be_focused()


def test_the_screener_works_with_and_without_scripts(browser_page: Page, market, scripted):
    browser_page.goto("/?kind=token")
    browser_page.get_by_role("link", name="Market cap", exact=True).click()
    expect(browser_page.locator("th[aria-sort=descending]")).to_have_text("Market cap")
    browser_page.goto("/")
    browser_page.get_by_label("Name or symbol").fill("coin07")
    if scripted:
        browser_page.get_by_label("Name or symbol").press("Enter")
    else:
        browser_page.get_by_role("button", name="Apply").click()
    expect(browser_page.locator("[data-row]")).to_have_count(1)


def test_the_keyboard_is_enough(browser_page: Page, market):
    browser_page.goto("/")
    browser_page.keyboard.press("j")
    browser_page.keyboard.press("j")
    browser_page.keyboard.press("k")
    expect(browser_page.locator("[data-row]").first.locator("[data-open]")).to_be_focused()
    browser_page.keyboard.press("/")
    expect(browser_page.locator("[data-search]")).to_be_focused()
    browser_page.keyboard.press("Escape")
    browser_page.keyboard.press("?")
    expect(browser_page.locator("#keys")).to_be_visible()
    browser_page.keyboard.press("Escape")
    browser_page.keyboard.press("j")
    browser_page.keyboard.press("Enter")
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("Coin59")


def test_w_watches_the_row(as_person, ana, market):
    page = as_person(ana)
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("w")
    expect(page.locator("[data-row]").first.locator("button[aria-pressed=true]")).to_be_visible()


def test_a_wrong_limit_is_told_in_place(browser_page: Page, market):
    browser_page.goto("/")
    browser_page.get_by_label("Market cap, from").fill("lots")
    browser_page.get_by_label("Market cap, from").press("Enter")
    expect(browser_page.get_by_role("alert")).to_contain_text("“lots” is not a number")
    expect(browser_page.locator("[data-row]").first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits(browser_page: Page, market, accessible, width, scheme):
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(color_scheme=scheme)
    for address in ("/", "/?q=nobody", "/?market_cap_max=lots"):
        browser_page.goto(address)
        accessible(browser_page)
        fits(browser_page, width)


def fits(page: Page, width: int) -> None:
    """Nothing sticks out to the right: what is wider scrolls inside its own box."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_spanish_is_one_click_away(browser_page: Page, market):
    browser_page.goto("/")
    browser_page.get_by_role("button", name="Español").click()
    expect(browser_page.locator("html")).to_have_attribute("lang", "es")
