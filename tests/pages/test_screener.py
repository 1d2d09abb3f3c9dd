import re

import pytest
from playwright.sync_api import Locator, Page, expect

from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card
from tests.pages.widths import WIDTHS, fits

pytestmark = pytest.mark.page


@pytest.fixture
def market(live_server):
    for number in range(60):
        fields = {"total": float(number), "figures": {"market_cap_usd": 1e6 * number, "price_usd": 0.5}}
        kind = "equity" if number % 3 == 0 else "token"
        make_card(make_asset(f"Coin{number:02}", kind=kind, sector="DeFi"), **fields)
    UNIVERSE.forget()


def count(page: Page):
    return page.locator(".count")


def test_filtering_swaps_the_results_and_the_address(browser_page: Page, market):
    browser_page.goto("/")
    expect(count(browser_page)).to_contain_text("60 of 60")
    browser_page.get_by_label("Equity").check()
    expect(count(browser_page)).to_contain_text("20 of 60")
    expect(browser_page).to_have_url(re.compile(r"q=kind%3Aequity"))
    expect(browser_page.get_by_label("Question", exact=True)).to_have_value("kind:equity")
    browser_page.go_back()
    expect(count(browser_page)).to_contain_text("60 of 60")
    browser_page.go_forward()
    expect(count(browser_page)).to_contain_text("20 of 60")
    browser_page.reload()
    expect(count(browser_page)).to_contain_text("20 of 60")
    expect(browser_page.get_by_label("Equity")).to_be_checked()


def test_a_query_is_answered_while_one_types_and_the_panel_follows(browser_page: Page, market):
    browser_page.goto("/")
    line = browser_page.get_by_label("Question", exact=True)
    line.press_sequentially("kind:token market_cap<10m ")
    expect(count(browser_page)).to_contain_text("6 of 60")
    expect(line).to_be_focused()
    expect(browser_page.get_by_role("checkbox", name="Token")).to_be_checked()
    expect(browser_page.get_by_label("Market cap, up to")).to_have_value("<10m")
    browser_page.get_by_label("Market cap, up to").fill("20m")
    browser_page.get_by_label("Market cap, up to").press("Enter")
    expect(line).to_have_value("kind:token market_cap <= 20m")
    expect(count(browser_page)).to_contain_text("14 of 60")


def test_what_is_typed_while_an_order_is_on_its_way_is_kept_and_asked(browser_page: Page, market):
    """The answer to a click renews the form of the question: a reader who types by then loses nothing."""
    on_its_way = []
    browser_page.goto("/")
    browser_page.route(re.compile(r"sort=-?name"), lambda route: on_its_way.append(route))
    browser_page.get_by_role("columnheader", name="Asset").get_by_role("link").click()
    line = browser_page.get_by_label("Question", exact=True)
    line.focus()
    line.press_sequentially("coin5")
    line.press("ArrowLeft")
    on_its_way[0].continue_()
    browser_page.unroute(re.compile(r"sort=-?name"))
    expect(count(browser_page)).to_contain_text("10 of 60")
    expect(browser_page).to_have_url(re.compile(r"coin5.*&sort=-?name"))
    expect(line).to_have_value("coin5")
    expect(line).to_be_focused()
    assert line.evaluate("(field) => field.selectionStart") == 4
    browser_page.get_by_role("link", name="Clear all").first.click()
    expect(count(browser_page)).to_contain_text("60 of 60")
    expect(line).to_have_value("")


def test_a_mistake_is_told_at_its_place_and_the_table_stays(browser_page: Page, market):
    browser_page.goto("/?q=kind:equity")
    line = browser_page.get_by_label("Question", exact=True)
    line.fill("kind:equity mcap<5")
    expect(browser_page.get_by_role("alert")).to_contain_text("Did you mean “market_cap”?")
    expect(browser_page.locator(".misplaced mark")).to_have_text("mcap")
    expect(count(browser_page)).to_contain_text("20 of 60")
    line.fill("kind:equity market_cap<5")
    expect(browser_page.get_by_role("alert")).to_have_count(0)


def test_completions_are_taken_with_the_keyboard(browser_page: Page, market):
    browser_page.goto("/")
    line = browser_page.get_by_label("Question", exact=True)
    line.press_sequentially("marke")
    options = browser_page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(line).to_have_attribute("aria-expanded", "true")
    line.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    line.press("Enter")
    expect(line).to_have_value(re.compile("^market_cap"))
    line.press("Escape")
    expect(options.first).to_be_hidden()


def test_brushing_a_histogram_sets_the_limits(browser_page: Page, market):
    browser_page.goto("/")
    histogram = browser_page.locator("#histogram-score")
    histogram.scroll_into_view_if_needed()
    box = histogram.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    browser_page.mouse.move(box["x"] + box["width"] * 0.25, middle)
    browser_page.mouse.down()
    browser_page.mouse.move(box["x"] + box["width"] * 0.45, middle, steps=5)
    browser_page.mouse.up()
    low = browser_page.get_by_label("Score, from")
    expect(low).not_to_have_value("")
    expect(count(browser_page)).not_to_contain_text("60 of 60")
    expect(browser_page.get_by_label("Question", exact=True)).to_have_value(re.compile("score"))
    browser_page.locator("#histogram-score").click(position={"x": 5, "y": 5})
    expect(low).to_have_value("")
    expect(count(browser_page)).to_contain_text("60 of 60")


