import pytest
from playwright.sync_api import Page, expect

from assets.models import Asset
from screener.services.dossier.tabs import TABS
from screener.universe.live import UNIVERSE
from tests.factories.example import fill_example
from tests.pages.widths import WIDTHS, fits

pytestmark = pytest.mark.page


@pytest.fixture
def example(live_server):
    UNIVERSE.forget()
    return fill_example()


def test_the_reason_of_a_finding_is_a_click_away(browser_page: Page, example):
    browser_page.goto(f"{example.get_absolute_url()}tokenomics/")
    finding = browser_page.locator(".finding").first
    expect(finding.locator("details dl")).to_be_hidden()
    finding.locator("summary").click()
    expect(finding.locator("details dl")).to_contain_text("Thresholds")


def test_the_worked_example_can_be_read(browser_page: Page, example):
    browser_page.goto(example.get_absolute_url())
    expect(browser_page.locator(".keyfigures")).to_contain_text("$25.0")
    browser_page.get_by_role("link", name="Tokenomics", exact=True).first.click()
    expect(browser_page.locator("#tokenomics")).to_contain_text("$35.0")


def test_a_gate_leads_to_its_finding(browser_page: Page, example):
    browser_page.goto(example.get_absolute_url())
    gate = browser_page.locator(".gates a").first
    _address, target = (gate.get_attribute("href") or "").split("#")
    gate.click()
    expect(browser_page.locator(f"[id='{target}']")).to_be_in_viewport()
    assert browser_page.evaluate("location.hash") == f"#{target}"


def test_a_chart_is_read_with_the_arrow_keys(browser_page: Page, example):
    browser_page.goto(f"{example.get_absolute_url()}liquidity/")
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


def test_tabs_have_addresses_and_the_one_that_is_read_says_so(browser_page: Page, example, scripted):
    browser_page.goto(example.get_absolute_url())
    tabs = browser_page.get_by_role("navigation", name="Parts of the dossier")
    for name, address in (("Holders", "holders/"), ("Plan", "plan/"), ("Overview", "")):
        tabs.get_by_role("link", name=name, exact=True).click()
        expect(browser_page).to_have_url(f"{example.get_absolute_url()}{address}")
        expect(tabs.locator("[aria-current=page]")).to_have_text(name)
    browser_page.go_back()
    expect(browser_page.locator("#plan")).to_be_visible()


def test_tabs_are_reached_by_the_keyboard_and_scroll_where_they_are_too_many(browser_page: Page, example):
    browser_page.set_viewport_size({"width": 360, "height": 800})
    browser_page.goto(example.get_absolute_url())
    last = browser_page.get_by_role("navigation", name="Parts of the dossier").get_by_role("link").last
    last.focus()
    expect(last).to_be_in_viewport()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("#sources")).to_be_visible()
    expect(last).to_be_in_viewport()


@pytest.mark.parametrize("anchor", ["transparency.audit", "sources", "disclosure", "score"])
def test_an_anchor_leads_to_the_tab_that_it_stands_on(browser_page: Page, example, anchor):
    browser_page.goto(f"{example.get_absolute_url()}#{anchor}")
    expect(browser_page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    assert browser_page.evaluate("document.querySelector(':target').id") == anchor


def test_an_anchor_that_nobody_knows_leads_nowhere(browser_page: Page, example):
    for anchor in ("astrology.sign", "%"):
        browser_page.goto(f"{example.get_absolute_url()}#{anchor}")
        expect(browser_page.locator("#header")).to_be_visible()


def test_an_anchor_opens_a_finding_that_was_folded(browser_page: Page, example):
    browser_page.goto(f"{example.get_absolute_url()}holders/")
    finding = browser_page.locator(".findings-folded .finding").last
    expect(finding).to_be_hidden()
    browser_page.evaluate("id => { location.hash = id }", finding.get_attribute("id"))
    expect(finding).to_be_in_viewport()
    expect(finding.locator("dl").first).to_be_visible()


def test_paper_gets_all_tabs_and_the_screen_keeps_its_own(browser_page: Page, example):
    browser_page.goto(f"{example.get_absolute_url()}holders/")
    sections = browser_page.locator(".dossier > *")
    browser_page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert sections.evaluate_all("all => all.map((each) => each.id)") == [
        *("header", "score", "price", "glance", "utility", "tokenomics", "liquidity_depth", "selling"),
        *("holder_concentration", "transparency", "peers", "swings", "screens", "plan", "notes", "sources"),
    ]
    expect(browser_page.locator("#tokenomics")).to_contain_text("$35.0")
    browser_page.emulate_media(media="print")
    heights = "all => all.filter((each) => getComputedStyle(each).maxHeight !== 'none').length"
    assert browser_page.locator(".table-scroll").evaluate_all(heights) == 0, "no row is cut off"
    expect(browser_page.locator("#utility .finding dl").first).to_be_visible()
    expect(browser_page.locator("#plan")).to_be_hidden()  # nothing was asked of it
    expect(browser_page.locator("#selling form")).to_be_hidden()
    browser_page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert sections.evaluate_all("all => all.map((each) => each.id)") == ["holder_concentration"]


def test_there_is_a_whole_page_to_print(browser_page: Page, example, scripted):
    browser_page.goto(f"{example.get_absolute_url()}holders/")
    browser_page.get_by_role("link", name="Whole page, to print").click()
    expect(browser_page.locator("#transparency")).to_be_visible()
    expect(browser_page.locator("#score")).to_be_visible()


def test_passes_are_folded_and_open_without_scripts(browser_page: Page, example, scripted):
    browser_page.goto(f"{example.get_absolute_url()}utility/")
    finding = browser_page.locator("#utility .finding").first
    expect(finding).to_be_hidden()
    browser_page.locator(".findings-folded > summary").first.click()
    finding.locator("summary").first.click()
    expect(finding.locator("dl").first).to_contain_text("Thresholds")


def test_notes_are_written_in_place(as_person, ana, example):
    page = as_person(ana)
    page.goto(f"{example.get_absolute_url()}notes/")
    page.get_by_label("Text of the note").fill("Seen **twice**")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator(".note .prose")).to_have_text("Seen twice")
    page.get_by_role("link", name="Overview").click()
    expect(page.locator("#glance")).to_contain_text("Seen **twice**")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_is_accessible_and_fits(as_person, ana, example, accessible, width, scheme):
    page = as_person(ana)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for tab in TABS:
        page.goto(tab.address(example))
        accessible(page)
        fits(page, width)


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


@pytest.mark.parametrize("width", [360, 1440])
def test_the_strip_stays_in_view_and_covers_no_heading(browser_page: Page, example, width):
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(f"{example.get_absolute_url()}liquidity/#selling")
    strip = browser_page.locator(".dossier-strip")
    heading = browser_page.get_by_role("heading", name="Selling this position")
    expect(heading).to_be_in_viewport()
    expect(strip).to_be_in_viewport(ratio=0.9)
    covered, begins = strip.bounding_box(), heading.bounding_box()
    assert covered
    assert begins
    assert covered["y"] + covered["height"] <= begins["y"]
