import pytest
from playwright.sync_api import Page, expect

from tests.pages.widths import WIDTHS, fits

pytestmark = pytest.mark.page


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id")


def test_tab_leads_from_skip_link_over_places_and_search_to_ones_own(browser_page: Page, live_server):
    browser_page.goto("/checklist/")
    seen = []
    for _stop in range(9):
        browser_page.keyboard.press("Tab")
        seen.append(focused(browser_page).split("\n")[0])
    assert seen == [
        *("Skip to content", "Assay", "Screener", "Watchlists", "site-search"),
        *("Position $5,000", "Data", "Log in", "Settings"),
    ]


def test_the_skip_link_leads_past_the_head(browser_page: Page, live_server):
    browser_page.goto("/checklist/")
    browser_page.keyboard.press("Tab")
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("main")).to_be_focused()


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/", "Screener"),
        ("/position/", "Position"),
        ("/data/", "Data"),
        ("/checklist/", "Checklist"),
        ("/validation/", "Validation"),
        ("/query/", "Query help"),
        ("/about/", "Sources and licences"),
    ],
)
@pytest.mark.parametrize("width", WIDTHS)
def test_where_one_is_is_marked(browser_page: Page, live_server, address, marked, width):
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto(address)
    current = browser_page.locator("[aria-current=page]:visible")
    expect(current).to_have_count(1)
    expect(current).to_contain_text(marked)
    fits(browser_page, width)


def test_below_700_px_the_places_are_a_bar_at_the_bottom(browser_page: Page, live_server):
    browser_page.set_viewport_size({"width": 699, "height": 800})
    browser_page.goto("/checklist/")
    bar = browser_page.get_by_role("navigation", name="Main")
    box = bar.bounding_box()
    assert box
    assert box["y"] + box["height"] == pytest.approx(800, abs=1)
    for name in ("Screener", "Watchlists", "Position", "Data"):
        target = bar.get_by_role("link", name=name).bounding_box()
        assert target
        assert target["height"] >= 44
    browser_page.evaluate("scrollTo(0, document.body.scrollHeight)")
    footer = browser_page.locator(".site-foot").bounding_box()
    assert footer
    assert footer["y"] + footer["height"] <= box["y"] + 1, "the bar hides nothing at the end of the page"
    browser_page.set_viewport_size({"width": 700, "height": 800})
    top = bar.bounding_box()
    assert top
    assert top["y"] < 100


def test_ones_own_things_are_in_the_account_menu(as_person, ana):
    page = as_person(ana)
    page.goto("/")
    page.locator("summary", has_text="ana").press("Enter")
    menu = page.locator("details[open] > ul")
    for name in ("Saved screens", "My notes", "My overrides", "Profiles", "My data"):
        expect(menu.get_by_role("link", name=name)).to_be_visible()
    for name in ("Dark theme", "Español", "Log out"):
        expect(menu.get_by_role("button", name=name)).to_be_visible()
    expect(menu.get_by_role("link", name="Admin")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)


def test_the_account_menu_marks_where_one_is(as_person, ana):
    page = as_person(ana)
    page.goto("/notes/")
    page.locator("summary", has_text="ana").press("Enter")
    current = page.locator("details[open] [aria-current=page]")
    expect(current).to_have_count(1)
    expect(current).to_have_text("My notes")


@pytest.mark.parametrize("width", WIDTHS)
def test_sources_and_licences_are_accessible(browser_page: Page, live_server, accessible, width):
    browser_page.set_viewport_size({"width": width, "height": 800})
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme)
        browser_page.goto("/about/")
        accessible(browser_page)
        fits(browser_page, width)