def test_pages_and_orders_swap_in_place(browser_page: Page, market):
    browser_page.goto("/")
    browser_page.get_by_role("link", name="Next").click()
    expect(browser_page.locator(".where")).to_have_text("Page 2 of 2")
    expect(browser_page.locator("[data-row]")).to_have_count(10)
    browser_page.get_by_role("link", name="Asset", exact=True).click()
    expect(browser_page.locator("[data-row]").first).to_contain_text("Coin00")
    expect(browser_page).to_have_url(re.compile("sort=name"))
    browser_page.reload()
    expect(browser_page.locator("[data-row]").first).to_contain_text("Coin00")


def test_columns_are_chosen_and_stay(browser_page: Page, market):
    browser_page.goto("/?q=kind:token")
    browser_page.locator(".columns-menu > summary").click()
    browser_page.locator("#columns-form").get_by_label("Bid-ask spread").check()
    browser_page.locator("#columns-form").get_by_role("button", name="Show").click()
    expect(browser_page.get_by_role("columnheader", name="Bid-ask spread")).to_be_attached()
    browser_page.get_by_label("Micro").check()
    expect(browser_page.get_by_role("columnheader", name="Bid-ask spread")).to_be_attached()
    expect(browser_page).to_have_url(re.compile("columns="))


def test_a_screen_is_saved_and_opened_again(as_person, ana, market):
    page = as_person(ana)
    page.goto("/?q=kind:equity")
    page.locator("#saved-summary").click()
    page.get_by_label("Name", exact=True).fill("My shares")
    page.get_by_role("button", name="Save the screen").click()
    expect(page.locator(".saved-state")).to_have_text("saved")
    page.goto("/")
    page.get_by_role("link", name="My shares").click()
    expect(count(page)).to_contain_text("20 of 60")


def test_rows_are_compared(browser_page: Page, market):
    browser_page.goto("/")
    for name in ("Coin59", "Coin58"):
        browser_page.get_by_label(f"Choose {name}").check()
    browser_page.locator("#tray").get_by_role("link", name="Compare").click()
    expect(browser_page).to_have_url(re.compile("/compare/"))
    expect(browser_page.get_by_role("main")).to_contain_text("Coin58")


def test_density_is_kept(browser_page: Page, market):
    browser_page.goto("/")
    row = browser_page.locator("[data-row]").first
    before = height(row)
    browser_page.get_by_role("button", name="Dense rows").click()
    assert height(row) < before
    browser_page.reload()
    assert height(row) < before


def height(locator: Locator) -> float:
    box = locator.bounding_box()
    assert box
    return box["height"]


def test_the_screener_works_with_and_without_scripts(browser_page: Page, market, scripted):
    browser_page.goto("/?q=kind:token")
    browser_page.get_by_role("link", name="Market cap", exact=True).click()
    expect(browser_page.locator("th[aria-sort=descending]")).to_have_text("Market cap")
    browser_page.goto("/")
    browser_page.get_by_label("Name or symbol").fill("coin07")
    if scripted:
        browser_page.get_by_label("Name or symbol").press("Enter")
    else:
        browser_page.get_by_role("button", name="Apply").click()
    expect(browser_page.locator("[data-row]")).to_have_count(1)
    expect(browser_page.get_by_label("Question", exact=True)).to_have_value('"coin07"')
    browser_page.get_by_label("Question", exact=True).fill("kind:equity score>50")
    browser_page.get_by_role("button", name="Search").click()
    expect(browser_page.locator("[data-row]")).to_have_count(3)
    browser_page.get_by_label("Score, up to").fill("55")
    if scripted:
        browser_page.get_by_label("Score, up to").press("Enter")
    else:
        browser_page.get_by_role("button", name="Apply").click()
    expect(browser_page.locator("[data-row]")).to_have_count(2)
    expect(browser_page.get_by_label("Question", exact=True)).to_have_value(
        "kind:equity score > 50 score <= 55"
    )


def test_the_keyboard_is_enough(browser_page: Page, market):
    browser_page.goto("/")
    browser_page.keyboard.press("j")
    browser_page.keyboard.press("j")
    browser_page.keyboard.press("k")
    expect(browser_page.locator("[data-row]").first.locator("[data-open]")).to_be_focused()
    browser_page.keyboard.press("q")
    expect(browser_page.locator("[data-search]")).to_be_focused()
    browser_page.keyboard.press("Escape")
    browser_page.keyboard.press("j")
    browser_page.keyboard.press("ArrowRight")
    browser_page.keyboard.press("ArrowRight")
    expect(browser_page.locator("td :is(data, .unknown):focus")).to_have_count(1)
    browser_page.keyboard.press("?")
    expect(browser_page.locator("#keys")).to_be_visible()
    browser_page.keyboard.press("Escape")
    browser_page.keyboard.press("j")
    browser_page.keyboard.press("Enter")
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("Coin58")


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
    for address in ("/", "/?q=nobody", "/?market_cap_max=lots", "/?q=kind:token mcap<5", "/query/"):
        browser_page.goto(address)
        accessible(browser_page)
        fits(browser_page, width)


def test_spanish_is_one_click_away(browser_page: Page, market):
    browser_page.goto("/")
    browser_page.locator("summary", has_text="Settings").click()
    browser_page.get_by_role("button", name="Español").click()
    expect(browser_page.locator("html")).to_have_attribute("lang", "es")
    browser_page.get_by_role("checkbox", name="Token").check()
    expect(count(browser_page)).to_contain_text("40 de 60")
