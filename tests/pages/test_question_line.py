import re

import pytest
from playwright.sync_api import Page, expect

from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card
from tests.pages.widths import WIDTHS, fits

pytestmark = pytest.mark.page


@pytest.fixture
def market(live_server):
    for number in range(12):
        kind = "equity" if number % 3 == 0 else "token"
        chain = "" if kind == "equity" else "solana"
        asset = make_asset(f"Coin{number:02}", kind=kind, chain=chain)
        make_card(asset, total=float(number), figures={"market_cap_usd": 1e6 * number})
    UNIVERSE.forget()


def line(page: Page):
    return page.get_by_label("Question", exact=True)


def count(page: Page):
    return page.locator(".count")


def option(page: Page, text: str):
    return page.get_by_role("listbox", name="Completions").get_by_role("option").filter(has_text=text)


def type_and_wait(page: Page, text: str) -> None:
    with page.expect_response(lambda answer: "typing=" in answer.url):
        line(page).press_sequentially(text)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("going", "state:transparency.going_concern="),
        ("solana", "chain:solana"),
        ("micro", "tier:micro"),
        ("clear", "gate:clear"),
        ("marke", "market_cap"),
        ("sect", "sector:"),
    ],
)
def test_values_criteria_gates_fields_and_categories_complete(browser_page: Page, market, typed, offered):
    browser_page.goto("/")
    browser_page.keyboard.press("q")
    line(browser_page).press_sequentially(typed)
    expect(option(browser_page, offered).first).to_be_visible()


def test_a_criterion_is_asked_for_by_keyboard_alone(browser_page: Page, market):
    browser_page.goto("/")
    browser_page.keyboard.press("q")
    line(browser_page).press_sequentially("going")
    expect(option(browser_page, "going_concern").first).to_be_visible()
    browser_page.keyboard.press("ArrowDown")
    browser_page.keyboard.press("Enter")
    expect(line(browser_page)).to_have_value("state:transparency.going_concern=")
    expect(option(browser_page, "fail").first).to_be_visible()
    expect(browser_page.get_by_role("alert")).to_have_count(0)
    expect(count(browser_page)).to_contain_text("12 of 12")


def test_a_half_typed_word_does_not_empty_the_table(browser_page: Page, market):
    browser_page.goto("/?q=kind:equity")
    browser_page.keyboard.press("q")
    browser_page.keyboard.press("End")
    type_and_wait(browser_page, " marke")
    expect(browser_page.locator("[data-half-typed]")).to_contain_text("marke")
    expect(count(browser_page)).to_contain_text("4 of 12")
    expect(line(browser_page)).to_have_value("kind:equity marke")
    expect(line(browser_page)).to_be_focused()
    browser_page.keyboard.press("Escape")  # the list of completions
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator(".empty-title")).to_have_text("No asset matches")


@pytest.mark.parametrize("typed", [" chain:sol", " market_cap < 1", " market_cap <", " gate:cle", ' "co'])
def test_no_step_on_the_way_empties_the_table_or_scolds(browser_page: Page, market, typed):
    browser_page.goto("/?q=kind:token")
    browser_page.keyboard.press("q")
    browser_page.keyboard.press("End")
    type_and_wait(browser_page, typed)
    expect(browser_page.locator("#query-problem li, [data-half-typed], .count").first).to_be_visible()
    expect(browser_page.locator("[data-row]").first).to_be_visible()
    expect(browser_page.get_by_role("alert")).to_have_count(0)


def test_no_result_says_what_each_condition_leaves_and_drops_it(browser_page: Page, market, scripted):
    browser_page.goto("/?q=kind:equity+market_cap>100m+chain:solana")
    rows = browser_page.locator(".narrowing tbody tr")
    expect(rows).to_have_count(3)
    equity = rows.filter(has_text="Equity")
    expect(equity.locator("td").nth(0)).to_have_text("4")
    expect(equity.locator("td").nth(1)).to_have_text("0")
    browser_page.goto("/?q=kind:equity+chain:solana")
    browser_page.get_by_role("link", name="Drop Chain: solana").press("Enter")
    expect(count(browser_page)).to_contain_text("4 of 12")
    expect(line(browser_page)).to_have_value("kind:equity")


def test_escape_and_clearing_agree_with_the_results(browser_page: Page, market):
    browser_page.goto("/")
    browser_page.keyboard.press("q")
    type_and_wait(browser_page, "kind:equity ")
    expect(count(browser_page)).to_contain_text("4 of 12")
    expect(option(browser_page, "market_cap").first).to_be_visible()
    browser_page.keyboard.press("Escape")
    expect(option(browser_page, "market_cap").first).to_be_hidden()
    expect(line(browser_page)).to_have_value("kind:equity ")
    browser_page.keyboard.press("Escape")
    expect(line(browser_page)).to_have_value("")
    expect(count(browser_page)).to_contain_text("12 of 12")
    expect(browser_page.locator(".chips li")).to_have_count(0)
    browser_page.go_back()
    expect(count(browser_page)).to_contain_text("4 of 12")


