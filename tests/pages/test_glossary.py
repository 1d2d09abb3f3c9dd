import pytest
from playwright.sync_api import Page, expect

from screener.checklist import CRITERIA
from tests.pages.widths import fits

pytestmark = pytest.mark.page

A_CRITERION = next(iter(CRITERIA.values()))


def test_the_checklist_leads_to_the_meaning_and_back(browser_page: Page, live_server):
    browser_page.goto("/checklist/")
    browser_page.get_by_role("link", name=f"{A_CRITERION.title} in the glossary", exact=True).click()
    meaning = browser_page.locator(f"[id='{A_CRITERION.id}']")
    expect(meaning).to_be_in_viewport()
    meaning.get_by_role("link", name="Question and thresholds").click()
    expect(browser_page.locator(f"[id='{A_CRITERION.id}']")).to_contain_text(A_CRITERION.question)


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits(browser_page: Page, live_server, accessible, width, scheme):
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.goto("/glossary/")
    accessible(browser_page)
    fits(browser_page, width)
