"""The screener's table: sticky, sorted in place, two-line cards; its columns by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card
from tests.pages.widths import fits

pytestmark = pytest.mark.page

ALL = (
    "q=kind:token&columns=price,market_cap,fdv,volume,liquidity,depth,spread,round_trip,exit_days,holders,ps"
)
LONG = "Grand Amalgamated Consolidated Exploration Holdings of the Northern Territories " * 2
RIGHT_TO_LEFT = "عملة البيت (تجريبية)"


@pytest.fixture
def market(live_server):
    names = [f"Coin{number:02}" for number in range(40)] + [LONG.strip(), RIGHT_TO_LEFT]
    for place, name in enumerate(names):
        figures = {"market_cap_usd": 1e6 * place, "price_usd": 0.5, "volume_24h_usd": 1e4}
        make_card(make_asset(name, slug=f"asset-{place}"), float(place), figures=figures)
    UNIVERSE.forget()


def open_columns(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".columns-menu > summary").click()


def order(page: Page) -> list[str]:
    return page.locator("[data-column] label span").all_inner_texts()


def test_sorting_keeps_the_scroll(browser_page: Page, market):
    browser_page.set_viewport_size({"width": 1024, "height": 700})
    browser_page.goto(f"/?{ALL}")
    box = browser_page.locator("[data-keeps-scroll]")
    box.evaluate("box => box.scrollTo(300, 150)")
    browser_page.get_by_role("columnheader", name="Market cap").get_by_role("link").click()
    expect(browser_page.get_by_role("columnheader", name="Market cap")).to_have_attribute(
        "aria-sort", "descending"
    )
    assert box.evaluate("box => [box.scrollLeft, box.scrollTop]") == [300, 150]


def test_head_and_first_column_stay_in_sight(browser_page: Page, market):
    browser_page.set_viewport_size({"width": 1024, "height": 700})
    browser_page.goto(f"/?{ALL}")
    box = browser_page.locator("[data-keeps-scroll]")
    box.evaluate("box => box.scrollTo(400, 400)")
    frame, corner = box.bounding_box(), browser_page.locator("thead .asset-cell").bounding_box()
    assert frame
    assert corner
    assert abs(corner["x"] - frame["x"]) < 3
    assert abs(corner["y"] - frame["y"]) < 3


@pytest.mark.parametrize("width", [360, 690])
def test_narrow_rows_are_cards_of_two_lines(browser_page: Page, market, width):
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto("/")
    fits(browser_page, width)
    heights = browser_page.locator("tbody [data-row]").evaluate_all("rows => rows.map(r => r.offsetHeight)")
    assert max(heights) <= 80, "two lines, whatever the name"
    first = browser_page.locator("tbody [data-row]").first
    expect(first.locator("td[data-label=Price]")).to_be_visible()
    expect(first.locator(".rating")).to_be_visible()


def test_names_of_any_length_and_direction_leave_their_row_in_order(browser_page: Page, market):
    browser_page.goto("/?sort=-market_cap")
    row = browser_page.locator("[data-row]", has_text="عملة")
    name = row.locator("[data-open] bdi")
    expect(name).to_have_text(RIGHT_TO_LEFT)
    assert name.evaluate("each => getComputedStyle(each).direction") == "rtl"
    boxes = [row.locator(each).bounding_box() for each in ("input", "[data-open]", ".rating")]
    lefts = [each["x"] for each in boxes if each]
    assert lefts == sorted(lefts)
    heights = browser_page.locator("[data-row]").evaluate_all("rows => rows.map(r => r.offsetHeight)")
    assert max(heights) <= min(heights) + 8


def test_a_column_is_found_as_one_types_its_words(browser_page: Page, market):
    open_columns(browser_page, "/")
    form = browser_page.locator("#columns-form")
    form.get_by_label("Find a column").press_sequentially("narrowest")
    expect(form.get_by_label("Bid-ask spread")).to_be_visible()
    expect(form.get_by_label("Holders", exact=True)).to_be_hidden()
    expect(form.get_by_text("Unlocks and dilution")).to_be_hidden()
    form.get_by_label("Find a column").fill("xyzzy")
    expect(form.get_by_text("No column has these words")).to_be_visible()


def test_columns_are_ordered_by_the_keyboard_and_it_is_said(browser_page: Page, market):
    open_columns(browser_page, "/?columns=price,market_cap,volume")
    browser_page.locator("#columns-form").get_by_role("checkbox", name="24 h volume").focus()
    browser_page.keyboard.press("Alt+ArrowUp")
    assert order(browser_page) == ["Price", "24 h volume", "Market cap"]
    expect(browser_page.locator("[data-said]")).to_have_text("24 h volume: place 2 of 3")
    expect(browser_page.get_by_role("checkbox", name="24 h volume")).to_be_focused()
    browser_page.locator("#columns-form").get_by_role("button", name="Show").click()
    expect(browser_page.locator("thead th.number")).to_have_text(
        [re.compile(rf"^\s*{name}") for name in ("Price", "24 h volume", "Market cap")]
    )


def test_columns_are_ordered_by_dragging(browser_page: Page, market):
    open_columns(browser_page, "/?columns=price,market_cap,volume")
    items = browser_page.locator("[data-column]")
    items.nth(2).drag_to(items.nth(0), target_position={"x": 20, "y": 2})
    assert order(browser_page) == ["24 h volume", "Price", "Market cap"]


def test_buttons_order_columns_with_and_without_scripts(browser_page: Page, market, scripted):
    open_columns(browser_page, "/?columns=price,market_cap,volume")
    browser_page.get_by_role("button", name="Move Market cap up").click()
    if not scripted:
        expect(browser_page).to_have_url(re.compile("columns=market_cap%2Cprice%2Cvolume"))
        browser_page.locator(".columns-menu > summary").click()
    assert order(browser_page) == ["Market cap", "Price", "24 h volume"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_table_and_chooser_are_accessible(browser_page: Page, market, accessible, width, scheme):
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.emulate_media(color_scheme=scheme)
    open_columns(browser_page, "/")
    fits(browser_page, width)
    accessible(browser_page)
