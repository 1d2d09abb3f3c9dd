import pytest
from playwright.sync_api import Page, expect

from assets.models import Asset
from screener.universe.live import UNIVERSE
from tests.factories.example import fill_example
from tests.pages.widths import fits

pytestmark = pytest.mark.page


@pytest.fixture
def example(live_server):
    UNIVERSE.forget()
    return fill_example()


def test_the_reason_of_a_finding_is_a_click_away(browser_page: Page, example):
    browser_page.goto(example.get_absolute_url())
    finding = browser_page.locator(".finding").first
    expect(finding.locator("details dl")).to_be_hidden()
    finding.locator("summary").click()
    expect(finding.locator("details dl")).to_contain_text("Thresholds")


def test_the_worked_example_can_be_read(browser_page: Page, example):
    browser_page.goto(example.get_absolute_url())
    expect(browser_page.locator(".keyfigures")).to_contain_text("$25.0")
    expect(browser_page.locator("#tokenomics")).to_contain_text("$35.0")


def test_a_gate_leads_to_its_finding(browser_page: Page, example):
    browser_page.goto(example.get_absolute_url())
    gate = browser_page.locator(".gates a").first
    target = gate.get_attribute("href") or ""
    gate.click()
    assert browser_page.evaluate("location.hash") == target
    expect(browser_page.locator(f"[id='{target.removeprefix('#')}']")).to_be_visible()


def test_a_chart_is_read_with_the_arrow_keys(browser_page: Page, example):
    browser_page.goto(example.get_absolute_url())
    chart = browser_page.locator("[data-chart]").filter(has_text="Round-trip cost")
    reading = chart.locator("[data-reading]")
    chart.locator(".chart-plot").focus()
    browser_page.keyboard.press("Home")
    expect(reading).to_contain_text("Buying and selling $100.00 costs")
    browser_page.keyboard.press("ArrowRight")
    expect(reading).to_contain_text("Buying and selling $200.00 costs")
    chart.locator(".chart-plot").hover(position={"x": 2, "y": 80})
    expect(reading).to_contain_text("Buying and selling $100.00 costs")


def test_a_key_figure_shows_its_exact_value_on_focus(browser_page: Page, example):
    browser_page.goto(example.get_absolute_url())
    figure = browser_page.locator(".keyfigures data").nth(1)
    figure.focus()
    shown = figure.evaluate("element => getComputedStyle(element, '::after').content")
    assert shown != "none"
    expect(figure).to_have_attribute("title", "$25,000,000")


def test_the_account_is_a_menu(as_person, ana, example):
    page = as_person(ana)
    page.goto(example.get_absolute_url())
    page.locator(".menu summary").click()
    expect(page.get_by_role("link", name="Change password")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Change password")).to_be_hidden()


@pytest.mark.parametrize("address", ["/accounts/password/change/", "/accounts/email/", "/accounts/logout/"])
def test_pages_about_the_account_look_like_ours(as_person, ana, accessible, address):
    page = as_person(ana)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    expect(page.locator(".card.narrow")).to_be_visible()
    accessible(page)
    fits(page, 360)


def test_starring_needs_no_reload(as_person, ana, example):
    page = as_person(ana)
    page.goto(example.get_absolute_url())
    page.keyboard.press("w")
    expect(page.locator("[data-page-star] button[aria-pressed=true]")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits(browser_page: Page, example, accessible, width, scheme):
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(color_scheme=scheme)
    bare = Asset.objects.create(kind="equity", slug="bare", name="Bare")
    for address in (
        example.get_absolute_url(),
        bare.get_absolute_url(),
        "/assets/nobody/",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
    ):
        browser_page.goto(address)
        accessible(browser_page)
        fits(browser_page, width)