def test_deleting_all_words_shows_all_assets(browser_page: Page, market):
    browser_page.goto("/?q=kind:equity")
    line(browser_page).fill("")
    expect(count(browser_page)).to_contain_text("12 of 12")


def test_a_wrong_query_keeps_the_result_and_offers_what_was_meant(browser_page: Page, market):
    browser_page.goto("/?q=kind:equity")
    line(browser_page).fill("kind:equity mcap<5m")
    line(browser_page).press("Enter")
    expect(browser_page.get_by_role("alert")).to_contain_text("Did you mean “market_cap”?")
    expect(browser_page.locator(".misplaced mark")).to_have_text("mcap")
    expect(count(browser_page)).to_contain_text("4 of 12")
    browser_page.get_by_role("link", name="Ask kind:equity market_cap<5m").press("Enter")
    expect(line(browser_page)).to_have_value("kind:equity market_cap<5m")
    expect(count(browser_page)).to_contain_text("2 of 12")
    expect(browser_page.get_by_role("alert")).to_have_count(0)


def test_of_a_wrong_address_the_right_part_is_shown(browser_page: Page, market, scripted):
    browser_page.goto("/?q=kind:equity+mcap<5m")
    expect(line(browser_page)).to_have_value("kind:equity mcap<5m")
    expect(browser_page.get_by_role("alert")).to_contain_text("The table shows the rest of the question")
    expect(count(browser_page)).to_contain_text("4 of 12")
    browser_page.get_by_role("link", name="Ask kind:equity market_cap<5m").click()
    expect(count(browser_page)).to_contain_text("2 of 12")


def test_a_limit_filters_as_it_is_typed(browser_page: Page, market):
    browser_page.goto("/")
    limit = browser_page.get_by_label("Market cap, up to")
    limit.press_sequentially("3m")
    expect(count(browser_page)).to_contain_text("4 of 12")
    expect(limit).to_be_focused()
    expect(line(browser_page)).to_have_value("market_cap <= 3m")


def test_a_limit_on_its_way_does_not_empty_the_table_and_counts_when_it_is_left(browser_page: Page, market):
    browser_page.goto("/")
    limit = browser_page.get_by_label("Market cap, from")
    limit.press_sequentially("900m")
    expect(browser_page.locator("[data-half-typed]")).to_contain_text("900m")
    expect(count(browser_page)).to_contain_text("12 of 12")
    browser_page.keyboard.press("Tab")
    expect(browser_page.locator(".empty-title")).to_have_text("No asset matches")


def test_a_wrong_limit_keeps_the_result(browser_page: Page, market):
    browser_page.goto("/?q=kind:equity")
    browser_page.get_by_label("Market cap, from").press_sequentially("lots")
    expect(browser_page.locator("#query-problem")).to_contain_text("“lots” is not a number")
    expect(count(browser_page)).to_contain_text("4 of 12")


@pytest.mark.parametrize("pause_ms", [0, 200, 280])
def test_the_click_that_leaves_a_field_is_not_swallowed(browser_page: Page, market, pause_ms):
    browser_page.goto("/")
    browser_page.get_by_label("Market cap, up to").press_sequentially("9m")
    link = browser_page.locator("[data-row] [data-open]").nth(4)
    box = link.bounding_box()
    assert box
    browser_page.mouse.move(box["x"] + 5, box["y"] + box["height"] / 2)
    browser_page.wait_for_timeout(pause_ms)
    browser_page.mouse.down()
    browser_page.wait_for_timeout(700)  # longer than the answer takes, which would swap the link away
    browser_page.mouse.up()
    expect(browser_page).to_have_url(re.compile("/assets/coin"))


def test_an_answer_that_was_held_back_is_shown_when_the_button_is_released(browser_page: Page, market):
    browser_page.goto("/")
    browser_page.get_by_label("Market cap, up to").press_sequentially("3m")
    browser_page.mouse.move(700, 60)
    browser_page.mouse.down()
    browser_page.wait_for_timeout(700)
    expect(count(browser_page)).to_contain_text("12 of 12")
    browser_page.mouse.up()
    expect(count(browser_page)).to_contain_text("4 of 12")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_found_and_a_wrong_query_are_accessible_and_fit(
    browser_page: Page, market, accessible, width
):
    browser_page.set_viewport_size({"width": width, "height": 800})
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme)
        for address in ("/?q=kind:equity+chain:solana+score>99", "/?q=kind:equity+mcap<5m"):
            browser_page.goto(address)
            accessible(browser_page)
            fits(browser_page, width)
