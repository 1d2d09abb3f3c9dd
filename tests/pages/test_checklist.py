import pytest
from playwright.sync_api import Page, expect

from screener.checklist import CRITERIA
from tests.pages.widths import fits

pytestmark = pytest.mark.page

A_CRITERION = next(iter(CRITERIA.values()))


def test_a_criterion_is_found_from_the_contents(browser_page: Page, live_server):
    browser_page.goto("/checklist/")
    browser_page.get_by_role("navigation", name="Contents").get_by_role(
        "link", name=A_CRITERION.title, exact=True
    ).click()
    shown = browser_page.locator(f"[id='{A_CRITERION.id}']")
    expect(shown).to_be_in_viewport()
    expect(shown).to_contain_text(A_CRITERION.question)
    assert browser_page.evaluate("location.hash") == f"#{A_CRITERION.id}"


def test_one_kind_of_asset_is_a_link_away(browser_page: Page, live_server):
    browser_page.goto("/checklist/")
    browser_page.get_by_role("link", name="Equities", exact=True).click()
    equities = [each for each in CRITERIA.values() if "equity" in each.kinds]
    expect(browser_page.locator(".criterion")).to_have_count(len(equities))
    expect(browser_page.get_by_role("link", name="Equities", exact=True)).to_have_attribute(
        "aria-current", "true"
    )


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits(browser_page: Page, live_server, accessible, width, scheme):
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.goto("/checklist/")
    accessible(browser_page)
    fits(browser_page, width)
