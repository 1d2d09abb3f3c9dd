import pytest
from playwright.sync_api import Page, expect

from assets.models import Asset
from screener.universe.live import UNIVERSE
from tests.factories.example import fill_example
from tests.pages.widths import WIDTHS, fits

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


@pytest.fixture
def scripting(browser_page: Page, live_server) -> Page:
    """The browser after it has shown that it runs scripts."""
    browser_page.context.add_cookies([{"name": "scripted", "value": "1", "url": live_server.url}])
    return browser_page


def waiting(page: Page):
    return page.locator("[data-waiting]")


def test_a_browser_that_runs_scripts_gets_the_first_screen_and_the_rest_when_scrolled_to(
    browser_page: Page, example
):
    browser_page.goto(example.get_absolute_url())
    expect(waiting(browser_page)).to_have_count(0)
    browser_page.goto(example.get_absolute_url())
    expect(browser_page.locator("#score")).to_be_visible()
    expect(browser_page.locator("#transparency[data-waiting] h2")).to_have_text("Transparency")
    for name in ("tokenomics", "liquidity_depth", "holder_concentration", "transparency", "sources", "notes"):
        browser_page.evaluate("name => document.getElementById(name).scrollIntoView()", name)
        expect(browser_page.locator(f"#{name}:not([data-waiting])")).to_be_visible()
    expect(waiting(browser_page)).to_have_count(0)
    expect(browser_page.locator("#tokenomics")).to_contain_text("$35.0")


def test_what_came_late_works_like_the_rest(scripting: Page, example):
    scripting.goto(f"{example.get_absolute_url()}#liquidity")
    chart = scripting.locator("[data-chart]").filter(has_text="Round-trip cost")
    expect(chart.locator(".chart-plot")).to_have_attribute("tabindex", "0")
    chart.locator(".chart-plot").click()  # ends the way to the anchor, as whatever a reader does
    scripting.keyboard.press("Home")
    expect(chart.locator("[data-reading]")).to_contain_text("Buying and selling $100.00 costs")
    finding = scripting.locator("#liquidity_depth .finding").first
    finding.locator("summary").click()
    expect(finding.locator("details dl")).to_contain_text("Thresholds")


@pytest.mark.parametrize("anchor", ["transparency.audit", "sources", "disclosure", "notes-panel"])
def test_an_anchor_leads_into_a_section_that_waits(scripting: Page, example, anchor):
    scripting.goto(f"{example.get_absolute_url()}#{anchor}")
    found = scripting.locator(f"[id='{anchor}']:not([data-waiting])")
    expect(found).to_be_in_viewport()
    assert scripting.evaluate("document.querySelector(':target').id") == anchor


def test_a_link_on_the_page_leads_into_a_section_that_waits_and_back(scripting: Page, example):
    scripting.goto(example.get_absolute_url())
    scripting.locator(".dimension-bars a", has_text="Transparency").click()
    expect(scripting.locator("#transparency .finding").first).to_be_in_viewport()
    scripting.evaluate("location.hash = '#holder_concentration.top_ten_share'")
    expect(scripting.locator("[id='holder_concentration.top_ten_share']")).to_be_in_viewport()
    scripting.go_back()
    assert scripting.evaluate("location.hash") == "#transparency"


def test_the_keyboard_goes_on_in_a_section_that_it_opened(scripting: Page, example):
    scripting.route("**/sections/**", lambda route: route.abort())
    scripting.goto(example.get_absolute_url())
    scripting.locator("#utility").scroll_into_view_if_needed()
    section = scripting.locator("#utility")
    retry = section.get_by_role("button", name="Try again")
    retry.focus()
    scripting.unroute("**/sections/**")
    scripting.keyboard.press("Enter")
    expect(scripting.locator("#utility:not([data-waiting]) h2")).to_be_focused()


def test_a_section_that_fails_says_so_and_can_be_asked_again(scripting: Page, example, accessible):
    scripting.route("**/sections/**", lambda route: route.fulfill(status=503, body="Out of order"))
    scripting.goto(example.get_absolute_url())
    scripting.locator("#utility").scroll_into_view_if_needed()
    section = scripting.locator("#utility")
    expect(section.get_by_role("alert")).to_contain_text("This section could not be loaded.")
    expect(section).not_to_have_attribute("aria-busy", "true")
    expect(section.get_by_role("link")).to_be_hidden()
    accessible(scripting)
    scripting.unroute("**/sections/**")
    section.get_by_role("button", name="Try again").click()
    expect(scripting.locator("#utility .finding").first).to_be_visible()


def test_a_section_on_its_way_is_busy(scripting: Page, example, accessible):
    held = []
    scripting.route("**/sections/**", lambda route: held.append(route))
    scripting.goto(example.get_absolute_url())
    scripting.locator("#utility").scroll_into_view_if_needed()
    expect(scripting.locator("#utility")).to_have_attribute("aria-busy", "true")
    expect(scripting.locator("#utility .loading")).to_be_visible()
    accessible(scripting)
    for route in held:
        route.continue_()
    expect(scripting.locator("#utility .finding").first).to_be_visible()


def test_paper_gets_everything(scripting: Page, example):
    scripting.goto(example.get_absolute_url())
    expect(waiting(scripting)).not_to_have_count(0)
    scripting.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(waiting(scripting)).to_have_count(0)
    assert scripting.locator(".dossier > *").evaluate_all("all => all.map((each) => each.id)") == [
        *("header", "score", "price", "utility", "tokenomics", "liquidity_depth", "holder_concentration"),
        *("transparency", "peers", "selling", "plan", "sources", "screens", "notes"),
    ]
    expect(scripting.locator("#tokenomics")).to_contain_text("$35.0")
    scripting.emulate_media(media="print")
    heights = "all => all.filter((each) => getComputedStyle(each).maxHeight !== 'none').length"
    assert scripting.locator(".table-scroll").evaluate_all(heights) == 0, "no row is cut off"
    expect(scripting.locator("#plan")).to_be_hidden()  # nothing was asked of it
    expect(scripting.locator("#selling form")).to_be_hidden()


def test_there_is_a_whole_page_to_print(scripting: Page, example):
    scripting.goto(example.get_absolute_url())
    scripting.get_by_role("link", name="Whole page, to print").click()
    expect(scripting.locator("#transparency .finding").first).to_be_attached()
    expect(waiting(scripting)).to_have_count(0)


@pytest.mark.parametrize("remembered", [False, True], ids=["never scripted", "scripted before"])
def test_without_scripts_the_page_is_whole(new_context, live_server, example, remembered):
    """Also where scripts were turned off since."""
    context = new_context(java_script_enabled=False)
    if remembered:
        context.add_cookies([{"name": "scripted", "value": "1", "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}{example.get_absolute_url()}")
    expect(page.locator("#transparency .finding").first).to_be_visible()
    expect(waiting(page)).to_have_count(0)


def test_notes_are_written_in_place_in_a_section_that_came_late(as_person, ana, scripting: Page, example):
    page = as_person(ana)
    page.goto(f"{example.get_absolute_url()}#notes")
    page.locator("#notes textarea").fill("Seen **twice**")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator("#notes .note .prose")).to_have_text("Seen twice")
    assert page.url.endswith(f"{example.get_absolute_url()}#notes")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_in_sections_is_accessible_and_fits(scripting: Page, example, accessible, width, scheme):
    scripting.set_viewport_size({"width": width, "height": 800})
    scripting.emulate_media(color_scheme=scheme)
    scripting.goto(example.get_absolute_url())
    expect(waiting(scripting)).not_to_have_count(0)
    accessible(scripting)
    fits(scripting, width)


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
    browser_page.goto(f"{example.get_absolute_url()}?whole=1")
    strip = browser_page.locator(".dossier-strip")
    strip.get_by_role("link", name="Position plan").click()
    heading = browser_page.get_by_role("heading", name="Position plan")
    expect(heading).to_be_in_viewport()
    expect(strip).to_be_in_viewport(ratio=0.9)
    covered, begins = strip.bounding_box(), heading.bounding_box()
    assert covered
    assert begins
    assert covered["y"] + covered["height"] <= begins["y"]
